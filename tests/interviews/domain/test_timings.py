"""The parts of a reply's wait, and how they spread."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from interviews.domain import timings
from interviews.domain.timings import Engines, Parts, Spread
from interviews.models import Interview, ModelExchange, TurnTiming

SPOKEN = {
    "endpoint_ms": 450,
    "recognised_ms": 430,
    "first_token_ms": 930,
    "first_audio_ms": 460,
    "question_audio_ms": 980,
    "playback_ms": 1_010,
}


def interview_of(owner: User, **fields: Any) -> Interview:
    defaults = {"position_name": "Backend", "position_type": "backend", "language": "en"}
    return Interview.objects.create(owner=owner, **defaults | fields)


def test_the_parts_add_up_to_the_whole() -> None:
    parts = timings.parts(TurnTiming(**SPOKEN))
    assert parts == Parts(endpoint=450, recognition=0, model=480, voice=50, playback=30)
    assert parts.total == 1_010


def test_a_stage_that_was_not_marked_is_in_the_next() -> None:
    parts = timings.parts(TurnTiming(endpoint_ms=400, recognised_ms=700, question_audio_ms=1_300))
    assert parts == Parts(endpoint=400, recognition=300, model=None, voice=600, playback=None)
    assert parts.total == 1_300


def test_a_typed_answer_has_no_parts_before_the_reply() -> None:
    assert timings.parts(TurnTiming(question_audio_ms=300)) == Parts(voice=300)
    assert timings.parts(TurnTiming()).total is None


MARK = st.none() | st.integers(0, 60_000)


@given(st.fixed_dictionaries(dict.fromkeys(timings.MARKS, MARK)))
def test_they_always_add_up_to_what_was_reached_last(marks: dict[str, int | None]) -> None:
    last = [ms for name, ms in marks.items() if ms is not None and name != "first_audio_ms"]
    assert timings.parts(TurnTiming(**marks)).total == (max(last) if last else None)


@pytest.mark.parametrize(
    ("values", "spread"),
    [
        ([], Spread(None, None)),
        ([None], Spread(None, None)),
        ([7], Spread(7, 7)),
        ([3, None, 1, 2], Spread(2, 3)),
        (list(range(1, 101)), Spread(50, 95)),
    ],
)
def test_spreads_are_figures_that_were_measured(values: list[int | None], spread: Spread) -> None:
    assert Spread.of(values) == spread


@pytest.mark.django_db
def test_a_turn_is_stored_once_the_newest_figures_count(owner: User) -> None:
    interview = interview_of(owner)
    timings.save([TurnTiming(interview_id=interview.pk, turn_number=2, endpoint_ms=400)])
    timings.save([TurnTiming(interview_id=interview.pk, turn_number=2, endpoint_ms=400, tokens_out=9)])
    rows = TurnTiming.objects.values_list("turn_number", "endpoint_ms", "tokens_out")
    assert list(rows) == [(2, 400, 9)]
    assert timings.by_turn(interview)[2].tokens_out == 9


@pytest.mark.django_db(transaction=True)
def test_an_interview_that_was_deleted_meanwhile_is_no_fault() -> None:
    timings.save([TurnTiming(interview_id=404, turn_number=1)])
    assert not TurnTiming.objects.exists()


def three_groups(owner: User) -> None:
    by_ear = interview_of(owner, speech_engine="whisper", voice_engine="espeak")
    korean = interview_of(owner, speech_engine="whisper", voice_engine="espeak", language="ko")
    for number, endpoint in enumerate((400, 500, 600), 1):
        by_ear.timings.create(turn_number=number, endpoint_ms=endpoint, question_audio_ms=1_000, first_audio_ms=550)
    korean.timings.create(turn_number=1, **SPOKEN, cost=Decimal("0.002"))
    korean.timings.create(turn_number=2, question_audio_ms=90)  # typed
    ModelExchange.objects.create(
        interview=by_ear, turn_number=2, purpose="question", model="gpt", request={}, outcome="used"
    )


@pytest.mark.django_db
def test_replies_are_summed_up_by_language_and_engines(owner: User, django_assert_num_queries: Any) -> None:
    three_groups(owner)
    with django_assert_num_queries(1):
        found = timings.summaries(timezone.now() - timedelta(hours=1))
    assert [(one.engines, one.replies) for one in found] == [
        (None, 4),
        (Engines("en", "whisper", "", "espeak"), 2),
        (Engines("en", "whisper", "gpt", "espeak"), 1),
        (Engines("ko", "whisper", "", "espeak"), 1),
    ]
    everything = found[0]
    assert everything.parts["endpoint"] == Spread(450, 600)
    assert everything.parts["playback"] == Spread(30, 30)
    assert everything.total == Spread(1_000, 1_010)
    assert everything.first_audio == Spread(550, 550)
    assert [one.cost for one in found] == [Decimal("0.002"), None, None, Decimal("0.002")]


@pytest.mark.django_db
def test_what_is_older_is_left_out(owner: User) -> None:
    three_groups(owner)
    assert timings.summaries(timezone.now() + timedelta(hours=1)) == []
