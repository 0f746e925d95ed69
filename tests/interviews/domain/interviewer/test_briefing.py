"""What the interviewer is told of an interview, read from its tables."""

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from interviews import engine
from interviews.domain import plan
from interviews.domain.interviewer import briefing
from interviews.domain.interviewer.brief import Exchange, Message
from interviews.domain.interviewer.situation import situation
from interviews.engine import Kind, Line, Opened, QuestionReady, Typed
from interviews.models import Interview
from tests.interviews.domain.interviewer.briefs import THIN
from tests.interviews.factories import make_interview, make_resume
from vacancies.models import Vacancy

INTRODUCED = Exchange(0, "", "Please introduce yourself.", "I am Alice.")


@pytest.fixture
def interview(owner: User) -> Interview:
    interview = make_interview(owner, resume=make_resume(owner), seconds_left=2_400)
    plan.store(interview, interview.resume)
    interview.save()
    add(interview, 1, "intro", "prompt", Line.INTRO_PROMPT, "I am Alice.")
    return interview


def add(interview: Interview, number: int, phase: str, kind: str, prompt: str, answer: str, **fields: Any) -> None:
    interview.turns.create(number=number, phase=phase, kind=kind, prompt=prompt, answer=answer, **fields)


def ask(interview: Interview, number: int, answer: str, **fields: Any) -> str:
    """Question 1 of the plan as turn `number`; gives its key."""
    row = interview.plan[0]
    values = {"kind": "question", "question_key": row["key"], "question_number": 1, **fields}
    interview.turns.create(number=number, phase="question", prompt=row["text"], answer=answer, **values)
    return str(row["key"])


def test_the_introduction(interview: Interview) -> None:
    brief = briefing.read(interview, "I am Alice.")
    assert (brief.exchanges, brief.number, brief.current) == ((INTRODUCED,), 0, None)
    assert (brief.seconds_left, brief.language, brief.position) == (2_400, "en", "Backend developer")
    assert [question.key for question in brief.plan] == [row["key"] for row in interview.plan]


def test_questions_and_follow_ups(interview: Interview) -> None:
    key = ask(interview, 2, "One.")
    ask(interview, 3, "Two.", kind="follow_up", question_key=f"{key}+why")
    add(interview, 4, "code", "task", "A task", "Talk about the task")
    brief = briefing.read(interview, "Two.")
    text = interview.plan[0]["text"]
    assert brief.exchanges == (
        INTRODUCED,
        Exchange(1, key, text, "One."),
        Exchange(1, f"{key}+why", text, "Two.", follow_up=True),
    )
    assert (brief.asked, brief.follow_ups, brief.number) == ((key,), 1, 1)
    assert brief.current == brief.plan[0]


def test_an_open_turn_counts_with_the_answer_so_far(interview: Interview) -> None:
    """What is asked ahead of the end of an answer is what is asked at its end."""
    state = opened(interview)
    interview.engine_state = engine.dump(state)
    key = interview.plan[0]["key"]
    ahead = briefing.read(interview, THIN)
    assert ahead.exchanges[1:] == (Exchange(1, key, interview.plan[0]["text"], THIN),)
    interview.engine_state = None
    ask(interview, 2, THIN)
    assert briefing.read(interview, THIN) == ahead


def test_a_turn_that_was_stored_after_the_state_was_read_counts_once(interview: Interview) -> None:
    interview.engine_state = engine.dump(opened(interview))
    ahead = briefing.read(interview, THIN)
    ask(interview, 2, THIN)
    assert briefing.read(interview, THIN) == ahead


def test_of_a_question_that_was_interrupted_what_was_heard_counts(interview: Interview) -> None:
    """As it does once the turn is stored."""
    state = opened(interview)
    assert state.prompt is not None
    interview.engine_state = engine.dump(replace(state, prompt=replace(state.prompt, heard="Which of")))
    assert briefing.read(interview, THIN).exchanges[1].prompt == "Which of"


def opened(interview: Interview) -> engine.State:
    """The engine with the first question open."""
    state = engine.new(len(interview.plan))
    key, text = interview.plan[0]["key"], interview.plan[0]["text"]
    now = engine.Now(0, 0)
    state, _effects = engine.step(state, Opened(typed=True), now)
    state, _effects = engine.step(state, Typed("t1", "I am Alice. That's all."), now)
    request = state.pending[0].effect_id
    state, _effects = engine.step(state, QuestionReady(request, text, Kind.QUESTION, key), now)
    return state


def test_a_state_of_another_release_is_passed_over(interview: Interview) -> None:
    interview.engine_state = {"schema": 0}
    assert briefing.read(interview, "x").exchanges == (INTRODUCED,)


def test_the_digests_hold_no_name_and_no_address(interview: Interview) -> None:
    brief = briefing.read(interview, "")
    assert brief.resume.splitlines() == [
        "Skills: Python, Go, PostgreSQL, Kafka",
        "Job: Backend developer, Acme",
        "Project: Night Owl",
        "Project: Harbour",
    ]
    assert "Alice" not in brief.resume


def test_the_vacancy_is_told_by_its_requirements(owner: User) -> None:
    wanted = [{"text": "Five years of Go", "kind": "must"}, {"text": "", "kind": "nice"}]
    interview = make_interview(owner, position_description="Build\nservices", position_requirements="Go")
    interview.vacancy = Vacancy(requirements=wanted)
    assert briefing.read(interview, "").vacancy == "Build services\nGo\n- Five years of Go"


def test_the_last_twelve_messages(interview: Interview) -> None:
    for number in range(2, 12):
        ask(interview, number, f"Answer {number}", kind="follow_up")
    messages = briefing.read(interview, "").messages()
    assert len(messages) == 12
    assert messages[-1] == Message("candidate", "Answer 11")
    assert messages[0] == Message("interviewer", interview.plan[0]["text"])


@pytest.mark.parametrize("turns", [1, 3])
def test_reading_takes_one_query(
    interview: Interview, turns: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2, 2 + turns):
        ask(interview, number, "x", kind="follow_up")
    with django_assert_num_queries(1):
        briefing.read(interview, "x")


def test_where_it_is_wanted_everybody_is_asked_the_plan(interview: Interview, settings: Settings) -> None:
    ask(interview, 2, "Short.")
    settings.ADAPTIVE_QUESTIONS = True
    assert situation(interview, 1, "Short.").step.kind == "follow_up"
    settings.ADAPTIVE_QUESTIONS = False
    plain = situation(interview, 1, "Short.")
    assert (plain.step.kind, plain.step.key, plain.open) == ("question", interview.plan[1]["key"], False)
