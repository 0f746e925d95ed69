"""A submission read from the tables: the code, what the judge found, and what was said about it."""

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from interviews.coding import tasks
from interviews.coding.definitions import Kind, Task
from interviews.coding.follow_ups import loading
from interviews.coding.follow_ups.about import About, Failure, Verdict
from interviews.coding.follow_ups.edges import Edge
from interviews.domain.interviewer.brief import Exchange
from interviews.domain.interviewer.situation import situation
from interviews.engine import Kind as TurnKind
from interviews.engine import Phase, dump
from interviews.engine.state import Pending, Prompt, State, Timer, TimerName
from interviews.models import CodeRun, Interview
from tests.interviews.coding.follow_ups.submissions import PYTHON
from tests.interviews.factories import make_interview

pytestmark = pytest.mark.django_db
TASK = "algo-rooms"


@pytest.fixture(autouse=True)
def _adaptive(settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = True


def state(**fields: Any) -> dict[str, Any]:
    """Of the engine, as it waits for a question about the code."""
    waiting = {"pending": (Pending("e1", "question"),)} if "prompt" not in fields else {}
    limit = (Timer(TimerName.INTERVIEW, 2_700_000),)
    values = {"phase": Phase.CODE, "task_id": TASK, "turn_number": 7, "timers": limit, **waiting}
    return dump(State(5, **{**values, **fields}))


@pytest.fixture
def interview(owner: User) -> Interview:
    fields = {"phase": "code", "status": "active", "code_task": TASK, "engine_state": state()}
    return make_interview(owner, seconds_left=900, **fields)


def handed_in(interview: Interview, **fields: Any) -> CodeRun:
    values = {"task_id": TASK, "run_id": "r1", "kind": "submission", "language": "python", "source": PYTHON}
    return CodeRun.objects.create(interview=interview, **{**values, **fields})


def read(interview: Interview, answer: str = "") -> About:
    found = situation(interview, 5, answer)
    assert isinstance(found, About)
    return found


def test_a_submission_that_is_being_judged(interview: Interview) -> None:
    handed_in(interview)
    about = read(interview)
    assert (about.task_id, about.kind, about.code_language, about.source) == (TASK, Kind.PROGRAM, "python", PYTHON)
    assert (about.interview_id, about.turn_number, about.seconds_left) == (interview.pk, 7, 900)
    assert about.title == tasks.get(TASK).title("en")
    assert about.starter == tasks.get(TASK).starters["python"]["en"]
    assert (about.verdict, about.exchanges, about.adaptive) == (None, (), True)


def test_what_was_run_before_is_not_what_was_handed_in(interview: Interview) -> None:
    handed_in(interview)
    handed_in(interview, run_id="r2", kind="run", source="x = 1")
    assert read(interview).source == PYTHON


def test_without_a_submission_what_was_written_counts(interview: Interview) -> None:
    interview.documents.create(task_id=TASK, language="go", text="package main", seq=4)
    assert (read(interview).code_language, read(interview).source) == ("go", "package main")


def test_starter_code_alone_is_nothing(interview: Interview) -> None:
    interview.documents.create(task_id=TASK, language="go", text="", seq=0)
    assert read(interview).empty
    assert read(make_interview(interview.owner, phase="code", engine_state=interview.engine_state)).empty


def test_the_judges_finding_without_a_word_of_a_hidden_test(interview: Interview) -> None:
    task = tasks.get(TASK)
    rows = [{"name": test.name, "status": "ok"} for test in task.hidden]
    rows[0]["status"], rows[1]["status"] = "wrong_answer", "time_limit"
    shown = [{"name": test.name, "status": "ok"} for test in task.visible]
    result = {"status": "ok", "tests": shown, "hidden": rows}
    handed_in(interview, status="done", result=result)
    about = read(interview)
    assert about.verdict is not None
    assert (about.verdict.passed, about.verdict.total) == (len(shown) + len(rows) - 2, len(shown) + len(rows))
    assert [one.status for one in about.verdict.failures] == ["wrong_answer", "time_limit"]
    assert {type(one.edge) for one in about.verdict.failures} == {Edge}
    told = repr(replace(about, source="", starter="", statement=""))
    assert not [test.name for test in task.hidden if test.name in told]


def verdict(**result: Any) -> Verdict | None:
    return loading.verdict(tasks.get(TASK), result)


def test_what_could_not_be_judged_has_no_verdict() -> None:
    assert verdict() is None
    assert verdict(status="unavailable", tests=[{"name": "a", "status": "unavailable"}]) is None
    assert verdict(status="ok", tests=[], hidden=[]) is None


def test_what_does_not_compile() -> None:
    rows = [{"name": "a", "status": "compile_error"}]
    assert verdict(status="compile_error", tests=rows, hidden=rows) == Verdict(
        0, 2, compiled=False, failures=(Failure(Edge.OTHER, "compile_error"),)
    )


def test_tests_that_refuse_what_is_right() -> None:
    row = {"name": "accepts the correct program", "status": "wrong_answer"}
    found = verdict(status="wrong_answer", tests=[row], hidden=[])
    assert found == Verdict(0, 1, accepts=False)


def test_the_questions_so_far(interview: Interview) -> None:
    handed_in(interview)
    turn = {"phase": "code", "kind": "follow_up", "prompt": "Why?", "answer": "So.", "question_key": f"{TASK}+scale"}
    interview.turns.create(number=6, phase="code", kind="task", prompt="", answer="")
    interview.turns.create(number=7, **turn)
    asked = Exchange(0, f"{TASK}+scale", "Why?", "So.", follow_up=True)
    assert read(interview).exchanges == (asked,)
    prompt = Prompt("u9", TurnKind.FOLLOW_UP, text="And how?", key=f"{TASK}+cost")
    interview.engine_state = state(prompt=prompt, turn_number=8)
    assert read(interview, "Like this.").exchanges == (
        asked,
        Exchange(0, f"{TASK}+cost", "And how?", "Like this.", follow_up=True),
    )
    before = read(interview, "Like this.")
    key = f"{TASK}+cost"
    interview.turns.create(number=8, phase="code", kind="follow_up", prompt="And how?", answer="Like", question_key=key)
    assert read(interview, "Like this.") == before  # stored since the state was read: still once


def test_it_takes_two_queries(interview: Interview, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    handed_in(interview)
    with django_assert_num_queries(2):
        read(interview)


def test_a_structured_interview_says_so(interview: Interview, settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = False
    handed_in(interview)
    assert not read(interview).adaptive


def test_a_task_that_is_gone_ends_the_questions(interview: Interview) -> None:
    interview.engine_state = state(task_id="own-gone")
    assert read(interview).empty
    interview.engine_state = {"broken": True}
    assert read(interview).empty


@pytest.mark.parametrize("task", tasks.bank().values(), ids=list(tasks.bank()))
def test_every_hidden_test_of_the_bank_has_a_class(task: Task) -> None:
    """And its words are none of the test's."""
    rows = [{"name": test.name, "status": "wrong_answer"} for test in task.hidden]
    found = loading.verdict(task, {"status": "ok", "tests": [], "hidden": rows})
    assert found is None or len(found.failures) == len(task.hidden)
