"""What is asked for is kept once, begun by one process at a time, and never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from interviews.coding import documents, runs, sweeping, tasks
from interviews.coding.judging import Tested, Verdict
from interviews.coding.runs import MOST_ATTEMPTS, Asked
from interviews.models import CodeRun, Interview, OutboxMessage, RunKind, RunStatus
from providers.sandbox.base import Case, NoSandbox, Outcome, Program
from providers.sandbox.piston import Piston
from tests.interviews.coding.sandboxes import BrokenSandbox, ScriptedSandbox, echo
from tests.interviews.factories import make_interview

VERDICT = Verdict("ok", "scripted", hidden=(Tested("one", "ok"), Tested("two", "wrong_answer")))


@pytest.fixture(autouse=True)
def _rows_for_other_processes(settings: Settings) -> None:
    settings.REDIS_URL = ""


@pytest.fixture
def interview(owner: User) -> Interview:
    return make_interview(owner)


@pytest.fixture
def task(interview: Interview) -> tasks.Task:
    chosen = tasks.of(interview)
    assert chosen is not None
    return chosen


def asked(task: tasks.Task, run_id: str = "r", **fields: Any) -> Asked:
    given = {"task_id": task.task_id, "language": "python", "source": "print(1)", "kind": RunKind.SUBMISSION, **fields}
    return Asked(run_id=run_id, **given)


def silent(run: CodeRun, **fields: Any) -> None:
    """As if its process had been gone for a while."""
    CodeRun.objects.filter(pk=run.pk).update(alive_at=timezone.now() - timedelta(minutes=3), **fields)


def test_a_run_is_kept_once_an_id(interview: Interview, task: tasks.Task) -> None:
    first, fresh = runs.ask(interview, asked(task, kind=RunKind.RUN, source="a\0b\ud83d", stdin="\0", at_ms=70))
    again, anew = runs.ask(interview, asked(task, kind=RunKind.RUN, source="other"))
    first.refresh_from_db()
    assert (fresh, anew, again.pk) == (True, False, first.pk)
    assert (first.source, first.stdin, first.at_ms, first.status) == ("a\ufffdb\ufffd", "\ufffd", 70, "queued")


def test_there_is_one_submission(interview: Interview, task: tasks.Task) -> None:
    first, _ = runs.ask(interview, asked(task, "r1"))
    assert runs.ask(interview, asked(task, "r2", source="print(2)")) == (first, False)
    assert CodeRun.objects.count() == 1


def test_of_two_servers_one_takes_the_submission(interview: Interview, task: tasks.Task) -> None:
    """The other one's comes between the look for a first one and the row."""
    others: list[CodeRun] = []

    def interrupted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if '"run_id" = ' in sql and not others:
            fields = {"task_id": task.task_id, "kind": "submission", "source": "1"}
            others.append(CodeRun(interview=interview, run_id="r1", **fields))
            others[0].save(force_insert=True)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(interrupted):
        found, fresh = runs.ask(interview, asked(task, "r2", source="2"))
    assert (found, fresh) == (others[0], False)
    assert list(CodeRun.objects.values_list("run_id", "source")) == [("r1", "1")]


def test_a_submission_has_an_id_of_its_own(interview: Interview, task: tasks.Task) -> None:
    runs.ask(interview, asked(task, "r1", kind=RunKind.RUN))
    with pytest.raises(runs.TakenId):
        runs.ask(interview, asked(task, "r1"))


def test_an_interview_has_so_many_runs_and_then_its_submission(interview: Interview, task: tasks.Task) -> None:
    common = {"interview": interview, "task_id": task.task_id, "kind": RunKind.RUN, "language": "python", "source": ""}
    CodeRun.objects.bulk_create(CodeRun(run_id=str(number), **common) for number in range(runs.MOST_RUNS))
    assert runs.ask(interview, asked(task, "7", kind=RunKind.RUN))[1] is False
    with pytest.raises(runs.TooManyRuns):
        runs.ask(interview, asked(task, kind=RunKind.RUN))
    assert runs.ask(interview, asked(task))[1] is True


def test_what_cannot_be_run(interview: Interview, task: tasks.Task) -> None:
    with pytest.raises(documents.WrongLanguage):
        runs.ask(interview, asked(task, language="text"))
    with pytest.raises(documents.TooBig):
        runs.ask(interview, asked(task, source="x" * (documents.MOST_BYTES + 1)))
    with pytest.raises(tasks.UnknownTask):
        runs.ask(interview, asked(task, task_id="another"))
    assert CodeRun.objects.count() == 0


