"""An interview that is ended at its task: what was written until then counts as handed in, and says by whom not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from interviews.coding import documents, marks, placing, runs, sweeping
from interviews.domain import ending, written
from interviews.models import CodeRun, Interview, RunKind
from interviews.tasks import sweep_interviews
from reports.models import Report
from tests.interviews.coding.sandboxes import ScriptedSandbox
from tests.interviews.factories import make_interview

TASK = "backend-rate-limiter"


@pytest.fixture
def interview(owner: User, settings: Settings) -> Interview:
    """At its task, after 900 ms."""
    settings.REDIS_URL = ""
    state = {"task_id": TASK, "now": {"active": 800, "wall": 900}}
    return make_interview(owner, status="active", phase="code", code_task=TASK, engine_state=state)


def write(interview: Interview, text: str = "print(1)") -> None:
    documents.apply_events(interview, TASK, 0, [{"t_ms": 1, "changes": [[0, text]]}], "python")


@pytest.mark.parametrize("to", ["stopped", "abandoned", "completed", "failed"])
def test_whoever_ends_it_what_was_written_is_taken(interview: Interview, to: str) -> None:
    write(interview)
    ending.end(interview, to, "why")
    run = CodeRun.objects.get()
    assert (run.kind, run.language, run.source, run.at_ms, run.taken) == ("submission", "python", "print(1)", 900, True)
    assert Report.objects.count() == (to == "completed")


def test_it_was_taken_after_what_was_typed_last(interview: Interview) -> None:
    documents.apply_events(interview, TASK, 0, [{"t_ms": 1, "changes": [[0, "print(1)"]]}], "python", 4_000)
    ending.end(interview, "stopped", "why")
    assert CodeRun.objects.get().at_ms == 4_000


def test_a_frame_that_an_older_release_showed_in_english_is_no_work(interview: Interview) -> None:
    Interview.objects.update(language="ru")
    task = documents.task_of(interview, TASK)
    write(interview, task.starters["python"]["en"])
    ending.end(interview, "stopped", "why")
    assert CodeRun.objects.count() == 0


def test_so_it_is_where_nobody_came_back(interview: Interview) -> None:
    write(interview)
    Interview.objects.update(last_seen_at=timezone.now() - timedelta(days=9))
    assert sweep_interviews() == 1
    assert CodeRun.objects.get().taken is True


def test_it_is_judged_at_once(
    interview: Interview,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(Celery, "send_task", lambda _app, name, *_args, **_options: sent.append(name))
    write(interview)
    with django_capture_on_commit_callbacks(execute=True):
        ending.end(interview, "stopped", "why")
    assert "interviews.tasks.sweep_code_runs" in sent
    assert sweeping.sweep(ScriptedSandbox()) == 1
    assert CodeRun.objects.get().status == "done"


def test_what_was_handed_in_stays(interview: Interview) -> None:
    runs.ask(interview, runs.Asked(TASK, "python", "before", "r", RunKind.SUBMISSION))
    write(interview, "after")
    ending.end(interview, "stopped", "why")
    assert list(CodeRun.objects.values_list("source", "taken")) == [("before", False)]


@pytest.mark.parametrize("state", [None, {}, {"task_id": ""}, {"task_id": TASK}, {"task_id": "of an older release"}])
def test_where_nothing_was_written_nothing_is_taken(interview: Interview, state: dict[str, Any] | None) -> None:
    Interview.objects.update(engine_state=state)
    ending.end(interview, "stopped", "why")
    assert (CodeRun.objects.count(), Interview.objects.get().status) == (0, "stopped")


def test_a_task_that_is_gone_keeps_nobody_from_ending(interview: Interview) -> None:
    write(interview)
    documents.CodeDocument.objects.update(language="cobol")
    ending.end(interview, "stopped", "why")
    assert (CodeRun.objects.count(), Interview.objects.get().status) == (0, "stopped")


def test_recruiters_read_that_nobody_handed_it_in(interview: Interview) -> None:
    write(interview)
    ending.end(interview, "stopped", "why")
    assert written.code(interview)[0]["submissions"][0]["taken"] is True
    line = placing.placing_of(documents.CodeDocument.objects.get())
    titles = [mark.title for mark in marks.marks(interview, list(interview.code_runs.all()), line, 0)]
    assert titles == ["Taken as it stood at the end; not handed in"]
