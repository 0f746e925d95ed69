"""Runs programs in bubblewrap: one sandbox for compiling, another one for all cases of a program.

The compiler and what it made are apart from the runs, so that a program neither sees the compiler nor keeps the room
that compiling needs.
"""

import logging
import marshal
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from providers.sandbox import confinement, frames, languages, seccomp, watchdog
from providers.sandbox.base import (
    CLOSED,
    Case,
    Language,
    Limits,
    NoSandbox,
    Outcome,
    Program,
    Ran,
    Sandbox,
    Status,
    unavailable,
)
from providers.sandbox.jobs import Files, Job, described, encoded, room_mb
from providers.sandbox.languages import Toolchain

log = logging.getLogger(__name__)
COMPILED_MB = 64  # what a compiler may hand over
COMPILER_MB = 1024
COMPILER_ROOM_MB = 512
COMPILERS_PROCESSES = 128
START_S = 20.0
RUNNER_MB = 64
QUOTED = 500  # characters of somebody else's message
INSTALL = "Programs cannot be run: install {what} (apt-get install {package}); see docs/sandbox.md."
FORBIDDEN = (
    "Programs cannot be run: the kernel lets this server make no namespaces. In a container its seccomp profile "
    "forbids it; on Ubuntu 24.04 AppArmor does. docs/sandbox.md says how to allow it. bubblewrap said: {said}"
)
# How bubblewrap says that the kernel, a container or AppArmor forbids it to begin.
NO_NAMESPACES = ("namespace", "Operation not permitted", "Permission denied", "uid map")


class SandboxFailed(Exception):
    """The sandbox did not come up. The message is for an operator."""


