"""The queue of candidates' programs: bounded, one at a time, and nothing lost when somebody leaves."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from interviews.coding import runs, tasks
from interviews.coding.runs import Asked
from interviews.live import store
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.running import Runner
from interviews.models import CodeRun, Interview, RunKind
from providers.sandbox.base import Case, Outcome, Program, Sandbox, Status
from tests.interviews.coding.sandboxes import ScriptedSandbox, echo

pytestmark = pytest.mark.django_db(transaction=True)


class Endless(ScriptedSandbox):
    """Runs until it is closed."""

    def __init__(self) -> None:
        super().__init__(self.wait)
        self.begun, self.closed = threading.Event(), threading.Event()

    def wait(self, _program: Program, _case: Case) -> Outcome:
        self.begun.set()
        self.closed.wait(30)
        return Outcome(Status.UNAVAILABLE)

    def close(self) -> None:
        self.closed.set()


def runner(sandbox: Sandbox | None = None, at_once: int = 1) -> Runner:
    here = sandbox or ScriptedSandbox()
    return Runner(store.default(), lambda: here, at_once)


async def asked(interview: Interview, run_id: str) -> int:
    def ask() -> int:
        task = tasks.of(interview)
        assert task is not None
        return runs.ask(interview, Asked(task.task_id, "python", "x", run_id, RunKind.RUN))[0].pk

    return await store.default().run(ask)


async def statuses() -> list[str]:
    return await store.default().run(lambda: list(CodeRun.objects.values_list("status", flat=True)))


async def test_a_run_is_judged_and_its_listener_told(interview: Interview) -> None:
    here, told = runner(), []
    here.listen(interview.pk, lambda: told.append("over"))
    here.start(await asked(interview, "1"), interview.pk)
    await here.settled()
    assert (await statuses(), told) == (["done"], ["over"])


async def test_one_is_started_once(interview: Interview) -> None:
    sandbox = ScriptedSandbox()
    here = runner(sandbox)
    pk = await asked(interview, "1")
    here.start(pk, interview.pk)
    here.start(pk, interview.pk)
    await here.settled()
    here.start(pk, interview.pk)
    await here.settled()
    assert len(sandbox.asked) == 1


async def test_no_more_at_once_than_allowed(interview: Interview) -> None:
    at_work: list[int] = []
    most = 0

    def answer(program: Program, case: Case) -> Outcome:
        nonlocal most
        at_work.append(1)
        most = max(most, len(at_work))
        at_work.pop()
        return echo(program, case)

    here = runner(ScriptedSandbox(answer), at_once=1)
    for number in range(6):
        here.start(await asked(interview, str(number)), interview.pk)
    await here.settled()
    assert (await statuses(), most) == (["done"] * 6, 1)


async def test_an_interview_has_one_run_under_way(interview: Interview) -> None:
    here = runner()
    here.admit(interview.pk)
    here.start(await asked(interview, "1"), interview.pk)
    assert refused(here, interview.pk) == ErrorCode.RUN_UNDER_WAY
    here.admit(interview.pk + 1)
    await here.settled()
    here.admit(interview.pk)


async def test_twenty_a_minute() -> None:
    here = runner()
    for _ in range(20):
        here.admit(1)
    assert refused(here, 1) == ErrorCode.TOO_MANY_RUNS
    here.admit(2)
    await asyncio.sleep(60)
    here.admit(1)


async def test_the_queue_is_bounded(interview: Interview) -> None:
    here = Runner(store.default(), ScriptedSandbox, 1, waiting=2)
    for number in range(2):
        here.start(await asked(interview, str(number)), interview.pk)
    assert refused(here, 7) == ErrorCode.RUNS_WAIT
    await here.settled()
    here.admit(7)


async def test_what_waits_a_long_time_stays_alive(interview: Interview) -> None:
    """A sweep must not take what is in a queue."""
    here = runner()
    await here._room.acquire()  # another program runs and runs
    pk = await asked(interview, "1")
    before = await store.default().run(lambda: CodeRun.objects.get(pk=pk).alive_at)
    here.start(pk, interview.pk)
    await asyncio.sleep(runs.ALIVE_EVERY_S + 1)
    await asyncio.sleep(0)
    after = await store.default().run(lambda: CodeRun.objects.get(pk=pk).alive_at)
    assert after > before
    here._room.release()
    await here.settled()


async def test_a_fault_leaves_the_row_for_the_sweep(interview: Interview, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_program: Program, case: Case) -> Outcome:
        raise RuntimeError(f"{case.stdin}secret words")

    here = runner(ScriptedSandbox(broken))
    here.start(await asked(interview, "1"), interview.pk)
    await here.settled()
    assert await statuses() == ["running"]
    assert "RuntimeError" in caplog.text
    assert "RuntimeError: " not in caplog.text
    here.admit(interview.pk)


async def test_what_waits_at_shutdown_is_found_later(interview: Interview) -> None:
    here = runner()
    await here._room.acquire()
    here.start(await asked(interview, "1"), interview.pk)
    await here.close()
    assert await statuses() == ["queued"]


async def test_what_runs_at_shutdown_is_broken_off_and_left_to_the_next(interview: Interview) -> None:
    sandbox = Endless()
    here = runner(sandbox)
    pk = await asked(interview, "1")
    here.start(pk, interview.pk)
    await asyncio.to_thread(sandbox.begun.wait, 30)
    await here.close()
    here._threads.shutdown(wait=True)  # as Python does at its end
    run = await store.default().run(lambda: CodeRun.objects.get(pk=pk))
    assert (run.status, run.attempts, run.result, sandbox.closed.is_set()) == ("queued", 0, {}, True)
    assert await store.default().run(runs.left_behind) == [pk]


async def test_where_nothing_ran_no_sandbox_is_looked_for_at_shutdown() -> None:
    def sandbox() -> Sandbox:
        raise AssertionError

    await Runner(store.default(), sandbox, 1).close()


async def test_the_languages_are_asked_for_once() -> None:
    found: list[Any] = []

    def sandbox() -> Sandbox:
        found.append(1)
        return ScriptedSandbox()

    here = Runner(store.default(), sandbox, 1)
    assert await here.languages() == await here.languages() == ("python", "javascript", "typescript", "go", "sql")
    assert len(found) == 1


def refused(here: Runner, interview_id: int) -> ErrorCode | None:
    attempt: Callable[[int], None] = here.admit
    try:
        attempt(interview_id)
    except LiveError as error:
        return error.code
    return None
