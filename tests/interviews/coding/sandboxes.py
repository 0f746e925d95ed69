"""Sandboxes for tests: one that answers what it is told to, and one that runs trusted programs as they are."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from providers.sandbox.base import Case, Language, Limits, Outcome, Program, Ran, Sandbox, Status, unavailable

NAMES = ("python", "javascript", "typescript", "go", "sql")
Answer = Callable[[Program, Case], Outcome]


def echo(_program: Program, case: Case) -> Outcome:
    return Outcome(Status.OK, 0, case.stdin, time_ms=3, memory_kb=900)


class ScriptedSandbox(Sandbox):
    """`asked` has every program with its cases and limits. `compiled` is what the compiler said, if it ran."""

    name = "scripted"

    def __init__(self, answer: Answer = echo, compiled: Outcome | None = None) -> None:
        self.answer, self.compiled = answer, compiled
        self.asked: list[tuple[Program, list[Case], Limits]] = []

    def languages(self) -> Mapping[str, Language]:
        return {name: Language(name, name, "1") for name in NAMES}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        self.asked.append((program, list(cases), limits))
        if self.compiled is not None and self.compiled.status != Status.OK:
            return Ran(self.compiled, ())
        return Ran(self.compiled, tuple(self.answer(program, case) for case in cases))


class BrokenSandbox(ScriptedSandbox):
    """Has every language, and fails at each run."""

    name = "broken"

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        return unavailable("it broke", cases)


class PlainSandbox(ScriptedSandbox):
    """No sandbox at all: Python and Node run what the tests themselves wrote."""

    name = "plain"
    COMMANDS: Mapping[str, tuple[str, str]] = {"python": (sys.executable, "main.py"), "javascript": ("node", "main.js")}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        return Ran(None, tuple(self._ran(program, case) for case in cases))

    def _ran(self, program: Program, case: Case) -> Outcome:
        command, main = self.COMMANDS[program.language]
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**program.files, **case.files, main: program.source}.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            done = subprocess.run(  # the tests' own programs
                [command, main], cwd=folder, input=case.stdin, capture_output=True, text=True, timeout=20,
                env={"PATH": os.environ["PATH"]}, check=False,
            )  # fmt: skip
        status = Status.RUNTIME_ERROR if done.returncode else Status.OK
        return Outcome(status, done.returncode, done.stdout, done.stderr, 5, 1000)
