"""Tasks beside the sockets, and children: restarted, stopped in order, never left behind."""

import asyncio
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from config.serve import background, hooks, status
from config.serve.supervisor import Child, Supervisor

SCRIPT = """
import os, sys, time
from pathlib import Path
with Path(sys.argv[1]).open("a") as runs:
    runs.write("x")
os.write(int(os.environ["VIVA_READY_FD"]), b"1")
time.sleep(float(sys.argv[2]))
"""


def child(runs: Path, seconds: float) -> Supervisor:
    return Supervisor(Child("sleeper", (sys.executable, "-c", SCRIPT, str(runs), str(seconds))))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110  # a child process sets it
            await asyncio.sleep(0.01)


async def test_a_job_that_returns_is_done() -> None:
    runs: list[int] = []

    async def job() -> None:
        runs.append(1)

    await background.run_on(job)
    assert runs == [1]


async def test_a_job_that_fails_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    runs: list[int] = []

    async def job() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise ValueError("once")

    await background.run_on(job)
    assert runs == [1, 1]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "job failed; again in 0.5 s" in caplog.text


def test_pauses_grow_to_a_minute() -> None:
    pauses = [background.FIRST_PAUSE]
    for _ in range(9):
        pauses.append(background.next_pause(pauses[-1]))
    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_hooks_of_the_end_are_awaited_and_their_errors_logged(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    async def good() -> None:
        await asyncio.sleep(0.01)
        done.append("good")

    async def bad() -> None:
        raise ValueError("bad")

    await background.finish([good(), bad()])
    assert done == ["good"]
    assert [record.message for record in caplog.records] == ["A shutdown hook failed"]


async def test_cancel_waits_for_what_it_cancels() -> None:
    done: list[str] = []

    async def slow() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0.01)
            done.append("tidied")

    task = asyncio.create_task(slow())
    await asyncio.sleep(0)
    await background.cancel([task])
    assert done == ["tidied"]


async def test_a_child_reports_ready_and_ends_with_its_supervisor(tmp_path: Path) -> None:
    status.waits_for("sleeper", "sleeper is starting.")
    sleeper = child(tmp_path / "runs", 3600)
    task = asyncio.create_task(sleeper.run())
    await until(lambda: status.problem() == "")
    await background.cancel([task])
    assert task.cancelled()
    assert status.problem() == "sleeper ended and is started again: see the log."
    status.is_up("sleeper")
    assert (tmp_path / "runs").read_text() == "x"


async def test_a_child_that_ends_is_started_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    runs = tmp_path / "runs"
    task = asyncio.create_task(child(runs, 0).run())
    await until(lambda: runs.exists() and runs.read_text() == "xx")
    await background.cancel([task])
    status.is_up("sleeper")
    assert "sleeper ended with code 0; again in 0.5 s" in caplog.text


def test_parts_can_be_left_out() -> None:
    assert hooks.wanted("proctoring")
    hooks.left_out.add("proctoring")
    try:
        assert not hooks.wanted("proctoring")
        assert hooks.wanted("celery")
    finally:
        hooks.left_out.clear()


async def test_what_can_start_later_waits_for_the_rest_but_not_for_ever() -> None:
    status.waits_for("sleeper", "sleeper is starting.")
    await status.settled(0)
    patient = asyncio.create_task(status.settled(20))
    await asyncio.sleep(0)
    assert not patient.done()
    status.is_up("sleeper")
    await patient
    assert status.problem() == ""
