"""When the parts of a reply were reached: marked in any order, kept by turn, stored beside the conversation."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError
from prometheus_client import REGISTRY

from interviews.live import store
from interviews.live.session import CHECKPOINT_S
from interviews.live.store import Store
from interviews.live.telemetry import Mark, Timings, TurnMarks, TurnTimes
from interviews.models import Interview, TurnTiming
from providers.stt.scripted import Line
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines

Told = list[tuple[int, dict[str, int | None], bool]]
ALL = [mark for mark in Mark if mark is not Mark.SPEECH_END]


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def marks(told: Told) -> TurnMarks:
    """Of a session whose clock shows 0."""
    return TurnMarks(Time(), lambda times, again: told.append((times.number, reached(times), again)))


def reached(times: TurnTimes) -> dict[str, int | None]:
    return {str(mark): times.ms(mark) for mark in ALL if times.ms(mark) is not None}


def answer(marks: TurnMarks, number: int, since: float = 0.0) -> None:
    marks.mark(Mark.SPEECH_END, since + 1.0)
    marks.mark(Mark.RECOGNISED, since + 1.43)
    marks.mark(Mark.ENDPOINT, since + 1.45)
    marks.turn(number)


def test_a_turn_is_told_of_when_its_question_is_played(marks: TurnMarks, told: Told) -> None:
    answer(marks, 3)
    marks.mark(Mark.FIRST_AUDIO, 1.46)
    marks.mark(Mark.FIRST_TOKEN, 1.93)
    marks.mark(Mark.QUESTION_AUDIO, 1.98)
    assert told == []
    marks.mark(Mark.PLAYBACK, 2.0)
    marks.close()
    assert told == [
        (
            3,
            {
                "endpoint": 450,
                "recognised": 430,
                "first_token": 930,
                "first_audio": 460,
                "question_audio": 980,
                "playback": 1_000,
            },
            False,
        )
    ]


def test_without_an_acknowledgement_the_question_is_the_first_audio(marks: TurnMarks, told: Told) -> None:
    answer(marks, 1)
    marks.mark(Mark.QUESTION_AUDIO, 2.0)
    marks.close()
    assert told == [(1, {"endpoint": 450, "recognised": 430, "first_audio": 1_000, "question_audio": 1_000}, False)]


def test_what_was_speculated_before_speech_went_on_is_forgotten(marks: TurnMarks, told: Told) -> None:
    marks.mark(Mark.SPEECH_END, 0.2)
    marks.mark(Mark.RECOGNISED, 0.5)
    marks.mark(Mark.FIRST_TOKEN, 0.9)
    answer(marks, 1)
    marks.close()
    assert told == [(1, {"endpoint": 450, "recognised": 430}, False)]


def test_a_question_begun_while_the_endpoint_is_awaited_counts(marks: TurnMarks, told: Told) -> None:
    marks.mark(Mark.SPEECH_END, 1.0)
    marks.mark(Mark.FIRST_TOKEN, 1.3)
    marks.mark(Mark.ENDPOINT, 1.45)
    marks.turn(1)
    marks.mark(Mark.FIRST_TOKEN, 1.9)  # of nothing: the piece that counts was there
    marks.close()
    assert told == [(1, {"endpoint": 450, "first_token": 300}, False)]


def test_the_end_of_speech_may_become_known_after_what_follows_it(marks: TurnMarks, told: Told) -> None:
    marks.mark(Mark.RECOGNISED, 1.43)
    marks.mark(Mark.ENDPOINT, 1.45)
    marks.turn(1)
    marks.mark(Mark.SPEECH_END, 1.0)
    marks.close()
    assert told == [(1, {"endpoint": 450, "recognised": 430}, False)]


def test_an_answer_that_was_not_spoken_counts_from_when_it_came(marks: TurnMarks, told: Told) -> None:
    marks.mark(Mark.ENDPOINT, 5.0)
    marks.turn(2)
    marks.mark(Mark.QUESTION_AUDIO, 5.7)
    marks.close()
    assert told == [(2, {"first_audio": 700, "question_audio": 700}, False)]


def test_a_turn_whose_playback_nobody_reports_is_told_of_at_the_next_and_once(marks: TurnMarks, told: Told) -> None:
    answer(marks, 1)
    answer(marks, 2, since=10)
    marks.mark(Mark.QUESTION_AUDIO, 12)
    marks.mark(Mark.PLAYBACK, 12.1)
    marks.mark(Mark.PLAYBACK, 12.4)
    marks.close()
    marks.close()
    assert [(number, again) for number, _reached, again in told] == [(1, False), (2, False)]


def test_the_next_answer_does_not_touch_the_reply_before_it(marks: TurnMarks, told: Told) -> None:
    answer(marks, 1)
    marks.mark(Mark.FIRST_TOKEN, 1.5)
    marks.mark(Mark.QUESTION_AUDIO, 2.0)
    answer(marks, 2, since=10)
    marks.close()
    assert told[0][1]["question_audio"] == 1_000
    assert told[1][1] == {"endpoint": 450, "recognised": 430}


@pytest.mark.parametrize("mark", [Mark.FIRST_AUDIO, Mark.QUESTION_AUDIO, Mark.PLAYBACK])
def test_the_greeting_is_no_reply(marks: TurnMarks, told: Told, mark: Mark) -> None:
    marks.mark(mark, 1.0)
    marks.close()
    assert told == []


def test_an_acknowledgement_before_the_answer_is_saved_is_the_first_audio(marks: TurnMarks, told: Told) -> None:
    answer(marks, 3)
    marks.mark(Mark.QUESTION_AUDIO, 2.0)
    marks.mark(Mark.SPEECH_END, 11.0)
    marks.mark(Mark.RECOGNISED, 11.4)
    marks.mark(Mark.ENDPOINT, 11.42)
    marks.mark(Mark.FIRST_AUDIO, 11.43)
    marks.turn(4)
    marks.mark(Mark.QUESTION_AUDIO, 11.9)
    marks.mark(Mark.PLAYBACK, 11.95)
    times = {"endpoint": 420, "recognised": 400, "first_audio": 430, "question_audio": 900, "playback": 950}
    assert told[1:] == [(4, times, False)]
    assert told[0][1]["first_audio"] == 1_000


def test_words_between_two_ends_of_an_answer_are_no_reply_to_it(marks: TurnMarks, told: Told) -> None:
    """It was taken as finished, not understood, and went on."""
    marks.mark(Mark.ENDPOINT, 5.0)
    marks.mark(Mark.FIRST_AUDIO, 5.5)  # "I did not catch that."
    marks.mark(Mark.ENDPOINT, 9.0)
    marks.turn(3)
    marks.mark(Mark.QUESTION_AUDIO, 9.5)
    marks.mark(Mark.PLAYBACK, 9.6)
    assert told == [(3, {"first_audio": 500, "question_audio": 500, "playback": 600}, False)]


def test_playback_of_an_acknowledgement_is_not_the_questions(marks: TurnMarks, told: Told) -> None:
    answer(marks, 1)
    marks.mark(Mark.FIRST_AUDIO, 1.46)
    marks.mark(Mark.PLAYBACK, 1.5)
    assert told == []


def test_usage_adds_up_and_what_comes_late_is_told_again() -> None:
    told = list[tuple[int | None, int | None, Decimal | None, bool]]()
    marks = TurnMarks(Time(), lambda t, again: told.append((t.tokens_in, t.tokens_out, t.cost, again)))
    marks.mark(Mark.SPEECH_END, 1.0)
    marks.usage(100, None)  # asked in a pause, and dropped
    answer(marks, 1)
    marks.mark(Mark.QUESTION_AUDIO, 2.0)
    marks.mark(Mark.PLAYBACK, 2.1)
    marks.usage(120, 30, Decimal("0.0004"))
    assert told == [(100, None, None, False), (220, 30, Decimal("0.0004"), True)]


# --- stored ----------------------------------------------------------------------------------------------------------


def finished() -> TurnTimes:
    at = {Mark.SPEECH_END: 1.0, Mark.ENDPOINT: 1.4, Mark.RECOGNISED: 1.5, Mark.QUESTION_AUDIO: 2.0}
    return TurnTimes(4, at, tokens_in=7)


@pytest.mark.django_db(transaction=True)
async def test_a_finished_turn_is_observed_once_and_stored(interview: Interview) -> None:
    before = observed("endpoint")
    waiting = Timings(store.default(), interview.pk, "ko")
    waiting.add(finished(), False)
    waiting.add(finished(), True)
    await waiting.close()
    row = await store.default().run(lambda: TurnTiming.objects.values().get())
    assert (row["turn_number"], row["endpoint_ms"], row["recognised_ms"], row["tokens_in"]) == (4, 400, 500, 7)
    assert (row["first_token_ms"], row["question_audio_ms"], row["playback_ms"]) == (None, 1_000, None)
    assert observed("endpoint") == before + 1


async def test_what_a_step_stored_is_not_stored_again() -> None:
    waiting = Timings(Broken(1), 1, "en")
    waiting.add(finished(), False)
    assert [timing.turn_number for timing in waiting.waiting] == [4]
    waiting.stored(waiting.waiting)
    assert waiting.waiting == ()
    await waiting.close()


async def test_what_was_added_while_older_ones_were_stored_waits_on() -> None:
    waiting = Timings(Broken(1), 1, "en")
    waiting.add(finished(), False)
    waiting.add(replace(finished(), number=5), False)
    taken = waiting.waiting
    waiting.add(replace(finished(), tokens_in=9), True)
    waiting.stored(taken)
    assert [(timing.turn_number, timing.tokens_in) for timing in waiting.waiting] == [(4, 9)]


async def test_a_database_that_is_gone_costs_the_row_alone(caplog: pytest.LogCaptureFixture) -> None:
    waiting = Timings(Broken(1), 1, "en")
    waiting.add(finished(), False)
    await waiting.close()
    assert "OperationalError" in caplog.text
    assert "the words" not in caplog.text


class Broken(Store):
    fault = OperationalError("the words of a candidate")

    async def run(self, *args: Any, **kwargs: Any) -> Any:
        raise self.fault


@pytest.mark.django_db(transaction=True)
async def test_typed_answers_are_stored_with_what_there_was(
    call: Callable[..., Caller], interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.introduce()
    caller.send("text_answer", text="An answer.")
    await caller.next("interview_message", kind="question")
    caller.send("disconnect")
    await caller.closed()
    rows = await store.default().run(lambda: list(TurnTiming.objects.values_list("turn_number", "endpoint_ms")))
    assert rows == [(1, None), (2, None)]


@pytest.mark.django_db(transaction=True)
async def test_a_spoken_answer_is_followed_to_the_clients_ear(
    call: Callable[..., Caller], interview: Interview, resume: Resume
) -> None:
    engines = FakeEngines([Line("I measured it first.", delay_ms=300)])
    caller = call(engines)
    await caller.begin(interview, resume, audio=True)
    question = await caller.introduce()
    await caller.next("ai_audio_end", utterance_id=question["utterance_id"])
    caller.send("playback", utterance_id=question["utterance_id"], event="ended", ms=60_000)
    await caller.next("ai_speaking_end", utterance_id=question["utterance_id"])
    await caller.stream(2_000, loud=True, pace=True)
    silence = asyncio.create_task(caller.stream(4_000, pace=True))
    chunk = await caller.next("ai_audio_chunk", index=0)
    await asyncio.sleep(0.04)
    caller.send("playback", utterance_id=chunk["utterance_id"], event="started", ms=0)
    await silence
    await asyncio.sleep(CHECKPOINT_S)
    row = await store.default().run(lambda: TurnTiming.objects.values().get(playback_ms__isnull=False))
    assert row["turn_number"] == 2
    assert row["playback_ms"] - row["question_audio_ms"] == 40
    caller.send("disconnect")
    await caller.closed()


def observed(part: str) -> float:
    return REGISTRY.get_sample_value("viva_reply_part_seconds_count", {"part": part, "language": "ko"}) or 0.0
