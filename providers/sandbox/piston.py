"""Runs programs on another machine that speaks Piston's HTTP interface: `docs/api-v2.md` of engineer-man/piston.

Piston itself takes one case a request and compiles it anew each time. A server that says `"cases": true` of a runtime
(`providers.sandbox.server` does) takes all of them at once: `cases` holds each one's stdin, args and files, and the
answer has `runs` in their order.
"""

import logging
import math
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from providers.sandbox.asking import Asker, RunnerFailed
from providers.sandbox.base import (
    LABELS,
    Case,
    Language,
    Limits,
    Outcome,
    Program,
    Ran,
    Sandbox,
    Status,
    storable,
    unavailable,
)

log = logging.getLogger(__name__)
ASKING_S = 5.0  # for what it can run, which it has in memory
COMPILING_S = 120.0  # how long a compiler may take
MARGIN_S = 15.0  # for the way there and back, and a short wait for its turn
ROOM = 1024 * 1024  # bytes of an answer beside what programs print
PRINTED = 4 * 6  # of a byte printed: stdout and stderr, each of them once more in `output`, all as \u escapes
MOST_NUMBER = 2**31 - 1
LONGEST_NAME = 100  # of a language and its version
COMPILED = {"typescript", "java", "c", "cpp", "go", "rust"}
MAIN = {
    "python": "main.py",
    "javascript": "main.js",
    "typescript": "main.ts",
    "java": "Main.java",
    "c": "main.c",
    "cpp": "main.cpp",
    "go": "main.go",
    "rust": "main.rs",
    "ruby": "main.rb",
    "php": "main.php",
    "bash": "main.sh",
    "sql": "main.sql",
}
NAMES = {"cpp": "c++"}  # as Piston calls it
STOPPED = {
    "TO": Status.TIME_LIMIT,
    "OL": Status.OUTPUT_LIMIT,
    "EL": Status.OUTPUT_LIMIT,
    "XX": Status.UNAVAILABLE,  # an error of its own
}
BROKEN = Outcome(Status.UNAVAILABLE, stderr="The code runner's answer cannot be read; see its own log.")


@dataclass(frozen=True, slots=True)
class Runtime:
    name: str
    version: str
    takes_cases: bool


class Piston(Sandbox):
    """`url` without the path, as in http://runner:2000."""

    name = "piston"

    def __init__(self, url: str, transport: httpx2.BaseTransport | None = None) -> None:
        self.url = url.rstrip("/")
        self._asker = Asker(self.url, transport)
        self._runtimes: dict[str, Runtime] = {}

    def close(self) -> None:
        self._asker.close()

    def languages(self) -> Mapping[str, Language]:
        """Empty while the runner does not answer; asked again until it does."""
        if not self._runtimes:
            try:
                self._runtimes = runtimes(self._asker.ask("GET", "/runtimes", within_s=ASKING_S, most=ROOM))
            except RunnerFailed as error:
                log.warning("%s", error)
                self.reason = str(error)
                return {}
        self.reason = "" if self._runtimes else f"The code runner at {self.url} has no language installed."
        return {key: Language(key, LABELS[key], one.version) for key, one in self._runtimes.items()}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        if program.language not in self.languages():
            known = ", ".join(self._runtimes)
            return unavailable(self.reason or f"There is no {program.language!r} to be run here, but {known}.", cases)
        runtime = self._runtimes[program.language]
        try:
            if runtime.takes_cases:
                return self._executed(program, runtime, cases, limits)
            return self._one_by_one(program, runtime, cases, limits)
        except RunnerFailed as error:
            log.warning("%s", error)
            return unavailable(str(error), cases)

    def _one_by_one(self, program: Program, runtime: Runtime, cases: Sequence[Case], limits: Limits) -> Ran:
        found: list[Outcome] = []
        compiled = None
        for case in cases:
            ran = self._executed(program, runtime, [case], limits)
            if ran.compiled is not None and not ran.outcomes:
                return ran
            compiled = ran.compiled
            found += ran.outcomes
        return Ran(compiled, tuple(found))

    def _executed(self, program: Program, runtime: Runtime, cases: Sequence[Case], limits: Limits) -> Ran:
        """One request. Raises RunnerFailed, at the latest when every case has had its wall time."""
        answer = self._asker.ask(
            "POST",
            "/execute",
            job(program, runtime, limits, cases),
            within_s=len(cases) * limits.patience_s + MARGIN_S + (program.language in COMPILED) * COMPILING_S,
            most=ROOM + (len(cases) + 1) * PRINTED * limits.output_bytes,
        )
        return read(answer, cases, limits)


