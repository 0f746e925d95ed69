"""An interview as the evaluator reads it: a question's answer is all that was said to it."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from config import later
from interviews.coding import runs
from interviews.coding.judging import Verdict
from interviews.models import Interview
from reports.domain import dialogue, evaluate, start
from tests.interviews.factories import make_interview

HARDER = {"key": "backend-h", "text": "Harder?", "topic": "h", "difficulty": 3, "expected": [{"point": "saga"}]}
PLAN: list[dict[str, Any]] = [
    {
        "key": "backend-a",
        "text": "Why?",
        "topic": "a",
        "difficulty": 2,
        "expected": [{"point": "index", "keywords": ["index"]}, {"point": "lock", "keywords": ["lock"]}],
        "alternatives": [HARDER],
    }
]


@pytest.fixture
def followed_up(owner: User) -> Interview:
    interview = make_interview(owner, plan=PLAN, status="completed")
    rows = [
        (1, "question", "backend-a", 1, "answered", "An index."),
        (2, "follow_up", "backend-a+more", 1, "answered", "A lock."),
        (3, "follow_up", "backend-a+why", 1, "silent", ""),
        (4, "question", "backend-h", 2, "skipped", ""),
    ]
    for number, kind, key, question, outcome, answer in rows:
        interview.turns.create(
            number=number,
            phase="question",
            kind=kind,
            question_key=key,
            question_number=question,
            prompt="?",
            outcome=outcome,
            answer=answer,
        )
    for number, text in ((1, "An index."), (2, "A lock.")):
        interview.utterances.create(
            utterance_id=f"u{number}", turn_number=number, phase="question", text=text, source="voice", start_ms=number
        )
    return interview


def test_follow_ups_count_for_their_question(followed_up: Interview) -> None:
    first, second = dialogue.read(followed_up).answers
    assert (first.key, first.outcome, first.analysis.covered) == ("backend-a", "answered", ("index", "lock"))
    assert [spoken.text for spoken in first.spoken] == ["An index.", "A lock."]
    assert (second.key, second.outcome, second.difficulty) == ("backend-h", "skipped", 3)


def test_evidence_is_found_in_follow_ups(followed_up: Interview) -> None:
    values = evaluate.evaluate(followed_up)
    quotes = [(row["quote"], row["question_number"], row["start_ms"]) for row in values["evidence"]["technical_skills"]]
    assert quotes == [("An index.", 1, 1), ("A lock.", 1, 2)]
    assert {"code": "unanswered", "count": 1} in values["remarks"]["concerns"]


def test_a_question_in_anothers_place_has_its_own_points(followed_up: Interview) -> None:
    followed_up.turns.filter(number=4).update(answer="With a saga.", outcome="answered")
    assert dialogue.read(followed_up).answers[1].analysis.covered == ("saga",)


def test_what_is_said_about_code_answers_no_planned_question(followed_up: Interview) -> None:
    for number, kind, answer in ((5, "task", "So I begin."), (6, "follow_up", "It is linear."), (7, "follow_up", "")):
        outcome = "answered" if answer else "silent"
        turn = {"phase": "code", "kind": kind, "question_key": "task+loop", "prompt": "?", "outcome": outcome}
        followed_up.turns.create(number=number, answer=answer, **turn)
    answers = dialogue.read(followed_up).answers
    assert [(answer.phase, answer.key, answer.analysis.words) for answer in answers[2:]] == [
        ("code", "task+loop", 3),
        ("code", "task+loop", 0),
    ]
    assert answers[2].question_number is None


@pytest.mark.parametrize(
    ("counts", "share"), [((3, 4), 0.75), ((0, 4), 0.0), ((None, None), None), ((0, 0), None)], ids=str
)
def test_the_share_of_hidden_tests(followed_up: Interview, counts: tuple[Any, Any], share: float | None) -> None:
    row = {
        "task_id": "t",
        "language": "python",
        "source": "x = 1",
        "hidden_passed": counts[0],
        "hidden_total": counts[1],
    }
    followed_up.code_runs.create(run_id="r", kind="submission", status="done", **row)
    read = dialogue.read(followed_up)
    assert (read.code, read.tests_passed) == ("x = 1", share)


def test_a_report_waits_for_the_tests_of_the_solution(
    followed_up: Interview, django_capture_on_commit_callbacks: Callable[[], Any]
) -> None:
    run = followed_up.code_runs.create(run_id="r", kind="submission", task_id="t", language="go", source="x")
    report = start.request_report(followed_up)
    evaluate.write_report(followed_up.pk)
    report.refresh_from_db()
    assert (report.status, report.attempts) == ("pending", 0)
    for times_asked in (1, 0):  # a second verdict is none
        with django_capture_on_commit_callbacks() as callbacks:
            runs.finish(run.pk, Verdict("ok", "here"))
        asked = [one for one in callbacks if one.__module__ == later.__name__]  # others tell the session of it
        assert len(asked) == times_asked
    evaluate.write_report(followed_up.pk)
    report.refresh_from_db()
    assert report.status == "ready"
