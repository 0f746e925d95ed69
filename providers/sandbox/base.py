"""Runs programs that nobody trusts. What a sandbox is given, and what it answers.

`run` blocks, so it belongs in a thread. A `Sandbox` may be shared by threads; who asks for too much at once decides who
waits. Nothing here knows expected outputs: they never enter a sandbox.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from providers.base import UNSTORABLE

LABELS = {
    "python": "Python",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "java": "Java",
    "c": "C",
    "cpp": "C++",
    "go": "Go",
    "rust": "Rust",
    "ruby": "Ruby",
    "php": "PHP",
    "bash": "Bash",
    "sql": "SQL",
}


class Status(StrEnum):
    """How one program ended. The limits are those of `Limits`; of several reached, the first counts."""

    OK = "ok"
    RUNTIME_ERROR = "runtime_error"  # an exit code other than 0, or a signal
    COMPILE_ERROR = "compile_error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    UNAVAILABLE = "unavailable"  # nothing was run; `stderr` says why in words of an operator


@dataclass(frozen=True, slots=True)
class Limits:
    """For each case. `cpu_s` counts the program and all it starts; `wall_s` is what ends a program that sleeps.

    Runs have the lowest priority, so a busy machine may take several times `cpu_s` of wall time: None is 10 s and four
    times `cpu_s`. `memory_mb` is what all its processes hold at once; `output_bytes` is for stdout and stderr each.
    `files_mb` is all it may write into its work folder and /tmp together.
    """

    cpu_s: float = 2.0
    wall_s: float | None = None
    memory_mb: int = 256
    processes: int = 64
    output_bytes: int = 64 * 1024
    files_mb: int = 16

    @property
    def patience_s(self) -> float:
        return self.wall_s if self.wall_s is not None else 10.0 + 4 * self.cpu_s


@dataclass(frozen=True, slots=True)
class Program:
    """`source` is the main file; `files` lie beside it (`subject.py`), named without a folder.

    In language `sql` the source is run by SQLite after `setup.sql` (where it is among the files) and the case's
    standard input, in a database that begins empty. The rows of each SELECT are printed one a line, columns joined by
    `|`, NULL as `NULL`.
    """

    language: str
    source: str
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One run of a program. Its files are added to the program's, and take the place of those named alike."""

    stdin: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    args: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`exit_code` is negative after a signal (-9) and None where nothing ended by itself or nothing ran.

    stdout and stderr are `storable`, with U+FFFD for what is no UTF-8 either, and cut at `Limits.output_bytes`.
    `time_ms` is CPU time of the program and all it started; `memory_kb` the most that they held at once, in KiB.
    """

    status: Status
    exit_code: int | None = None
    stdout: str = ""
    stderr: str = ""
    time_ms: int = 0
    memory_kb: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """`compiled` is None for a language without such a step. Where it failed there are no outcomes, else one a case.

    Where nothing could be run, `compiled` is None and every outcome is UNAVAILABLE.
    """

    compiled: Outcome | None
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """What can be run: `key` as in messages (`cpp`), a `label` for people (`C++`) and the version found here."""

    key: str
    label: str
    version: str


class Sandbox(ABC):
    """A place that runs programs. `reason` says what is missing where it runs none, and is empty where it does."""

    name: str
    reason: str = ""

    @abstractmethod
    def languages(self) -> Mapping[str, Language]:
        """By key, in a fixed order. Found once, at the first call."""

    @abstractmethod
    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        """Compiles once, then runs the cases one after the other, each in a clean work folder, in one sandbox.

        No error of the program, nor of the sandbox, is raised: the latter are UNAVAILABLE outcomes.
        """

    def close(self) -> None:  # noqa: B027  # one that only answers has nothing to break off
        """At shutdown: breaks off what runs, from any thread. It and all later runs answer UNAVAILABLE."""


CLOSED = "The program was not run to its end: the server stops."


class NoSandbox(Sandbox):
    """Where programs cannot be run. Says so for each case, with the reason."""

    name = "none"

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def languages(self) -> Mapping[str, Language]:
        return {}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        return unavailable(self.reason, cases)


def unavailable(reason: str, cases: Sequence[Case]) -> Ran:
    return Ran(compiled=None, outcomes=tuple(Outcome(Status.UNAVAILABLE, stderr=reason) for _ in cases))


def storable(text: str) -> str:
    """With U+FFFD for NUL and halves of surrogate pairs, which PostgreSQL keeps in no text and no JSON."""
    return UNSTORABLE.sub("\ufffd", text)
