"""How long a candidate waits for the interviewer's voice, beside N interviews at once.

    python -m bench.latency [--at 1 10 50] [--answers 4] [--list]

The server is pinned to one core and the candidates to another. Everything is real but the providers, which take the
stated time for each stage: recognition 300 ms, first token 500 ms, first audio 50 ms. Candidates speak in real time;
a reply counts from the last loud sample that was sent to the first `ai_audio_chunk` that came. An acknowledgement
counts as first audio only; the first word of the question stands beside it.

Own overhead is what is left of the total when the critical path is taken off: the frame that ended the answer (the
endpoint's patience and the frame period), or, where that takes longer, the frame in which the pause was heard and the
scripted stages after it, because recognition and model begin in the pause. "One after another" is what the same waits
would come to if no stage began before the one in front of it was over.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.capacity import connection
from bench.latency_candidate import Candidate, Reply, Speech
from bench.latency_stages import FIRST_AUDIO_MS, FIRST_TOKEN_MS, RECOGNITION_MS

SERVER_CORE, CLIENT_CORE = 0, 1
ALONE = 3  # interviews one after the other, where one is measured at a time
SPREAD_S = 6.0
# Milliseconds: first audio's median and 95th percentile, and the 95th of the own overhead.
LIMITS: dict[int, tuple[float | None, float | None, float | None]] = {10: (500, 900, 20), 50: (None, 1_000, 60)}


def main() -> int:
    arguments = options()
    counts = {number: ALONE if number == 1 else number for number in arguments.at}
    with tempfile.TemporaryDirectory() as folder:
        server, facts = start_server(Path(folder), sum(counts.values()) + 1)
        try:
            candidates_core()
            return asyncio.run(measure(facts, server.pid, arguments))
        finally:
            server.terminate()
            server.wait(10)


def candidates_core() -> None:
    """One thread, which must not be late: it has its core whenever it wants it, where that is allowed (as root)."""
    os.sched_setaffinity(0, {CLIENT_CORE})
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--at", type=int, nargs="+", default=[1, 10, 50], help="so many interviews at once")
    parser.add_argument("--answers", type=int, default=4, help="measured in each interview")
    parser.add_argument("--list", action="store_true", help="every reply")
    return parser.parse_args()


def start_server(folder: Path, interviews: int) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    environment = {**os.environ, "DATA_DIR": str(folder), "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "bench.latency_server", str(interviews), str(SERVER_CORE)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True)
    assert server.stdout is not None
    return server, json.loads(server.stdout.readline())


async def measure(facts: dict[str, Any], pid: int, arguments: argparse.Namespace) -> int:
    speech, interviews = Speech.recorded(), iter(facts["interviews"])
    _, probe = await connection(facts["port"])
    probe.close()
    await Candidate.interview(facts, next(interviews), speech, 1)  # imports and caches
    print(HEAD)
    missed: list[str] = []
    for number in arguments.at:
        numbers = [next(interviews) for _ in range(ALONE if number == 1 else number)]
        core = Core(pid)
        candidates = await taken(facts, numbers, number, speech, arguments.answers)
        figures = Figures.of(candidates, number)
        print(figures.line() + core.line())
        missed += figures.missed()
        if arguments.list:
            print(*(listed(reply) for one in candidates for reply in one.replies), sep="\n")
    print(f"limits, ms: {'; '.join(map(limit_line, LIMITS))}")
    print(*(f"NOT reached: {line}" for line in missed), sep="\n") if missed else print("all limits reached")
    return 1 if missed else 0


async def taken(
    facts: dict[str, Any], interviews: Sequence[int], at_once: int, speech: Speech, answers: int
) -> list[Candidate]:
    """The interviews, one after the other or all at once: then answers begin when all of them run."""
    room = asyncio.Semaphore(at_once)
    ready = asyncio.Barrier(at_once) if at_once > 1 else None

    async def one(interview_id: int) -> Candidate:
        async with room:
            if at_once > 1:
                await asyncio.sleep(random.uniform(0, SPREAD_S))
            return await Candidate.interview(facts, interview_id, speech, answers, ready)

    return await asyncio.gather(*(one(interview_id) for interview_id in interviews))


class Core:
    """What a process had of its core since this was made. Other work on the machine makes it wait for the core."""

    def __init__(self, pid: int) -> None:
        self._tasks = Path(f"/proc/{pid}/task")
        self._begun = (time.monotonic(), *self._used())
        self._stolen = _stolen()

    def line(self) -> str:
        begun, ran, waited = self._begun
        ran_now, waited_now = self._used()
        whole = time.monotonic() - begun
        stolen = (_stolen() - self._stolen) / whole
        return f"  {(ran_now - ran) / whole:4.0%}  {(waited_now - waited) / whole:4.0%}  {stolen:5.1%}"

    def _used(self) -> tuple[float, float]:
        """Seconds that its threads ran, and that they waited for the core though they could have run."""
        stats = [(task / "schedstat").read_text().split() for task in self._tasks.iterdir()]
        return sum(int(one[0]) for one in stats) / 1e9, sum(int(one[1]) for one in stats) / 1e9


def _stolen() -> float:
    """Seconds in which the machine under this one gave the server's core to somebody else (proc_stat(5))."""
    lines = (line.split() for line in Path("/proc/stat").read_text().splitlines())
    ticks = next(int(fields[8]) for fields in lines if fields[0] == f"cpu{SERVER_CORE}")
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """Milliseconds; pairs are median and 95th percentile."""

    at_once: int
    replies: int
    unanswered: int
    cut_in: int
    finished: tuple[float, float]
    first_audio: tuple[float, float]
    question: tuple[float, float]
    overhead: tuple[float, float]
    question_overhead: tuple[float, float]
    one_after_another: tuple[float, float]
    client_late: tuple[float, float]

    @classmethod
    def of(cls, candidates: list[Candidate], at_once: int) -> "Figures":
        replies = [reply for candidate in candidates for reply in candidate.replies]
        return cls(
            at_once,
            len(replies),
            sum(candidate.missed for candidate in candidates),
            sum(candidate.cut_in for candidate in candidates),
            spread([reply.finished for reply in replies]),
            spread([reply.first_audio for reply in replies]),
            spread([reply.question for reply in replies]),
            spread([overhead(reply) for reply in replies]),
            spread([question_overhead(reply) for reply in replies]),
            spread([sequential(reply) for reply in replies]),
            spread([late for candidate in candidates for late in candidate.late]),
        )

    def line(self) -> str:
        pairs = (
            self.finished,
            self.first_audio,
            self.question,
            self.overhead,
            self.question_overhead,
            self.one_after_another,
            self.client_late,
        )
        cells = "".join(f"{p50:9.0f}{p95:7.0f}" for p50, p95 in pairs)
        return f"{self.at_once:3d} {self.replies:7d}{cells}" + (
            f"  {self.unanswered} UNANSWERED" * (self.unanswered > 0)
        )

    def missed(self) -> list[str]:
        """What is over its limit, in words."""
        p50, p95, own = LIMITS.get(self.at_once, (None, None, None))
        found = (
            ("first audio, median", self.first_audio[0], p50),
            ("first audio, 95th percentile", self.first_audio[1], p95),
            ("own overhead, 95th percentile", self.overhead[1], own),
            ("answers without a reply", float(self.unanswered), 0.0),
            ("replies into an answer", float(self.cut_in), 0.0),
        )
        return [
            f"{name} of {self.at_once} at once {value:.0f}, limit {limit:.0f}"
            for name, value, limit in found
            if limit is not None and value > limit
        ]