def test_a_run_is_begun_by_one(interview: Interview, task: tasks.Task) -> None:
    run, _ = runs.ask(interview, asked(task, source="x"))
    job = runs.begin(run.pk)
    assert job is not None
    assert (job.task, job.source, job.stdin, job.hidden) == (task, "x", None, True)
    assert runs.begin(run.pk) is None
    silent(run)
    assert runs.begin(run.pk) is not None
    run.refresh_from_db()
    assert (run.status, run.attempts) == ("running", 2)


def test_of_a_run_only_the_visible_tests_are_judged(interview: Interview, task: tasks.Task) -> None:
    run, _ = runs.ask(interview, asked(task, kind=RunKind.RUN, stdin=""))
    job = runs.begin(run.pk)
    assert job is not None
    assert (job.hidden, job.stdin) == (False, "")


def test_the_first_verdict_stands(interview: Interview, task: tasks.Task) -> None:
    run, _ = runs.ask(interview, asked(task))
    runs.finish(run.pk, VERDICT)
    runs.finish(run.pk, Verdict("time_limit", "late"))
    run.refresh_from_db()
    assert (run.status, run.hidden_passed, run.hidden_total) == ("done", 1, 2)
    assert run.result["hidden"][1]["name"] == "two"
    assert run.finished_at is not None
    assert list(OutboxMessage.objects.values_list("interview_id", "kind")) == [(interview.pk, "code_run")]
    assert runs.begin(run.pk) is None


def test_without_hidden_tests_there_are_no_counts(interview: Interview, task: tasks.Task) -> None:
    run, _ = runs.ask(interview, asked(task))
    runs.finish(run.pk, Verdict("unavailable", "none"))
    run.refresh_from_db()
    assert (run.hidden_passed, run.hidden_total) == (None, None)


def write(interview: Interview, task: tasks.Task, text: str) -> None:
    documents.apply_events(interview, task.task_id, 0, [{"t_ms": 1, "changes": [[0, *text.split("\n")]]}], "python")


def test_at_the_limit_the_text_is_handed_in(interview: Interview, task: tasks.Task) -> None:
    write(interview, task, "print(1)\nprint(2)")
    runs.hand_in(interview.pk, task.task_id, 900)
    runs.hand_in(interview.pk, task.task_id, 901)
    run = CodeRun.objects.get()
    assert (run.kind, run.language, run.source, run.at_ms) == ("submission", "python", "print(1)\nprint(2)", 900)


@pytest.mark.parametrize("text", [None, " \n", "starter"])
def test_nothing_is_no_submission(interview: Interview, task: tasks.Task, text: str | None) -> None:
    if text is not None:
        write(interview, task, task.starters["python"]["en"] if text == "starter" else text)
    runs.hand_in(interview.pk, task.task_id, 900)
    assert CodeRun.objects.count() == 0


def test_what_was_handed_in_before_the_limit_stays(interview: Interview, task: tasks.Task) -> None:
    write(interview, task, "later")
    runs.ask(interview, asked(task, "r1", source="before"))
    runs.hand_in(interview.pk, task.task_id, 900)
    assert CodeRun.objects.get().source == "before"


def test_a_sweep_takes_what_nobody_has(interview: Interview, task: tasks.Task) -> None:
    kept, _ = runs.ask(interview, asked(task, "kept", kind=RunKind.RUN))
    lost, _ = runs.ask(interview, asked(task, "lost", kind=RunKind.RUN))
    silent(lost, status=RunStatus.RUNNING, attempts=1)
    assert sweeping.sweep(ScriptedSandbox()) == 1
    assert list(CodeRun.objects.values_list("run_id", "status")) == [("kept", "queued"), ("lost", "done")]
    assert list(OutboxMessage.objects.values_list("interview_id", "kind")) == [(interview.pk, "code_run")]
    silent(kept)
    runs.keep([kept.pk])
    assert sweeping.sweep(ScriptedSandbox()) == 0


def test_what_a_process_leaves_when_it_stops(interview: Interview, task: tasks.Task) -> None:
    begun, waiting, done, others = (runs.ask(interview, asked(task, str(n), kind=RunKind.RUN))[0] for n in range(4))
    for one in (begun, others):
        runs.begin(one.pk)
    runs.finish(done.pk, VERDICT)
    runs.hand_back([begun.pk, done.pk], [waiting.pk, others.pk])
    kept = CodeRun.objects.order_by("pk").values_list("status", "attempts")
    assert list(kept) == [("queued", 0), ("queued", 0), ("done", 0), ("running", 1)]
    assert runs.left_behind() == [begun.pk, waiting.pk]
    assert runs.begin(begun.pk) is not None


