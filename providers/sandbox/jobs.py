"""What one sandbox is told to do: the runner's job, with the limits as the kernel counts them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from providers.sandbox.base import Case, Limits
from providers.sandbox.languages import Toolchain

KILOBYTE = 1024
MEGABYTE = 1024 * 1024
OPEN_FILES = 256
# Addresses of a program whose memory is watched: far more than it may hold, too few to fill a machine with page tables.
ADDRESSES_MB = 8 * 1024
LIBRARIES_MB = 128
UNLIMITED = -1
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "HOME": "/tmp/work", "TMPDIR": "/tmp", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",  # noqa: S108
    "TZ": "UTC",
}  # fmt: skip
Files = Mapping[str, tuple[bytes, bool]]


@dataclass(frozen=True, slots=True)
class Job:
    """One sandbox: what runs in it, with which files (data, executable), and what of theirs comes back."""

    toolchain: Toolchain
    argv: tuple[str, ...]
    needs: tuple[str, ...]
    files: Files
    cases: Sequence[Case]
    limits: Limits
    keep_mb: int = 0


def described(job: Job, *, watched: bool) -> dict[str, Any]:
    """As `inside.py` reads it. `watched`: whether the runner can see what processes hold."""
    limits = job.limits
    return {
        "argv": [word.replace("{memory_mb}", str(limits.memory_mb)) for word in job.argv],
        "environment": {**ENVIRONMENT, **job.toolchain.environment},
        "files": dict(job.files),
        "cases": [
            {"stdin": case.stdin.encode("utf-8", "replace"), "files": encoded(case.files), "args": list(case.args)}
            for case in job.cases
        ],
        "keep": job.keep_mb * MEGABYTE,
        "limits": {
            "cpu_ns": int(limits.cpu_s * 1e9),
            "wall_s": limits.patience_s,
            "memory_kb": (limits.memory_mb + job.toolchain.extra_mb) * KILOBYTE,
            "output": limits.output_bytes,
        },
        "rlimits": rlimits(job.toolchain, limits, watched=watched),
    }


def room_mb(job: Job) -> int:
    """Of the file system in memory: what a program may write, beside what it is given."""
    given = max((files_size(case) for case in job.cases), default=0) + sum(len(data) for data, _ in job.files.values())
    return job.limits.files_mb + math.ceil(given / MEGABYTE)


def files_size(case: Case) -> int:
    return sum(len(text.encode("utf-8", "replace")) for text in case.files.values())


def encoded(files: Mapping[str, str]) -> dict[str, tuple[bytes, bool]]:
    return {name: (text.encode("utf-8", "replace"), False) for name, text in files.items()}


def rlimits(toolchain: Toolchain, limits: Limits, *, watched: bool) -> dict[str, tuple[int, int]]:
    """Soft and hard limits of each process, by their name in `resource`."""
    seconds = math.ceil(limits.cpu_s)
    exact = {
        "RLIMIT_FSIZE": 4 * limits.files_mb * MEGABYTE,  # the file system is full before
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_NPROC": limits.processes + 1,  # the runner is one of them
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_MEMLOCK": MEGABYTE,
        **_memory(toolchain, limits, watched=watched),
    }
    raised = {
        "RLIMIT_CPU": (seconds + 1, seconds + 2),
        "RLIMIT_STACK": (toolchain.stack_mb * MEGABYTE, UNLIMITED),  # programs of contests raise it; memory is counted
    }
    return {**raised, **{name: (most, most) for name, most in exact.items()}}


def _memory(toolchain: Toolchain, limits: Limits, *, watched: bool) -> dict[str, int]:
    allowed = limits.memory_mb + toolchain.extra_mb
    if toolchain.managed:  # these reserve addresses by the gigabyte: only what is writable counts
        return {"RLIMIT_DATA": (2 * allowed + 1024 if watched else allowed + 256) * MEGABYTE}
    if watched:
        return {"RLIMIT_AS": max(ADDRESSES_MB, 4 * allowed) * MEGABYTE}
    return {"RLIMIT_AS": (allowed + toolchain.stack_mb + LIBRARIES_MB) * MEGABYTE}
