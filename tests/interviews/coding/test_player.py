"""What the player of a replay is given: one time line with everything on it, and the operations in pieces."""

import json
from typing import Any

import pytest

from accounts.models import User
from interviews.coding import player
from interviews.coding.placing import Placing
from interviews.models import CodeDocument, CodeRun, Interview, SubmissionCheck, Turn
from proctoring.models import ProctoringEvent
from tests.interviews.coding.test_replay import submission
from tests.interviews.coding.writing import Hand
from tests.interviews.factories import make_interview

START = 100_000
TESTED = {"status": "wrong_answer", "tests": [{"name": "a", "status": "ok"}, {"name": "b", "status": "time_limit"}]}
pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(owner: User) -> Interview:
    """The task was given at 95 s; a line was typed between 100.2 and 101 s."""
    interview = make_interview(owner)
    Turn.objects.create(interview=interview, number=7, phase="code", kind="task", prompt="p", started_ms=95_000)
    return interview


@pytest.fixture
def document(interview: Interview) -> CodeDocument:
    return Hand().type("x = 1").store(interview, "t", start_ms=START)


def event(interview: Interview, signal: str, at_ms: int, **fields: Any) -> ProctoringEvent:
    values = {"source": "client", "text": "…", "detail": {}}
    return ProctoringEvent.objects.create(interview=interview, signal=signal, at_ms=at_ms, **{**values, **fields})


def shown(interview: Interview, document: CodeDocument) -> list[tuple[str, int, str, str, bool | None]]:
    marks = player.description(interview, document)["marks"]
    return [(mark["kind"], mark["at_ms"], mark["title"], mark["detail"], mark["ok"]) for mark in marks]


def test_an_unfinished_document(interview: Interview, document: CodeDocument, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):
        found = player.description(interview, document)
    assert found == {
        "task_id": "t",
        "title": "t",
        "operations": 5,
        "piece": 5_000,
        "start_ms": 95_000,
        "end_ms": 101_000,
        "languages": [{"seq": 1, "at_ms": 100_200, "language": "python"}],
        "marks": [],
        "submission": None,
        "comparison": None,
    }


def test_runs_and_the_submission(interview: Interview, document: CodeDocument) -> None:
    submission(interview, "x", run_id="1", kind="run", at_ms=100_500, status="done", result=TESTED)
    submission(interview, "x", run_id="2", kind="run", at_ms=100_600, status="queued")
    judged = {"status": "ok", "tests": [{"name": "a", "status": "ok"}]}
    fields = {"result": judged, "status": "done", "hidden_passed": 3, "hidden_total": 4}
    submission(interview, "x = 1", run_id="3", at_ms=102_000, **fields)
    submission(interview, "y", task_id="other", run_id="4")
    found = player.description(interview, document)
    assert shown(interview, document) == [
        ("run", 100_500, "Run", "Wrong answer · Tests passed: 1 of 2.", False),
        ("run", 100_600, "Run", "Waiting", None),
        ("submission", 102_000, "Handed in", "Tests passed: 1 of 1. · Hidden tests passed: 3 of 4.", False),
    ]
    assert found["submission"] == {"run_id": "3", "at_ms": 102_000, "language": "python", "text": "x = 1"}
    assert (found["end_ms"], found["comparison"]["outcome"]) == (102_000, "equal")


@pytest.mark.parametrize(
    ("result", "detail", "ok"),
    [
        ({"status": "ok", "tests": []}, "The program ran to its end.", True),
        ({"status": "runtime_error", "tests": []}, "Ended with an error", False),
        ({"status": "compile_error"}, "Does not compile", False),
        ({"status": "unavailable"}, "Not run", False),
    ],
)
def test_how_a_run_went(interview: Interview, document: CodeDocument, result: Any, detail: str, ok: bool) -> None:
    submission(interview, "x", kind="run", at_ms=100_500, status="done", result=result)
    assert [row[3:] for row in shown(interview, document)] == [(detail, ok)]


