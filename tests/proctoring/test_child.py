"""The worker as a child process: real pipes, real deaths."""

import asyncio
import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from proctoring.domain import child
from proctoring.domain.child import ChildCarrier
from proctoring.domain.latest import Frame
from proctoring.domain.looking import HELLO, Answer
from tests.proctoring.conftest import picture

SCRIPTED = (sys.executable, "-m", "tests.proctoring.scripted_worker")
PATIENCE = 30


class Line:
    """A carrier with what came out of it."""

    def __init__(self, carrier: ChildCarrier) -> None:
        self.carrier = carrier
        self.answers: asyncio.Queue[Answer] = asyncio.Queue()
        self.losses: asyncio.Queue[None] = asyncio.Queue()
        self.task = asyncio.create_task(carrier.run(self.answers.put_nowait, lambda: self.losses.put_nowait(None)))

    async def up(self) -> int:
        """Wait for the hello; the child's process id."""
        assert await self.answer() == Answer(HELLO)
        assert self.carrier._process is not None
        return self.carrier._process.pid

    async def answer(self) -> Answer:
        return await asyncio.wait_for(self.answers.get(), PATIENCE)

    async def lost(self) -> None:
        await asyncio.wait_for(self.losses.get(), PATIENCE)

    def send(self, ticket: int, jpeg: bytes, *, thorough: bool = True) -> bool:
        return self.carrier.send(ticket, Frame(1, jpeg, 0), thorough=thorough)

    async def stop(self) -> None:
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    line = Line(ChildCarrier(SCRIPTED))
    yield line
    await line.stop()


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_frames_are_answered_in_order(line: Line) -> None:
    assert not line.send(1, b"1")
    await line.up()
    assert line.carrier.ready
    assert line.send(1, b"2", thorough=False)
    assert line.send(2, b"0")
    first, second = await line.answer(), await line.answer()
    assert first.report is not None
    assert second.report is not None
    assert (first.ticket, len(first.report.faces), first.report.thorough) == (1, 2, False)
    assert (second.ticket, len(second.report.faces), second.report.thorough) == (2, 0, True)


async def test_what_a_library_prints_does_not_reach_the_answers(line: Line) -> None:
    await line.up()
    line.send(1, b"babble")
    assert (await line.answer()).ticket == 1


async def test_a_child_that_dies_is_replaced(line: Line) -> None:
    first = await line.up()
    line.send(1, b"1")
    await line.answer()
    line.send(2, b"die")
    await line.lost()
    assert (line.carrier.ready, line.carrier.detail, line.send(3, b"1")) == (False, "restarting", False)
    assert await line.up() != first
    line.send(4, b"3")
    answer = await line.answer()
    assert (answer.ticket, line.carrier.restarts) == (4, 1)


async def test_a_child_that_hangs_is_killed_and_replaced(line: Line) -> None:
    first = await line.up()
    line.send(1, b"hang")
    line.carrier.stuck()
    await line.lost()
    assert await line.up() != first


async def test_stopping_leaves_no_child(line: Line) -> None:
    pid = await line.up()
    await line.stop()
    assert not alive(pid)


async def test_a_command_that_does_not_exist_is_tried_again_and_not_an_error() -> None:
    line = Line(ChildCarrier(("/nowhere/python",)))
    await line.lost()
    await line.lost()
    assert (line.carrier.ready, line.carrier.detail) == (False, "could not be started")
    await line.stop()


async def test_a_child_that_babbles_is_replaced(caplog: pytest.LogCaptureFixture) -> None:
    line = Line(ChildCarrier((sys.executable, "-c", "print('this is not an answer at all')")))
    await line.lost()
    assert "The proctoring worker wrote something that is no answer" in caplog.messages
    await line.stop()


async def test_sending_never_waits_for_a_child_that_does_not_read(line: Line) -> None:
    await line.up()
    line.send(1, b"hang")
    loop = asyncio.get_running_loop()
    began = loop.time()
    for ticket in range(2, 22):
        line.send(ticket, bytes(1024 * 1024))
    assert loop.time() - began < 1.0


async def test_the_real_worker(line: Line) -> None:
    real = Line(ChildCarrier())
    pid = await real.up()
    assert os.getpriority(os.PRIO_PROCESS, pid) >= 10
    real.send(1, picture("second_at_the_back"))
    real.send(2, b"no picture")
    found, refused = await real.answer(), await real.answer()
    assert found.report is not None
    assert (len(found.report.faces), refused) == (2, Answer(2, error="unreadable"))
    await real.stop()
    assert not alive(pid)


PARENT = """
import asyncio, sys
from proctoring.domain.child import ChildCarrier
carrier = ChildCarrier((sys.executable, "-m", "tests.proctoring.scripted_worker"))
def heard(answer):
    print(carrier._process.pid, flush=True)
asyncio.run(carrier.run(heard, lambda: None))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends a child with its parent only on Linux")
def test_a_killed_server_leaves_no_child() -> None:
    with subprocess.Popen((sys.executable, "-c", PARENT), stdout=subprocess.PIPE, cwd=child.ROOT) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        end_of_child = os.pidfd_open(pid)
        parent.send_signal(signal.SIGKILL)
        parent.wait(timeout=PATIENCE)
    assert select.select([end_of_child], [], [], PATIENCE)[0] == [end_of_child]
    os.close(end_of_child)


def test_a_child_whose_parent_is_gone_before_it_began_ends() -> None:
    command = (*SCRIPTED, "1")
    ended = subprocess.run(command, cwd=child.ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"The server ended before its child began." in ended.stderr