@pytest.mark.parametrize(("seconds", "left"), [(60, False), (80, True)])
def test_a_run_is_free_once_two_signs_of_life_are_missing(
    interview: Interview, task: tasks.Task, seconds: int, left: bool
) -> None:
    run, _ = runs.ask(interview, asked(task))
    CodeRun.objects.update(alive_at=timezone.now() - timedelta(seconds=seconds), attempts=1)
    assert runs.left_behind() == ([run.pk] if left else [])


def test_what_was_tried_often_enough_is_given_up(interview: Interview, task: tasks.Task) -> None:
    run, _ = runs.ask(interview, asked(task))
    silent(run, status=RunStatus.RUNNING, attempts=MOST_ATTEMPTS)
    sandbox = ScriptedSandbox()
    assert sweeping.sweep(sandbox) == 1
    run.refresh_from_db()
    assert (run.status, run.result["status"], sandbox.asked) == ("done", "unavailable", [])


def test_what_a_session_takes_up(interview: Interview, task: tasks.Task) -> None:
    waiting, _ = runs.ask(interview, asked(task, "1", kind=RunKind.RUN))
    running, _ = runs.ask(interview, asked(task, "2", kind=RunKind.RUN))
    runs.begin(running.pk)
    lost, _ = runs.ask(interview, asked(task, "3", kind=RunKind.RUN))
    silent(lost, attempts=1)
    done, _ = runs.ask(interview, asked(task, "4", kind=RunKind.RUN))
    runs.finish(done.pk, VERDICT)
    assert runs.unfinished(interview.pk) == [waiting.pk, lost.pk]


def test_a_submission_waits_for_a_runner_that_has_not_answered_yet(interview: Interview, task: tasks.Task) -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused", request=request)

    runner = Piston("http://runner:2000", httpx2.MockTransport(refuse))
    job = runs.begin(runs.ask(interview, asked(task))[0].pk)
    assert job is not None
    assert runs.verdict_of(job, runner) is None
    assert runs.verdict_of(replace(job, hidden=False), runner) == Verdict("unavailable", "piston")
    assert runs.verdict_of(job, NoSandbox("none here")) == Verdict("unavailable", "none")


def test_a_submission_at_which_the_sandbox_failed_is_tried_again(interview: Interview, task: tasks.Task) -> None:
    submission, _ = runs.ask(interview, asked(task, "r1"))
    run, _ = runs.ask(interview, asked(task, "r2", kind=RunKind.RUN))
    for left in ("running", "running", "running"):
        CodeRun.objects.update(alive_at=timezone.now() - timedelta(minutes=3))
        sweeping.sweep(BrokenSandbox())
        submission.refresh_from_db()
        assert submission.status == left
    run.refresh_from_db()
    assert (run.status, run.result["status"], submission.attempts) == ("done", "unavailable", MOST_ATTEMPTS)
    CodeRun.objects.update(alive_at=timezone.now() - timedelta(minutes=3))
    sweeping.sweep(ScriptedSandbox())
    submission.refresh_from_db()
    assert (submission.status, submission.result["status"]) == ("done", "unavailable")


@pytest.mark.parametrize("printed", ["a\0b", "a\ud800b"])
def test_a_verdict_is_kept_whatever_the_program_printed(interview: Interview, task: tasks.Task, printed: str) -> None:
    run, _ = runs.ask(interview, asked(task))
    tested = Tested("one", "wrong_answer", stdout=printed)
    runs.finish(run.pk, Verdict("ok", "scripted", stdout=printed, stderr=printed, tests=(tested,), hidden=(tested,)))
    run.refresh_from_db()
    result = run.result
    shown = [result["stdout"], result["stderr"], result["tests"][0]["stdout"], result["hidden"][0]["stdout"]]
    assert shown == ["a\ufffdb"] * 4


def test_a_sweep_goes_on_behind_a_run_whose_judging_fails(
    interview: Interview, task: tasks.Task, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(program: Program, case: Case) -> Outcome:
        if "secret" in program.source:
            raise RuntimeError(program.source)
        return echo(program, case)

    bad, _ = runs.ask(interview, asked(task, "bad", kind=RunKind.RUN, source="secret words", stdin=""))
    good, _ = runs.ask(interview, asked(task, "good", kind=RunKind.RUN, stdin=""))
    silent(bad)
    silent(good)
    assert sweeping.sweep(ScriptedSandbox(answer)) == 1
    assert list(CodeRun.objects.values_list("run_id", "status", "attempts")) == [
        ("bad", "running", 1),
        ("good", "done", 1),
    ]
    assert caplog.messages == [f"code run {bad.pk}: the judging failed (RuntimeError)"]