HEAD = (
    "ms, median and 95th percentile        answer over      first audio   question's word   own overhead"
    "  question's own  one after another  client late  server ran, waited, its core stolen\n at replies"
)


def overhead(reply: Reply) -> float:
    """Of the first audio: the words are looked at in a pause, so their recognition may end after the endpoint."""
    return reply.first_audio - max(reply.finished, reply.paused + RECOGNITION_MS / 1000)


def question_overhead(reply: Reply) -> float:
    stages = (RECOGNITION_MS + FIRST_TOKEN_MS + FIRST_AUDIO_MS) / 1000
    return reply.question - max(reply.finished, reply.paused + stages)


def sequential(reply: Reply) -> float:
    return reply.finished + (RECOGNITION_MS + FIRST_TOKEN_MS + FIRST_AUDIO_MS) / 1000


def spread(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    if len(seconds) < 2:
        return (float("nan"), float("nan"))
    return statistics.median(seconds) * 1000, statistics.quantiles(seconds, n=20, method="inclusive")[-1] * 1000


def listed(reply: Reply) -> str:
    return (
        f"      over {reply.finished * 1000:5.0f}  first {reply.first_audio * 1000:5.0f}  "
        f"question {reply.question * 1000:5.0f}  own {overhead(reply) * 1000:4.0f}"
    )


def limit_line(at_once: int) -> str:
    p50, p95, own = LIMITS[at_once]
    median = f"median {p50:.0f}, " if p50 else ""
    return f"{at_once} at once: first audio {median}95th {p95:.0f}, own overhead 95th {own:.0f}"


if __name__ == "__main__":
    sys.exit(main())
