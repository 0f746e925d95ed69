"""Runs the bank's own programs, which are trusted, where there is no sandbox."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from providers.sandbox.base import Case, Language, Limits, Outcome, Program, Ran, Sandbox, Status

BATCH = Path(__file__).with_name("batch.py")


class PlainSandbox(Sandbox):
    """Python's cases are forks of one process, JavaScript's are processes, two at a time; SQL runs in this one."""

    name = "plain"

    def languages(self) -> Mapping[str, Language]:
        names = ("python", "javascript", "sql") if shutil.which("node") else ("python", "sql")
        return {name: Language(name, name, "") for name in names}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        if program.language == "sql":
            return Ran(None, tuple(_query(program, case) for case in cases))
        with tempfile.TemporaryDirectory() as folder:
            run = _python if program.language == "python" else _javascript
            return Ran(None, run(program, cases, int(limits.cpu_s) + 1, folder))


def _python(program: Program, cases: Sequence[Case], seconds: int, folder: str) -> tuple[Outcome, ...]:
    rows = [
        {
            "folder": str(number),
            "stdin": case.stdin,
            "files": {"main.py": program.source, **program.files, **case.files},
        }
        for number, case in enumerate(cases)
    ]
    Path(folder, "cases.json").write_text(json.dumps({"seconds": seconds, "cases": rows}), encoding="utf-8")
    command = [sys.executable, "-S", "-E", str(BATCH)]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=True)
    return tuple(_outcome(*row) for row in json.loads(done.stdout))


def _javascript(program: Program, cases: Sequence[Case], seconds: int, folder: str) -> tuple[Outcome, ...]:
    def one(numbered: tuple[int, Case]) -> Outcome:
        number, case = numbered
        own = Path(folder, str(number))
        own.mkdir()
        for name, text in {"main.js": program.source, **program.files, **case.files}.items():
            (own / name).write_text(text, encoding="utf-8")
        done = subprocess.run(
            ["node", "main.js"],
            cwd=own,
            input=case.stdin.encode(),
            capture_output=True,
            timeout=120,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)),
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
