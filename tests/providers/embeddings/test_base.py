"""The public method: batches, limits, another try, a deadline, and answers that are no vectors."""

import numpy as np
import pytest

from providers.base import ProviderError
from providers.embeddings.base import Capabilities, Embedder

AGAIN = ProviderError("busy", retryable=True)
NEVER = ProviderError("refused", retryable=False)


class Scripted(Embedder):
    """Answers in turn what it is given: an error, or vectors for the batch. Time passes only as it is told to."""

    capabilities = Capabilities(batch=2, most_chars=5, local=True)
    name = "scripted"
    dimensions = 2

    def __init__(self, *answers, call_s: float = 0.0, deadline_s: float = 10.0) -> None:
        self.now = 0.0
        self.call_s = call_s
        self.answers = list(answers)
        self.asked: list[list[str]] = []
        self.paused: list[float] = []
        super().__init__(deadline_s=deadline_s, clock=lambda: self.now, sleep=self.pause)

    def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.now += seconds

    def _embed(self, texts, timeout_s):
        self.asked.append(texts)
        self.now += self.call_s
        answer = self.answers.pop(0) if self.answers else [[3.0, 4.0]] * len(texts)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_batches_limits_and_order():
    embedder = Scripted([[1, 0], [0, 5]], [[0, -2]])
    rows = embedder.embed(["first text", " ", "b", "c"])
    assert embedder.asked == [["first", "b"], ["c"]]
    assert rows.tolist() == [[1, 0], [0, 0], [0, 1], [0, -1]]


def test_nothing_is_asked_for_nothing():
    embedder = Scripted()
    assert embedder.embed(["", "\n"]).tolist() == [[0, 0], [0, 0]]
    assert embedder.asked == []


def test_what_may_pass_is_tried_again():
    embedder = Scripted(AGAIN, AGAIN)
    assert embedder.embed(["a"])[0] == pytest.approx([0.6, 0.8])
    assert (len(embedder.asked), embedder.paused) == (3, [0.5, 2.0])


@pytest.mark.parametrize(("errors", "tries"), [([AGAIN] * 3, 3), ([NEVER], 1), ([AGAIN, NEVER], 2)])
def test_what_stays_wrong_is_raised(errors, tries):
    embedder = Scripted(*errors)
    with pytest.raises(ProviderError) as raised:
        embedder.embed(["a"])
    assert raised.value is errors[-1]
    assert len(embedder.asked) == tries


def test_a_deadline_holds_over_all_batches():
    embedder = Scripted(call_s=4.0)
    with pytest.raises(ProviderError, match="too long") as raised:
        embedder.embed(["text"] * 8)
    assert raised.value.retryable
    assert len(embedder.asked) == 3


def test_a_caller_in_a_hurry_sets_its_own_deadline():
    embedder = Scripted(call_s=4.0)
    with pytest.raises(ProviderError, match="too long"):
        embedder.embed(["text"] * 8, deadline_s=5.0)
    assert len(embedder.asked) == 2


def test_no_pause_reaches_over_the_deadline():
    embedder = Scripted(AGAIN, AGAIN, deadline_s=1.0)
    with pytest.raises(ProviderError, match="busy"):
        embedder.embed(["a"])
    assert embedder.paused == [0.5]


@pytest.mark.parametrize(
    "answer",
    [[[1.0, 2.0, 3.0]], [[1.0, 2.0], [1.0, 2.0]], [], "text", [["a", "b"]], [[np.nan, 1.0]], [[np.inf, 0]], None],
)
def test_answers_that_are_no_vectors(answer):
    with pytest.raises(ProviderError) as raised:
        Scripted(answer).embed(["a"])
    assert not raised.value.retryable
