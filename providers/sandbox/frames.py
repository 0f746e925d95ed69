"""What the runner inside a sandbox answers, read with distrust: a frame that breaks off is no outcome.

A frame is `inside.frame`'s: a line of numbers, both outputs, then the files that were made.
"""

import io
import math
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from providers.sandbox.base import Limits, Outcome, Status, storable

READY = b"ready\n"
KILLED = {"time": Status.TIME_LIMIT, "memory": Status.MEMORY_LIMIT, "output": Status.OUTPUT_LIMIT}
# How runtimes say that they were refused memory before the watchdog saw them hold it.
REFUSED = (
    "MemoryError", "std::bad_alloc", "java.lang.OutOfMemoryError", "JavaScript heap out of memory",
    "Array buffer allocation failed", "memory allocation of", "runtime: out of memory", "failed to allocate memory",
    "Allowed memory size", "cannot allocate memory",
)  # fmt: skip
TAIL = 4_000


@dataclass(frozen=True, slots=True)
class Frame:
    verdict: str
    status: int
    time_ms: int
    memory_kb: int
    out: bytes
    err: bytes
    files: dict[str, tuple[bytes, bool]] = field(default_factory=dict)


HEAVY = Frame("memory", 0, 0, 0, b"", b"")  # of a program that was killed together with its sandbox


def parse(answer: bytes) -> Iterator[Frame]:
    """The whole frames of an answer, without its first line."""
    stream = io.BytesIO(answer.removeprefix(READY))
    while line := stream.readline():
        try:
            yield _frame(line, stream)
        except ValueError:
            return


def _frame(line: bytes, stream: io.BytesIO) -> Frame:
    verdict, *rest = line.split()
    status, time_ms, memory_kb, out, err, files = map(int, rest)
    return Frame(
        verdict.decode(), status, time_ms, memory_kb, _take(stream, out), _take(stream, err),
        dict(_file(stream) for _ in range(files)),
    )  # fmt: skip


def _file(stream: io.BytesIO) -> tuple[str, tuple[bytes, bool]]:
    name, size, executable = map(int, stream.readline().split())
    return _take(stream, name).decode("utf-8", "surrogateescape"), (_take(stream, size), bool(executable))


def _take(stream: io.BytesIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise ValueError("The answer breaks off.")
    return data


def outcome(frame: Frame, limits: Limits) -> Outcome:
    stderr = storable(frame.err.decode("utf-8", "replace"))
    status = _status(frame, limits, stderr)
    return Outcome(
        status,
        exit_code=frame.status if frame.verdict == "ended" else None,
        stdout=storable(frame.out.decode("utf-8", "replace")),
        stderr=stderr,
        time_ms=frame.time_ms,
        memory_kb=frame.memory_kb,
    )


def compiled(frame: Frame, limits: Limits) -> Outcome:
    """Compilers write their findings to either stream: both are in `stderr`."""
    found = outcome(frame, limits)
    if found.status is Status.OK:
        return found
    stopped = f"The compiler was stopped: {found.status.replace('_', ' ')}.\n" if frame.verdict in KILLED else ""
    return replace(found, status=Status.COMPILE_ERROR, stdout="", stderr=f"{found.stderr}{found.stdout}{stopped}")


def _status(frame: Frame, limits: Limits, stderr: str) -> Status:
    if frame.verdict in KILLED:
        return KILLED[frame.verdict]
    if frame.status == 0:
        return Status.OK
    out_of_time = frame.time_ms >= math.ceil(limits.cpu_s) * 1000  # RLIMIT_CPU counts whole seconds
    if frame.status == -signal.SIGXCPU or (frame.status == -signal.SIGKILL and out_of_time):
        return Status.TIME_LIMIT
    if frame.status == -signal.SIGXFSZ:
        return Status.OUTPUT_LIMIT
    if any(mark in stderr[-TAIL:] for mark in REFUSED):
        return Status.MEMORY_LIMIT
    return Status.RUNTIME_ERROR
