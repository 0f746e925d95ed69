"""Child processes of the server: started from its main thread, watched, restarted with growing pauses."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from config.serve import status
from config.serve.background import FIRST_PAUSE, next_pause

logger = logging.getLogger(__name__)

BECOME = Path(__file__).with_name("child.py")
READY_FD_VARIABLE = "VIVA_READY_FD"
CHECKED = {"CELERY_SKIP_CHECKS": "1"}  # the server has just made Django's checks, which load every page
STEADY_SECONDS = 60.0
STOP_SECONDS = 4.0


@dataclass(frozen=True)
class Child:
    """`command` writes a byte to the descriptor named by VIVA_READY_FD once it works."""

    name: str
    command: tuple[str, ...]


class Supervisor:
    """Keeps one child alive. `run` is a background task of the server; cancelling it stops the child."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            started = time.monotonic()
            code = await self.live_once()
            pause = FIRST_PAUSE if time.monotonic() - started > STEADY_SECONDS else pause
            logger.warning("%s ended with code %s; again in %s s", self.child.name, code, pause)
            await asyncio.sleep(pause)
            pause = next_pause(pause)

    async def live_once(self) -> int:
        """Start the child and wait for its end. However this ends, no process of its session is left."""
        process = await self.start()
        try:
            return await process.wait()
        except asyncio.CancelledError:
            await stop(process)
            raise
        finally:
            status.waits_for(self.child.name, f"{self.child.name} ended and is started again: see the log.")
            end_session(process.pid)

    async def start(self) -> asyncio.subprocess.Process:
        read_end, write_end = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, str(BECOME), str(os.getpid()), *self.child.command),
                env={**os.environ, **CHECKED, READY_FD_VARIABLE: str(write_end)},
                pass_fds=(write_end,),
                start_new_session=True,  # Ctrl-C reaches the server only, which stops its children in order
                stdin=asyncio.subprocess.DEVNULL,
            )
        except BaseException:
            os.close(read_end)
            raise
        finally:
            os.close(write_end)
        asyncio.get_running_loop().add_reader(read_end, self.heard, read_end)
        return process

    def heard(self, read_end: int) -> None:
        """One byte: the child works. Nothing: it ended, or closed the descriptor."""
        asyncio.get_running_loop().remove_reader(read_end)
        if os.read(read_end, 1):
            status.is_up(self.child.name)
        os.close(read_end)


async def stop(process: asyncio.subprocess.Process) -> None:
    """Ask it to end, then make it."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        logger.warning("Process %s did not end in %s s: killed", process.pid, STOP_SECONDS)


def end_session(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def say_ready() -> None:
    """Called in a child: tell the server that started it. Does nothing elsewhere."""
    descriptor = os.environ.pop(READY_FD_VARIABLE, "")
    if descriptor:
        os.write(int(descriptor), b"1")
        os.close(int(descriptor))


def celery() -> Child:
    """The worker with beat; how many processes it has is `CELERY_CONCURRENCY`."""
    options = ("worker", "--beat", "--loglevel", "WARNING", "--without-gossip", "--without-mingle")
    return Child("celery", (sys.executable, "-m", "celery", "--quiet", "-A", "config", *options))