def runtimes(answer: Any) -> dict[str, Runtime]:
    """Of each language the last one named, which is the newest."""
    found: dict[str, Runtime] = {}
    for row in answer if isinstance(answer, list) else []:
        if not isinstance(row, dict) or not _is_name(row.get("language")) or not _is_name(row.get("version")):
            continue
        aliases = row.get("aliases")
        names = [row["language"], *(aliases if isinstance(aliases, list) else [])]
        for key in LABELS:
            if NAMES.get(key, key) in names:
                found[key] = Runtime(row["language"], row["version"], row.get("cases") is True)
    return {key: found[key] for key in LABELS if key in found}


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and storable(value) == value


def job(program: Program, runtime: Runtime, limits: Limits, cases: Sequence[Case]) -> dict[str, Any]:
    """The body of a request; the first file is the one that is run."""
    files = {MAIN[program.language]: program.source, **program.files}
    body: dict[str, Any] = {
        "language": runtime.name,
        "version": runtime.version,
        "run_timeout": round(limits.patience_s * 1000),
        "run_cpu_time": round(limits.cpu_s * 1000),
        "run_memory_limit": limits.memory_mb * 1024 * 1024,
    }
    if runtime.takes_cases:
        asked = [{"stdin": one.stdin, "args": list(one.args), "files": listed(one.files)} for one in cases]
        return {**body, "files": listed(files), "cases": asked}
    (case,) = cases
    return {**body, "files": listed({**files, **case.files}), "stdin": case.stdin, "args": list(case.args)}


def listed(files: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "content": content} for name, content in files.items()]


def read(answer: Any, cases: Sequence[Case], limits: Limits) -> Ran:
    """Every case has an outcome, whatever the answer holds. Raises nothing."""
    if not isinstance(answer, dict):
        return Ran(None, (BROKEN,) * len(cases))
    compiled = None if answer.get("compile") is None else outcome(answer["compile"], limits)
    if compiled is not None and compiled.status is Status.UNAVAILABLE:
        return Ran(None, (BROKEN,) * len(cases))
    if compiled is not None and compiled.status is not Status.OK:
        said = f"{compiled.stderr}{compiled.stdout}"
        return Ran(Outcome(Status.COMPILE_ERROR, compiled.exit_code, stderr=said, time_ms=compiled.time_ms), ())
    rows = answer.get("runs")
    runs = [outcome(row, limits) for row in (rows if isinstance(rows, list) else [answer.get("run")])[: len(cases)]]
    return Ran(compiled, (*runs, *[BROKEN] * (len(cases) - len(runs))))


def outcome(row: Any, limits: Limits) -> Outcome:
    """UNAVAILABLE where the row does not say how the program ended, or what it printed is no text."""
    if not isinstance(row, dict) or not all(isinstance(row.get(name), str | None) for name in ("stdout", "stderr")):
        return BROKEN
    code, held_kb = _whole(row.get("code")), max(_whole(row.get("memory")) or 0, 0) // 1024
    status = _status(row, code, held_kb >= limits.memory_mb * 1024)
    if status is Status.UNAVAILABLE:
        return BROKEN
    return Outcome(
        status,
        code,
        stdout=storable(row.get("stdout") or "")[: limits.output_bytes],
        stderr=storable(row.get("stderr") or "")[: limits.output_bytes],
        time_ms=max(_whole(row.get("cpu_time")) or 0, 0),
        memory_kb=held_kb,
    )


def _whole(value: Any) -> int | None:
    """A number that a database can keep, also where it came as a text; None for anything else."""
    if isinstance(value, str) and len(value) <= LONGEST_NAME:
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    bounded = min(max(value, -MOST_NUMBER), MOST_NUMBER)
    return None if math.isnan(bounded) else int(bounded)


def _status(row: Mapping[str, Any], code: int | None, full: bool) -> Status:
    """Older runners name no status: they kill what takes too long, or too much."""
    said = row["status"] if isinstance(row.get("status"), str) else None
    by = _signal(row.get("signal"))
    if said in STOPPED:
        return STOPPED[said]
    if code == 0:
        return Status.OK
    if by == "SIGKILL":
        return Status.MEMORY_LIMIT if full or said is not None else Status.TIME_LIMIT
    if code is None and not by and said is None:
        return Status.UNAVAILABLE
    return Status.MEMORY_LIMIT if full else Status.RUNTIME_ERROR


def _signal(value: Any) -> str:
    """Its name, also where it came as a number."""
    number = _whole(value)
    if number is None:
        return value if isinstance(value, str) else ""
    return signal.Signals(number).name if number in set(signal.Signals) else ""
