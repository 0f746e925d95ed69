"""What the operations rebuild is what was handed in, or the place where they part is named."""

from itertools import chain, repeat
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from interviews.coding import documents, replay, tasks
from interviews.coding.replay import Comparison, Outcome
from interviews.models import CodeDocument, CodeRun, Interview
from tests.interviews.coding.writing import PROGRAM, Hand, after, edits
from tests.interviews.factories import make_interview

LINES = "def f():\n    return 1\n"


def submission(interview: Interview, source: str, task_id: str = "t", **fields: Any) -> CodeRun:
    values = {"kind": "submission", "language": "python", "run_id": "r", "at_ms": 9_000}
    return CodeRun.objects.create(interview=interview, task_id=task_id, source=source, **{**values, **fields})


@pytest.fixture
def interview(owner: User) -> Interview:
    return make_interview(owner, code_task=PROGRAM)


def test_the_text_at_any_operation(interview: Interview) -> None:
    document = Hand(LINES).type("😀b").replace(0, 3, "fn").store(interview, "t")
    rows = list(replay.stored(document))
    texts = [replay.replayed(rows[: seq + 1]) for seq in range(4)]
    assert texts == [LINES, LINES + "😀", LINES + "😀b", "fn f():\n    return 1\n😀b"]
    assert texts[-1] == document.text
    assert replay.replayed([]) == ""


def test_equal_to_the_byte(interview: Interview, django_assert_num_queries: Any) -> None:
    document = Hand(LINES).type("你").store(interview, "t")
    run = submission(interview, LINES + "你")
    with django_assert_num_queries(1):
        assert replay.compare(document, run) == Comparison(Outcome.EQUAL)


@pytest.mark.parametrize(
    ("source", "byte", "line", "column"),
    [
        ("def f():\n    你 = 2\n", 19, 2, 9),
        ("def f():\n    你 = 1", 20, 2, 10),
        ("", 0, 1, 1),
        ("def f():\n    你 = 1\n\n", 21, 3, 1),
    ],
)
def test_where_they_part(interview: Interview, source: str, byte: int, line: int, column: int) -> None:
    document = Hand("def f():\n    你 = 1\n").store(interview, "t")
    found = replay.compare(document, submission(interview, source))
    expected = {"outcome": "different", "byte": byte, "line": line, "column": column, "seq": None}
    assert found.public() == expected


def test_a_missing_operation_is_named(interview: Interview) -> None:
    document = Hand().type("abc").store(interview, "t")
    document.operations.filter(seq=2).delete()
    found = replay.compare(document, submission(interview, "abc"))
    assert found == Comparison(Outcome.BROKEN, 1, 1, 2, seq=3)
    with pytest.raises(replay.BrokenOperations) as caught:
        replay.replayed(list(replay.stored(document)))
    assert (caught.value.seq, caught.value.text) == (3, "a")


def test_an_operation_that_does_not_fit_is_named(interview: Interview) -> None:
    document = Hand().type("abc").store(interview, "t")
    document.operations.filter(seq=3).update(changes=[7, [0, "c"]])
    assert replay.compare(document, submission(interview, "abc")).seq == 3


def test_without_a_document_everything_that_was_handed_in_is_too_much(interview: Interview) -> None:
    assert replay.compare(None, submission(interview, "x")) == Comparison(Outcome.DIFFERENT, 0, 1, 1)
    assert replay.compare(None, submission(interview, "", "u", run_id="2")) == Comparison(Outcome.EQUAL)


DUE = 13
#: Where a batch begins, at most one after what is known, or where it is due; and how long it is.
BATCHES = st.lists(st.tuples(st.integers(0, DUE), st.integers(1, 5)), max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=edits(), odd=BATCHES, last=st.integers(1, 5))
def test_whatever_way_the_batches_take_the_same_text_is_rebuilt(
    interview: Interview, written: list[list[Any]], odd: list[tuple[int, int]], last: int
) -> None:
    """In batches of any size, some sent twice, some before their turn: as the editor does after lost connections."""
    CodeDocument.objects.all().delete()
    task = tasks.of(interview)
    assert task is not None
    events = [{"t_ms": 10 * seq, "changes": row} for seq, row in enumerate(written)]
    known = 0
    batches = chain(odd, repeat((DUE, last)))  # odd ones first, in the end those that are due
    while known < len(events):
        start, size = next(batches)
        base = known if start == DUE else min(start, known + 1)
        batch = events[base : base + size] or events[-1:]
        if base > known:
            with pytest.raises(documents.Gap):
                documents.apply_events(interview, task.task_id, base, batch)
        else:
            known = documents.apply_events(interview, task.task_id, base, batch)
    text = ""
    for row in written:
        text = after(text, row)
    document = CodeDocument.objects.get()
    assert replay.replayed(replay.stored(document)) == document.text == text
    run = CodeRun(interview=interview, source=text)
    assert replay.compare(document, run).outcome == Outcome.EQUAL
