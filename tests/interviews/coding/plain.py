"""Runs the bank's own programs, which are trusted, where there is no sandbox."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from providers.sandbox.base import Case, Language, Limits, Outcome, Program, Ran, Sandbox, Status

BATCH = Path(__file__).with_name("batch.py")
_taking_turns = threading.Lock()


class PlainSandbox(Sandbox):
    """Python's cases are forks of one process that stays, JavaScript's are processes, two at a time; SQL runs here."""

    name = "plain"

    def languages(self) -> Mapping[str, Language]:
        names = ("python", "javascript", "sql") if shutil.which("node") else ("python", "sql")
        return {name: Language(name, name, "") for name in names}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        if program.language == "sql":
            return Ran(None, tuple(_query(program, case) for case in cases))
        with tempfile.TemporaryDirectory() as folder:
            run = _python if program.language == "python" else _javascript
            return Ran(None, run(program, cases, int(limits.cpu_s), folder))


def _python(program: Program, cases: Sequence[Case], seconds: int, folder: str) -> tuple[Outcome, ...]:
    rows = [
        {
            "folder": str(Path(folder, str(number))),
            "stdin": case.stdin,
            "files": {"main.py": program.source, **program.files, **case.files},
        }
        for number, case in enumerate(cases)
    ]
    with _taking_turns:
        interpreter = _interpreter()
        assert interpreter.stdin is not None
        assert interpreter.stdout is not None
        interpreter.stdin.write(json.dumps({"seconds": seconds, "cases": rows}).encode() + b"\n")
        interpreter.stdin.flush()
        answer = interpreter.stdout.readline()
    return tuple(_outcome(*row) for row in json.loads(answer))


@cache
def _interpreter() -> "subprocess.Popen[bytes]":
    """Ends with this process, whose end of the pipe it reads."""
    command = [sys.executable, "-S", "-E", str(BATCH)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _javascript(program: Program, cases: Sequence[Case], seconds: int, folder: str) -> tuple[Outcome, ...]:
    def one(numbered: tuple[int, Case]) -> Outcome:
        number, case = numbered
        own = Path(folder, str(number))
        own.mkdir()
        for name, text in {"main.js": program.source, **program.files, **case.files}.items():
            (own / name).write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["sh", "-c", 'ulimit -t "$0" && exec node main.js', str(seconds)],
            cwd=own,
            input=case.stdin.encode(),
            capture_output=True,
            timeout=120,
            check=False,
            env={"PATH": os.environ["PATH"]},  # certificates named there would make each start three times as long
        )
        return _outcome(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return tuple(pool.map(one, enumerate(cases)))


def _outcome(code: int, stdout: str, stderr: str) -> Outcome:
    if code < 0:
        return Outcome(Status.TIME_LIMIT, code, stdout, stderr)
    return Outcome(Status.RUNTIME_ERROR if code else Status.OK, code, stdout, stderr)


def _query(program: Program, case: Case) -> Outcome:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(program.files.get("setup.sql", ""))
        connection.executescript(case.stdin)
        rows = connection.execute(program.source.strip() or "SELECT 1 WHERE 0").fetchall()
    except sqlite3.Error as error:
        return Outcome(Status.RUNTIME_ERROR, 1, "", str(error))
    finally:
        connection.close()
    lines = ["|".join("NULL" if value is None else str(value) for value in row) for row in rows]
    return Outcome(Status.OK, 0, "\n".join(lines))
