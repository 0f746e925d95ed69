"""Without Redis: the worker is a child of the server, reached by pipes."""

import asyncio
import logging
import os
import sys
from pathlib import Path

from proctoring.domain import wire
from proctoring.domain.carrier import Carrier, OnAnswer, OnLost
from proctoring.domain.latest import Frame
from proctoring.domain.looking import HELLO, decode_answer

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = (sys.executable, "-m", "proctoring.worker")
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between a child's end and the next one
STOP_SECONDS = 1.0
# One core each: MediaPipe and OpenCV must not spread over those that the server and speech need. Quiet libraries.
ENVIRONMENT = {"OMP_NUM_THREADS": "1", "GLOG_minloglevel": "2", "TF_CPP_MIN_LOG_LEVEL": "3"}


class ChildCarrier(Carrier):
    """Two frames on their way keep the child busy.

    Must be run from the main thread's loop: the child dies with the thread that started it.
    """

    name = "child"
    limit = 2

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        super().__init__()
        self.command = command
        self.restarts = 0
        self._process: asyncio.subprocess.Process | None = None

    async def run(self, on_answer: OnAnswer, on_lost: OnLost) -> None:
        pause = FIRST_PAUSE
        while True:
            worked = await self._one_life(on_answer)
            on_lost()
            self.restarts += 1
            pause = FIRST_PAUSE if worked else min(pause * 2, LONGEST_PAUSE)
            logger.warning("The proctoring worker ended; the next one starts in %.1f s", pause)
            await asyncio.sleep(pause)

    def send(self, ticket: int, frame: Frame, *, thorough: bool) -> bool:
        process = self._process
        if not self.ready or process is None or process.stdin is None or process.stdin.is_closing():
            return False
        process.stdin.write(wire.pack_frame(ticket, frame.jpeg, thorough=thorough))  # buffered by the transport
        return True

    def stuck(self) -> None:
        if self._process is not None and self._process.returncode is None:
            logger.warning("The proctoring worker does not answer: ending it")
            self._process.kill()

    async def _one_life(self, on_answer: OnAnswer) -> bool:
        """From start to end of one child; whether it answered at all."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self.command,
                str(os.getpid()),
                cwd=ROOT,
                env={**os.environ, **ENVIRONMENT},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                process_group=0,  # Ctrl-C in a terminal reaches the server only, which ends its children in order
            )
        except OSError:
            logger.exception("The proctoring worker could not be started")
            self.mark_down("could not be started")
            return False
        self._process = process
        try:
            return await self._listen(process, on_answer)
        finally:
            self._process = None
            self.mark_down("restarting")
            await end(process)

    async def _listen(self, process: asyncio.subprocess.Process, on_answer: OnAnswer) -> bool:
        assert process.stdout is not None  # noqa: S101  # asked for above
        worked = False
        while (body := await self._read(process.stdout)) is not None:
            answer = decode_answer(body)
            worked = worked or answer.ticket != HELLO
            self.mark_up()
            on_answer(answer)
        return worked

    @staticmethod
    async def _read(pipe: asyncio.StreamReader) -> bytes | None:
        try:
            return await wire.read_async(pipe)
        except wire.BrokenPipeProtocol:
            logger.exception("The proctoring worker wrote something that is no answer")
            return None


async def end(process: asyncio.subprocess.Process) -> None:
    """Close its input, which ends it after the frame at hand; kill it when that takes too long."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
    except asyncio.CancelledError:
        process.kill()
        raise
