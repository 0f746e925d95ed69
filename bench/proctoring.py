"""How many camera frames a second one core of the proctoring worker takes: `python -m bench.proctoring`.

The worker is the real one: a child process, frames and answers over pipes, two frames on their way as in the server.
Looks are quick ones, as in a server where more than eight interviews wait for their turn; the rate of thorough looks,
which also find people at the back of a room and are the rule below that, is printed beside.
It is pinned to one core and everything else to the others, where the machine allows. Beside it, on the same core in
the same run, stands MediaPipe's full-range detector alone, given decoded pixels and doing nothing else.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from proctoring.domain.child import ENVIRONMENT, ChildCarrier  # noqa: E402  # run as a script, too
from proctoring.domain.latest import Frame  # noqa: E402
from proctoring.domain.looking import HELLO, Answer  # noqa: E402

LIMIT = 100
FACES = ROOT / "tests" / "fixtures" / "faces"
ONE_PERSON = ("one_person",)
# What cameras of many interviews show: nearly always one person, now and then nobody or somebody else.
MIXED = ("one_person",) * 8 + ("two_people", "empty_room")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figure:
    """`busy` is the share of a core the process had: less than 1 where the machine had other work."""

    name: str
    frames_per_second: float
    busy: float

    @property
    def per_core(self) -> float:
        """Frames a second of processor time: what the process does when it has the core to itself."""
        return self.frames_per_second / self.busy

    def line(self) -> str:
        return f"{self.name:<58}{self.frames_per_second:>9.1f}{self.busy:>9.2f}{self.per_core:>15.1f}"


@contextmanager
def pinned(core: int | None) -> Any:
    """Processes started inside stay on `core`; this one goes back to the other cores."""
    if core is None:
        yield
        return
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, every - {core} or every)


def a_core() -> int | None:
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None


def cpu_seconds(pid: int) -> float:
    """Processor time of a process so far, in user and kernel mode; 0 where /proc is not there."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


class Feed:
    """Keeps the worker supplied: a new frame for each answer, `limit` on their way."""

    def __init__(self, carrier: ChildCarrier) -> None:
        self.carrier = carrier
        self.up = asyncio.Event()
        self.on_answer: Callable[[Answer], None] = lambda answer: None
        self.task = asyncio.create_task(carrier.run(self.answered, lambda: None))

    def answered(self, answer: Answer) -> None:
        if answer.ticket == HELLO:
            self.up.set()
        else:
            self.on_answer(answer)

    async def run(self, name: str, pictures: tuple[str, ...], seconds: float, *, thorough: bool, limit: int) -> Figure:
        jpegs = cycle([(FACES / f"{picture}.jpg").read_bytes() for picture in pictures])
        looked, done = 0, asyncio.Event()
        loop = asyncio.get_running_loop()

        def more(answer: Answer) -> None:
            nonlocal looked
            assert answer.report is not None, answer.error
            looked += 1
            if loop.time() < ends:
                self.carrier.send(looked + limit, Frame(looked, next(jpegs), 0), thorough=thorough)
            else:
                done.set()

        assert self.carrier._process is not None
        pid = self.carrier._process.pid
        began, used, self.on_answer = loop.time(), cpu_seconds(pid), more
        ends = began + seconds
        for ticket in range(1, limit + 1):
            self.carrier.send(ticket, Frame(ticket, next(jpegs), 0), thorough=thorough)
        await done.wait()
        elapsed = loop.time() - began
        await asyncio.sleep(0.2)  # the other frame on its way
        return Figure(name, looked / elapsed, (cpu_seconds(pid) - used) / elapsed or 1.0)

    async def stop(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


async def worker_figures(core: int | None, seconds: float) -> list[Figure]:
    with pinned(core):
        feed = Feed(ChildCarrier())
        await feed.up.wait()  # the child is started inside and keeps the core
    await feed.run("warming up", MIXED, 1.0, thorough=False, limit=2)
    figures = [
        await feed.run("worker, one person in each frame", ONE_PERSON, seconds, thorough=False, limit=2),
        await feed.run("worker, mixed frames", MIXED, seconds, thorough=False, limit=2),
        await feed.run("worker, one person, thorough looks", ONE_PERSON, seconds, thorough=True, limit=2),
    ]
    await feed.stop()
    return figures


def bare(seconds: float) -> dict[str, float]:
    """Runs in a process of its own: frames a second of the detector alone, and the share of a core it had."""
    import cv2
    from mediapipe.python.solutions.face_detection import FaceDetection

    cv2.setNumThreads(1)
    pixels = cv2.imread(str(FACES / "one_person.jpg"))[..., ::-1].copy()
    detector = FaceDetection(model_selection=1)
    for _ in range(20):
        detector.process(pixels)
    began, used, looked = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < seconds:
        detector.process(pixels)
        looked += 1
    elapsed = time.perf_counter() - began
    return {"frames_per_second": looked / elapsed, "busy": (time.process_time() - used) / elapsed}


def bare_figure(core: int | None, seconds: float) -> Figure:
    command = [sys.executable, __file__, "--bare", "--seconds", str(seconds)]
    with pinned(core):
        done = subprocess.run(
            command, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        )
    return Figure("bare MediaPipe, full-range, decoded pixels", **json.loads(done.stdout))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each figure")
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        print(json.dumps(bare(options.seconds)))
        return 0
    core = a_core()
    figures = [*asyncio.run(worker_figures(core, options.seconds)), bare_figure(core, options.seconds)]
    print(f"640x480 JPEG frames on {'one core' if core is not None else 'an unpinned process'}")
    print(f"{'':<58}{'frames/s':>9}{'of core':>9}{'/s a full core':>15}")
    for figure in figures:
        print(figure.line())
    mixed = figures[1]
    verdict = "reached" if mixed.per_core >= LIMIT else "NOT reached"
    print(f"limit: at least {LIMIT} mixed frames/s of one core: {verdict} ({mixed.per_core / LIMIT:.2f} of it)")
    if mixed.busy < 0.95:
        print(f"The machine had other work: the worker had {mixed.busy:.0%} of its core. Run it again on a quiet one.")
    return 0 if mixed.per_core >= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
