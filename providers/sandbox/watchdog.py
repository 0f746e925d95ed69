"""Memory of a sandbox as seen from outside: for containers that let nobody mount a /proc inside."""

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

EVERY_S = 0.1
PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024


def communicate(process: "subprocess.Popen[bytes]", longest_s: float, most_kb: int | None) -> tuple[bytes, bytes, bool]:
    """Both outputs, when the process ended or was killed, and whether it was killed for holding more than `most_kb`.

    With `most_kb` it is looked at ten times a second, with all below it. Killing it takes its sandbox along.
    """
    deadline = time.monotonic() + longest_s
    heavy = False
    while not heavy and (left := deadline - time.monotonic()) > 0:
        with suppress(subprocess.TimeoutExpired):
            return *process.communicate(timeout=left if most_kb is None else min(EVERY_S, left)), False
        heavy = most_kb is not None and held_kb(process.pid) > most_kb
    process.kill()
    return *process.communicate(), heavy


def held_kb(pid: int) -> int:
    """KiB resident in a process and all below it; pages that they share count for each."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        with suppress(OSError):  # it has ended meanwhile
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE_KB
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
    return total