class Bubblewrap(Sandbox):
    """`proc` says whether a /proc can be mounted inside; without one only the kernel's own limits hold memory in."""

    name = "bubblewrap"

    def __init__(self, bwrap: str, *, proc: bool = True) -> None:
        self._bwrap = bwrap
        self.proc = proc
        self._under_way: set[subprocess.Popen[bytes]] = set()
        self._closed = False
        self._lock = threading.Lock()

    def languages(self) -> Mapping[str, Language]:
        found = (self._toolchain(key) for key in languages.FINDERS)
        return {one.key: Language(one.key, one.label, one.version) for one in found if one is not None and one.version}

    def close(self) -> None:
        """Kills the sandboxes under way, and with each all that is in it."""
        with self._lock:
            self._closed = True
            for process in self._under_way:
                process.kill()

    def _toolchain(self, key: str) -> Toolchain | None:
        found = languages.toolchain(key)
        return found if found is not None and (self.proc or not found.finds_itself) else None

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        toolchain = self._toolchain(program.language)
        if toolchain is None:
            known = ", ".join(key for key in languages.FINDERS if self._toolchain(key) is not None)
            return unavailable(f"There is no {program.language!r} to be run here, but {known}.", cases)
        try:
            return self._run(languages.fitted(toolchain, program.source), program, cases, limits)
        except (SandboxFailed, OSError) as error:
            log.warning("A sandbox did not start: %s", error)
            return unavailable(str(error), cases)

    def _run(self, toolchain: Toolchain, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        files: Files = encoded({**toolchain.files, **program.files, toolchain.main: program.source})
        compiled: Outcome | None = None
        if toolchain.compiling:
            compiled, made = self._compile(toolchain, files)
            if compiled.status is not Status.OK:
                return Ran(compiled, ())
            files = {**files, **made}
        job = Job(toolchain, toolchain.running, toolchain.run_needs, files, cases, limits)
        outcomes = [frames.outcome(frame, limits) for frame in self._start(job)]
        broken = Outcome(Status.RUNTIME_ERROR, stderr="The sandbox ended before this program did.")
        return Ran(compiled, (*outcomes, *[broken] * (len(cases) - len(outcomes))))

    def _compile(self, toolchain: Toolchain, files: Files) -> tuple[Outcome, Files]:
        limits = Limits(
            cpu_s=toolchain.compile_s, memory_mb=COMPILER_MB, processes=COMPILERS_PROCESSES, files_mb=COMPILER_ROOM_MB
        )
        job = Job(toolchain, toolchain.compiling, toolchain.compile_needs, files, [Case()], limits, COMPILED_MB)
        frame = next(iter(self._start(job)), None)
        if frame is None:
            return Outcome(Status.COMPILE_ERROR, stderr="The sandbox ended before the compiler did."), {}
        return frames.compiled(frame, limits), frame.files

    def _start(self, job: Job) -> list[frames.Frame]:
        """Blocks until all cases ran. Raises SandboxFailed where the runner did not get as far as the first."""
        longest = START_S + len(job.cases) * (1 + 5 * job.limits.patience_s)
        text = _runner() + marshal.dumps(described(job, watched=self.proc))
        confined = confinement.command(self._bwrap, job.needs, room_mb(job), proc=self.proc)
        with confined as (command, filter_), _file(text) as stdin:
            process = self._opened(command, stdin, filter_)
        with process, self._until_closed(process):
            answer, errors, heavy = watchdog.communicate(process, longest, None if self.proc else _most_kb(job))
        said = errors.decode("utf-8", "replace").strip()[-QUOTED:]
        if not answer.startswith(frames.READY):
            raise SandboxFailed(said or "The sandbox did not start.")
        if said:
            log.warning("The runner of a sandbox broke off: %s", said)
        return [*frames.parse(answer), *([frames.HEAVY] if heavy else [])]

    def _opened(self, command: Sequence[str], stdin: int, filter_: int) -> "subprocess.Popen[bytes]":
        """Raises SandboxFailed after `close`."""
        with self._lock:
            if self._closed:
                raise SandboxFailed(CLOSED)
            process = subprocess.Popen(
                command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[filter_], cwd="/",
                env={"PATH": f"/usr/sbin:/sbin:{os.defpath}"},
            )  # fmt: skip
            self._under_way.add(process)
            return process

    @contextmanager
    def _until_closed(self, process: "subprocess.Popen[bytes]") -> Iterator[None]:
        """What a process answered that may have been killed is not believed. Raises SandboxFailed then."""
        try:
            yield
        finally:
            with self._lock:
                self._under_way.discard(process)
        if self._closed:
            raise SandboxFailed(CLOSED)


def _most_kb(job: Job) -> int:
    """What a whole sandbox may hold: what its programs may, what they share counted twice, and the runner."""
    return (2 * (job.limits.memory_mb + job.toolchain.extra_mb) + RUNNER_MB) * 1024


@cache
def _runner() -> bytes:
    path = Path(__file__).with_name("inside.py")
    return marshal.dumps(compile(path.read_text(), "runner.py", "exec"))


@contextmanager
def _file(data: bytes) -> Iterator[int]:
    """A file in memory that is read from its beginning."""
    descriptor = os.memfd_create("job", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


# --- whether it works here ---


@cache
def detect() -> Sandbox:
    """Bubblewrap if it can run a tiny program here, else a sandbox that says why not."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return NoSandbox(INSTALL.format(what="bubblewrap", package="bubblewrap"))
    try:
        seccomp.program()
    except (ImportError, OSError, RuntimeError):
        return NoSandbox(INSTALL.format(what="libseccomp", package="libseccomp2"))
    return tried(bwrap)


def tried(bwrap: str) -> Sandbox:
    """A container may mask parts of /proc; then the kernel lets nobody mount another one."""
    said = ""
    for proc in (True, False):
        sandbox = Bubblewrap(bwrap, proc=proc)
        tested = sandbox.run(Program("python", "print(6 * 7)"), [Case()], Limits()).outcomes[0]
        if tested.status is Status.OK and tested.stdout == "42\n":
            return sandbox
        said = tested.stderr
    if any(mark in said for mark in NO_NAMESPACES):
        return NoSandbox(FORBIDDEN.format(said=said))
    return NoSandbox(f"Programs cannot be run: bubblewrap does not work here; see docs/sandbox.md. It said: {said}")
