"""What holding a program in costs, and whether candidates' programs disturb other candidates' voices.

    python -m bench.sandbox [--starts 40] [--rounds 3] [--programs 20]

First an empty Python program: by itself, and in the sandbox with its namespaces, mounts and filter, in turns; the limit
is for what the sandbox adds at the median. Then the voice frames of `bench.capacity` by the clock on the wall, alone
and while `--programs` programs that never end were handed in at once, in turns; the programs wait for each other as
they do in the server (`SANDBOX_CONCURRENCY`). The limit is for how far the sessions that a core carries fall.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.capacity import CLIENT_CORE, Load, start_server
from providers.sandbox import languages
from providers.sandbox.base import Case, Limits, Program, Sandbox, Status

LIMIT_MS = 60.0
LIMIT_FALL = 0.20
SOCKETS = 20
SECONDS = 32  # of audio a socket and round
BUSY = "while True: pass"


def main() -> int:
    arguments = options()
    if arguments.burn:
        return burn(arguments.burn)
    sandbox = working()
    print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    added = started(sandbox, arguments.starts)
    fall = asyncio.run(disturbed(arguments.rounds, arguments.programs))
    reached = added <= LIMIT_MS and fall < LIMIT_FALL
    print(f"limits: {LIMIT_MS:.0f} ms for a start, a fall of {LIMIT_FALL:.0%}: {'' if reached else 'NOT '}reached")
    return 0 if reached else 1


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--starts", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--programs", type=int, default=20, help="handed in at once")
    parser.add_argument("--burn", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


def working() -> Sandbox:
    from providers.sandbox import bubblewrap

    sandbox = bubblewrap.detect()
    if sandbox.reason:
        sys.exit(sandbox.reason)
    return sandbox


# --- an empty program ---


def started(sandbox: Sandbox, times: int) -> float:
    """Milliseconds that the sandbox adds to a start, at the median."""
    with tempfile.NamedTemporaryFile(suffix=".py") as empty:
        command = [languages.interpreter()[0], "-I", "-S", empty.name]  # its quickest start
        starts = (lambda: subprocess.run(command, check=True), lambda: held(sandbox))
        pairs = [tuple(timed(start) for start in starts) for _ in range(times)]
    bare, inside = (statistics.median(some) for some in zip(*pairs, strict=True))
    added = [one - other for other, one in pairs]
    p95 = statistics.quantiles(added, n=20)[-1]
    print(f"empty Python program: {bare:.0f} ms by itself, {inside:.0f} ms in the sandbox ({inside / bare:.1f} times)")
    print(f"added by the sandbox: p50 {statistics.median(added):.0f} ms (limit {LIMIT_MS:.0f}), p95 {p95:.0f} ms")
    return statistics.median(added)


def held(sandbox: Sandbox) -> None:
    outcome = sandbox.run(Program("python", ""), [Case()], Limits()).outcomes[0]
    assert outcome.status is Status.OK, outcome


def timed(call: "object") -> float:
    begun = time.perf_counter()
    call()  # type: ignore[operator]
    return (time.perf_counter() - begun) * 1000


# --- voices beside programs ---


async def disturbed(rounds: int, programs: int) -> float:
    """By what share the sessions a core carries fall while programs run."""
    with tempfile.TemporaryDirectory() as folder:
        server, facts = start_server(Path(folder), SOCKETS * rounds * 2)
        cores = os.sched_getaffinity(0)
        try:
            os.sched_setaffinity(0, {CLIENT_CORE})
            load = Load(facts, server.pid)
            await load.flood("bare", SOCKETS, 2)  # imports and caches
            return await compared(load, rounds, programs, cores)
        finally:
            server.terminate()
            server.wait(10)


async def compared(load: Load, rounds: int, programs: int, cores: set[int]) -> float:
    alone, beside = [], []
    for number in range(1, rounds + 1):
        alone.append((await load.flood("viva", SOCKETS, SECONDS))[1])
        with burning(programs, cores):
            beside.append((await load.flood("viva", SOCKETS, SECONDS))[1])
        print(f"round {number}  sessions by the clock: {alone[-1]:.0f} alone, {beside[-1]:.0f} beside programs")
    fall = 1 - statistics.median(beside) / statistics.median(alone)
    print(f"{programs} programs handed in at once: the sessions fall by {fall:.0%} (limit {LIMIT_FALL:.0%})")
    return fall


@contextmanager
def burning(programs: int, cores: set[int]) -> Iterator[None]:
    """Programs on all cores, from a process of their own; the first one runs already."""
    command = [sys.executable, "-m", "bench.sandbox", "--burn", str(programs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        os.sched_setaffinity(process.pid, cores)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
            assert process.poll() is None, "the programs ended before the frames did: hand in more"
        finally:
            process.kill()


def burn(programs: int) -> int:
    """Hand in as many as the server would run at once, and the rest behind them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings

    sandbox, limits = working(), Limits(cpu_s=10.0)
    with ThreadPoolExecutor(settings.SANDBOX_CONCURRENCY) as threads:
        waiting = [threads.submit(sandbox.run, Program("python", BUSY), [Case()], limits) for _ in range(programs)]
        print(f"{len(waiting)} handed in", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
