"""The transcript, of finished turns and of the one that goes on."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from interviews import engine
from interviews.domain import transcript
from interviews.engine.state import Now, Rules
from interviews.models import Interview, Turn, Utterance
from tests.interviews.factories import make_interview


def talk(interview: Interview, number: int, prompt: str, *said: str, **fields: Any) -> None:
    values = {"phase": "question", "kind": "question", "outcome": "answered", **fields}
    Turn.objects.create(interview=interview, number=number, prompt=prompt, answer=" ".join(said), **values)
    for index, text in enumerate(said):
        utter(interview, number, f"{number}-{index}", text, index * 100)


def utter(interview: Interview, number: int, utterance_id: str, text: str, at: int) -> None:
    Utterance.objects.create(
        interview=interview,
        utterance_id=utterance_id,
        turn_number=number,
        phase="question",
        text=text,
        source="voice",
        start_ms=at,
        end_ms=at + 40,
    )


def open_state() -> dict[str, Any]:
    """An interview that has just said its first prompt."""
    state, _effects = engine.step(engine.new(3, Rules()), engine.Opened(), Now(0, 0))
    return engine.dump(state)


def test_turns_with_their_utterances(owner: User) -> None:
    interview = make_interview(owner)
    talk(interview, 1, "intro_prompt", "Hello.", "I am Alice.", phase="intro", kind="prompt")
    talk(interview, 2, "Why?", question_number=1, outcome="skipped")
    rows = transcript.turns(interview)
    assert [(row["number"], row["prompt"], row["answer"], row["outcome"]) for row in rows] == [
        (1, "Please introduce yourself.", "Hello. I am Alice.", "answered"),
        (2, "Why?", "", "skipped"),
    ]
    assert [said["text"] for said in rows[0]["utterances"]] == ["Hello.", "I am Alice."]
    assert transcript.conversation(rows) == [
        {"role": "interviewer", "text": "Please introduce yourself.", "at_ms": 0},
        {"role": "candidate", "text": "Hello.", "at_ms": 0},
        {"role": "candidate", "text": "I am Alice.", "at_ms": 100},
        {"role": "interviewer", "text": "Why?", "at_ms": 140},
    ]
    assert transcript.figures(rows) == {"questions": 1, "answered": 0, "skipped": 1, "silent": 0, "spoken_ms": 80}


def test_the_turn_that_goes_on(owner: User) -> None:
    interview = make_interview(owner, status="active", phase="intro", engine_state=open_state())
    number = engine.load(interview.engine_state).turn_number
    utter(interview, number, "u", "I am", 20)
    (row,) = transcript.turns(interview)
    assert (row["number"], row["phase"], row["prompt"]) == (number, "intro", "Please introduce yourself.")
    assert (row["answer"], row["outcome"], row["started_ms"], row["ended_ms"]) == ("I am", "", 20, 60)


def test_a_turn_that_was_stored_is_not_shown_twice(owner: User) -> None:
    interview = make_interview(owner, status="stopped", engine_state=open_state())
    number = engine.load(interview.engine_state).turn_number
    talk(interview, number, "intro_prompt", "Hello.", phase="intro")
    assert len(transcript.turns(interview)) == 1


@pytest.mark.parametrize("state", [None, {}, {"schema": 99}, "x"])
def test_a_state_that_cannot_be_read(owner: User, state: Any) -> None:
    interview = make_interview(owner, engine_state=state)
    assert transcript.turns(interview) == []
    utter(interview, 4, "u", "kept", 0)
    assert [row["answer"] for row in transcript.turns(interview)] == ["kept"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries(owner: User, count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    interview = make_interview(owner)
    for number in range(count):
        talk(interview, number, "?", "a", "b")
    with django_assert_num_queries(2):
        assert len(transcript.turns(interview)) == count
