"""Runs functions on data that nobody trusts, in a child that is killed at its limit of time or memory.

The child stays warm between jobs, so that a small file costs no start of Python. It is replaced after a killed job, and
after `JOBS` in any case: what one file did to it must not follow it for ever.
"""

import io
import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from providers.children import base
from providers.children.base import Allowance, Cause, ChildError, Refusal

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
JOBS = 50


class Child:
    """A place for one process at a time, started with the first job. Jobs of several threads take turns.

    The process dies with the thread that started it (the kernel's rule), at a moment of the kernel's choice. Where it
    is killed with the job of another thread in it, that job is done once more, in a process of its own thread.
    """

    def __init__(self, jobs: int = JOBS) -> None:
        self._jobs = jobs
        self._left = 0
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._starter = threading.current_thread()

    @property
    def pid(self) -> int | None:
        """Of the process that waits for the next job, or does one."""
        return self._process.pid if self._process is not None else None

    def run(self, function: str, data: bytes | IO[bytes], allowance: Allowance | None = None, **options: Any) -> bytes:
        """What `function(data, **options)` returns; it is named `module:function`, its options are JSON.

        A file is sent from where it stands to its end, in pieces. Raises ChildError, or the function's Refusal.
        """
        with self._lock:
            return self._run(function, data, allowance or Allowance(), options)

    def close(self) -> None:
        with self._lock:
            self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, function: str, data: bytes | IO[bytes], allowance: Allowance, options: dict[str, Any]) -> bytes:
        file = io.BytesIO(data) if isinstance(data, bytes) else data
        begins = file.tell()
        try:
            return self._attempt(function, file, allowance, options)
        except ChildError as error:
            # Not asked whether that thread is alive: while a third one joins it, it says so for a moment longer.
            if error.cause is not Cause.TOO_HEAVY or self._starter is threading.current_thread():
                raise
        file.seek(begins)
        return self._attempt(function, file, allowance, options)

    def _attempt(self, function: str, file: IO[bytes], allowance: Allowance, options: dict[str, Any]) -> bytes:
        job = {"function": function, "options": options, "seconds": allowance.seconds, "memory": allowance.memory}
        process = self._ready()
        late = threading.Event()
        timer = threading.Timer(allowance.seconds, kill, (process, late))
        timer.start()
        try:
            answer = ask(process, job, file)
        except BaseException:
            self._end()  # half a job is in the pipe
            raise
        finally:
            timer.cancel()
        if answer is None:
            raise self._death(function, late)
        if late.is_set():  # answered, and killed all the same
            self._end()
        return self._result(*answer)

    def _ready(self) -> subprocess.Popen[bytes]:
        """The warm process, or a new one where there is none, where it dies, or where it has done enough."""
        dies = self._process is None or self._process.poll() is not None or not self._starter.is_alive()
        if self._left <= 0 or dies:
            self._end()
            self._starter = threading.current_thread()
            self._process, self._left = start(), self._jobs
        assert self._process is not None  # noqa: S101  # it was started
        self._left -= 1
        return self._process

    def _death(self, function: str, late: threading.Event) -> ChildError:
        """Why no answer came. A native library that gets no memory aborts: a signal of its own is the data's doing."""
        assert self._process is not None  # noqa: S101  # it was asked
        process = self._process
        self._end()
        logger.warning("the child doing %s ended with %d", function, process.returncode)
        if late.is_set():
            return ChildError(Cause.TOO_SLOW)
        return ChildError(Cause.TOO_HEAVY if process.returncode < 0 else Cause.BROKEN)

    def _result(self, fields: dict[str, str], result: bytes) -> bytes:
        if "refusal" in fields:
            raise Refusal(fields["refusal"])
        if "cause" in fields:
            self._end()  # after an error nobody foresaw, with a clean one
            raise ChildError(Cause(fields["cause"]), fields.get("detail", ""))
        return result

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was not sent any more
                    pipe.close()
        process.wait()


def start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "providers.children.child", str(os.getpid())]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a library's complaint may quote the data
        env=environment(),
        cwd=ROOT,
    )


def environment() -> dict[str, str]:
    """What a child may know: where the code is. No key and no database address is handed to a parser."""
    return {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}


def ask(process: subprocess.Popen[bytes], job: dict[str, Any], file: IO[bytes]) -> tuple[dict[str, str], bytes] | None:
    """The answer; None where the process ended instead of giving one."""
    assert process.stdin is not None  # noqa: S101  # asked for in `start`
    assert process.stdout is not None  # noqa: S101
    size = length(file)
    try:
        base.write(process.stdin, job, base.pieces_of(file, size), size)
    except BrokenPipeError:
        return None
    return base.read(process.stdout)


def length(file: IO[bytes]) -> int:
    """Bytes from where the file stands to its end."""
    here = file.tell()
    end = file.seek(0, io.SEEK_END)
    file.seek(here)
    return end - here


def kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