def test_what_was_noticed(interview: Interview, document: CodeDocument) -> None:
    event(interview, "tab_hidden", 400, wall_ms=100_450)  # the page was loaded anew: its own clock says 0.4 s
    event(interview, "paste", 300, wall_ms=100_400, detail={"where": "editor", "length": 1_234})
    event(interview, "paste", 100_410)
    event(interview, "tab_hidden", 90_000)  # before the task
    event(interview, "window_blur", 900_000, wall_ms=900_000)  # long after it
    event(interview, "copy", 100_450)
    detail = {"seq": 3, "writing_ms": 100_600, "lines": 12, "characters": 340}
    event(interview, "large_paste", 9, wall_ms=100_600, detail=detail, source="editor")
    burst = {"seq": 1, "writing_ms": 100_700, "characters": 90, "seconds": 3.1}
    event(interview, "fast_typing", 100_650, detail=burst, source="editor")
    event(interview, "similar_code", 101_000, detail={"share": 0.834, "interview": 3}, source="server")
    inserted = "The candidate's code got text at once: lines 12, characters 340."
    typed = "The candidate typed 90 characters in 3.1 seconds, faster than a person."
    alike = "The candidate's code is like another: 83% of the smaller of the two is in both."
    assert shown(interview, document) == [
        ("paste", 100_400, "Pasted text", "The candidate pasted 1234 characters into the editor.", None),
        ("paste", 100_410, "Pasted text", "", None),
        ("focus", 100_450, "Switched to another tab", "", None),
        ("paste", 100_600, "Several lines inserted at once", inserted, None),
        ("typing", 100_700, "Faster than a person types", typed, None),
        ("like", 101_000, "Code like another submission", alike, None),
    ]


def test_a_stored_comparison_is_not_made_again(interview: Interview, document: CodeDocument) -> None:
    run = submission(interview, "something else", at_ms=101_000)
    row = SubmissionCheck.objects.create(run=run, task_id="t", comparison={"outcome": "equal"})
    assert player.description(interview, document)["comparison"]["outcome"] == "different"  # not done yet
    SubmissionCheck.objects.filter(pk=row.pk).update(status="done")
    assert player.description(interview, document)["comparison"] == {"outcome": "equal"}


def test_a_long_document_is_compared_where_nobody_waits(
    interview: Interview, document: CodeDocument, django_assert_num_queries: Any
) -> None:
    CodeDocument.objects.update(seq=player.COMPARED_AT_ONCE + 1)
    CodeRun.objects.create(interview=interview, task_id="t", run_id="r", kind="submission", source="x", language="go")
    document.refresh_from_db()
    with django_assert_num_queries(7):
        assert player.description(interview, document)["comparison"] is None


def test_languages_and_when_they_began(interview: Interview, document: CodeDocument) -> None:
    document.operations.filter(seq__in=[3, 4]).update(language="go")
    found = player.description(interview, document)["languages"]
    assert [(row["seq"], row["language"]) for row in found] == [(1, "python"), (3, "go"), (5, "python")]


def test_operations_come_in_pieces(
    interview: Interview, document: CodeDocument, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(player, "PIECE", 2)
    found, after, pieces = [], -1, 0
    while after is not None:
        with django_assert_num_queries(1):
            piece = json.loads(player.operations(document, after))
        found += piece["operations"]
        after, pieces = piece["next"], pieces + 1
    assert found[:2] == [[1, 100_200, [[0, "x"]]], [2, 100_400, [1, [0, " "]]]]
    assert ([row[0] for row in found], pieces) == ([1, 2, 3, 4, 5], 3)


def test_a_document_without_operations(interview: Interview) -> None:
    empty = CodeDocument.objects.create(interview=interview, task_id="t", language="python")
    found = player.description(interview, empty)
    assert (found["start_ms"], found["end_ms"], found["languages"]) == (95_000, 95_000, [])
    assert json.loads(player.operations(empty)) == {"operations": [], "next": None}


def test_which_document(interview: Interview, document: CodeDocument) -> None:
    other = CodeDocument.objects.create(interview=interview, task_id="u", language="python")
    assert player.document_of(interview) == other
    assert player.document_of(interview, "t") == document
    assert player.document_of(interview, "nothing") is None


@pytest.mark.parametrize(
    ("wall_ms", "at_ms"),
    [(9_500, 9_500), (10_000, 10_000), (10_300, 10_300), (10_500, 70_000), (11_000, 70_500), (0, 0)],
)
def test_wall_times_on_the_line(wall_ms: int, at_ms: int) -> None:
    """A minute was written without a connection, between two batches that came half a second apart."""
    assert Placing(((10_000, 10_000), (10_500, 70_000))).place(wall_ms) == at_ms


def test_a_wall_time_never_lies_beyond_the_next_batch() -> None:
    assert Placing(((1_000, 1_000), (9_000, 3_000))).place(8_000) == 3_000
    assert Placing(()).place(5) == 5
