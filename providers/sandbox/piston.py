"""Runs programs on another machine that speaks Piston's HTTP interface: `docs/api-v2.md` of engineer-man/piston.

Piston itself takes one case a request and compiles it anew each time. A server that says `"cases": true` of a runtime
(`providers.sandbox.server` does) takes all of them at once: `cases` holds each one's stdin, args and files, and the
answer has `runs` in their order.
"""

import logging
import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx2

from providers.sandbox.base import (
    CLOSED,
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
CONNECT_S = 5.0
ASKING_S = 5.0  # for what it can run, which it has in memory
COMPILING_S = 120.0  # how long a compiler may take, with the wait for its turn
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
OPENED = {"connection.connect_tcp.complete", "connection.start_tls.complete"}
STOPPED = {"TO": Status.TIME_LIMIT, "OL": Status.OUTPUT_LIMIT, "EL": Status.OUTPUT_LIMIT}
BROKEN = Outcome(Status.UNAVAILABLE, stderr="The code runner's answer cannot be read; see its own log.")


class RunnerFailed(Exception):
    """The runner did not do as it was asked. The message is for an operator."""


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
        timeout = httpx2.Timeout(COMPILING_S, connect=CONNECT_S)
        self._client = httpx2.Client(base_url=f"{self.url}/api/v2", timeout=timeout, transport=transport)
        self._runtimes: dict[str, Runtime] = {}
        self._sockets: set[socket.socket] = set()
        self._closed = False
        self._lock = threading.Lock()

    def close(self) -> None:
        """A client that is closed goes on waiting in its other threads; a socket that is shut down wakes them."""
        with self._lock:
            self._closed = True
            for one in self._sockets:
                _shut(one)

    def _connected(self, event: str, info: Mapping[str, Any]) -> None:
        """What the client does, told by itself."""
        if event not in OPENED:
            return
        opened = info["return_value"].get_extra_info("socket")
        with self._lock:
            self._sockets = {one for one in self._sockets if one.fileno() >= 0} | {opened}
            if self._closed:
                _shut(opened)

    def languages(self) -> Mapping[str, Language]:
        """Empty while the runner does not answer; asked again until it does."""
        if not self._runtimes:
            try:
                self._runtimes = runtimes(self._asked("GET", "/runtimes", timeout=ASKING_S))
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
                return read(self._asked("POST", "/execute", job(program, runtime, limits, cases)), cases, limits)
            return self._one_by_one(program, runtime, cases, limits)
        except RunnerFailed as error:
            log.warning("%s", error)
            return unavailable(str(error), cases)

    def _one_by_one(self, program: Program, runtime: Runtime, cases: Sequence[Case], limits: Limits) -> Ran:
        found: list[Outcome] = []
        compiled = None
        for case in cases:
            ran = read(self._asked("POST", "/execute", job(program, runtime, limits, [case])), [case], limits)
            if ran.compiled is not None and not ran.outcomes:
                return ran
            compiled = ran.compiled
            found += ran.outcomes
        return Ran(compiled, tuple(found))

    def _asked(self, method: str, path: str, body: dict[str, Any] | None = None, **options: Any) -> Any:
        """Raises RunnerFailed. What the runner says of a request stays out of it: it may quote the program."""
        if self._closed:
            raise RunnerFailed(CLOSED)
        extensions = {"trace": self._connected}
        try:
            response = self._client.request(method, path, json=body, extensions=extensions, **options)
        except httpx2.HTTPError as error:
            raise RunnerFailed(f"The code runner at {self.url} does not answer ({type(error).__name__}).") from error
        if response.status_code != httpx2.codes.OK:
            hint = " Raise the limits in its configuration." if response.status_code == httpx2.codes.BAD_REQUEST else ""
            raise RunnerFailed(f"The code runner at {self.url} answered {response.status_code}.{hint}")
        try:
            return response.json()
        except ValueError as error:
            raise RunnerFailed(f"The code runner at {self.url} does not answer in JSON.") from error


def _shut(one: socket.socket) -> None:
    with suppress(OSError):  # it is closed already
        one.shutdown(socket.SHUT_RDWR)


def runtimes(answer: Any) -> dict[str, Runtime]:
    """Of each language the last one named, which is the newest."""
    found: dict[str, Runtime] = {}
    for row in answer if isinstance(answer, list) else []:
        if not isinstance(row, dict):
            continue
        names = {str(row.get("language")), *map(str, row.get("aliases") or [])}
        for key in LABELS:
            if NAMES.get(key, key) in names:
                found[key] = Runtime(str(row.get("language")), str(row.get("version")), row.get("cases") is True)
    return {key: found[key] for key in LABELS if key in found}


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
    """Every case has an outcome, whatever the answer holds."""
    if not isinstance(answer, dict):
        return Ran(None, (BROKEN,) * len(cases))
    compiling = answer.get("compile")
    compiled = outcome(compiling, limits) if isinstance(compiling, dict) else None
    if compiled is not None and compiled.status is not Status.OK:
        said = f"{compiled.stderr}{compiled.stdout}"
        return Ran(Outcome(Status.COMPILE_ERROR, compiled.exit_code, stderr=said, time_ms=compiled.time_ms), ())
    rows = answer.get("runs", [answer.get("run")])
    runs = [outcome(row, limits) if isinstance(row, dict) else BROKEN for row in rows][: len(cases)]
    return Ran(compiled, (*runs, *[BROKEN] * (len(cases) - len(runs))))


def outcome(row: Mapping[str, Any], limits: Limits) -> Outcome:
    code = row.get("code")
    held_kb = int(row.get("memory") or 0) // 1024
    return Outcome(
        _status(row, held_kb >= limits.memory_mb * 1024),
        code if isinstance(code, int) else None,
        stdout=storable(str(row.get("stdout") or ""))[: limits.output_bytes],
        stderr=storable(str(row.get("stderr") or ""))[: limits.output_bytes],
        time_ms=int(row.get("cpu_time") or 0),
        memory_kb=held_kb,
    )


def _status(row: Mapping[str, Any], full: bool) -> Status:
    """Older runners name no status: they kill what takes too long, or too much."""
    if row.get("status") in STOPPED:
        return STOPPED[row["status"]]
    if row.get("code") == 0:
        return Status.OK
    if row.get("signal") == "SIGKILL":
        return Status.MEMORY_LIMIT if full or row.get("status") is not None else Status.TIME_LIMIT
    return Status.MEMORY_LIMIT if full else Status.RUNTIME_ERROR
