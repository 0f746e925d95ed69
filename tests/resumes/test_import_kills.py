"""Real kills in the middle of an import: it goes on, and has each file exactly once."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from tests.server import Databases, LiveServer, environment

FILES = 60
#: The workers' sign of life becomes old without anybody waiting for it.
AGE = """
from datetime import timedelta
from resumes.models import ImportBatch
for batch in ImportBatch.objects.filter(status="running"):
    batch.moved_at -= timedelta(minutes=1)
    batch.save(update_fields=["moved_at"])
"""
TELL = """
import json
from collections import Counter
from django.core.files.storage import default_storage
from resumes.models import ImportBatch, ImportItem, Resume
batch = ImportBatch.objects.get()
print(json.dumps({
    "status": batch.status,
    "counts": [batch.total, batch.done, batch.duplicates, batch.failed],
    "items": Counter(ImportItem.objects.values_list("status", flat=True)),
    "resumes": Counter(Resume.objects.values_list("status", flat=True)),
    "contents": len(set(Resume.objects.values_list("sha256", flat=True))),
    "unread": [name for name in Resume.objects.values_list("file", flat=True) if not default_storage.exists(name)],
}))
"""
COUNT = """
from resumes.models import ImportItem
print(ImportItem.objects.filter(status="done").count())
"""
#: Runs code that comes as a line of JSON, and says where its answer ends.
END = "that is all\n"
ASKED = f"""
import json, sys
for line in sys.stdin:
    exec(json.loads(line), {{}})
    print({END!r}, end="", flush=True)
"""
WHOLE = {
    "status": "finished",
    "counts": [FILES, FILES, 0, 0],
    "items": {"done": FILES},
    "resumes": {"parsed": FILES},
    "contents": FILES,
    "unread": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cvs"
    folder.mkdir()
    for number in range(FILES):
        text = f"Person{number} Lee\nEmail: p{number}@example.org\n\nSkills\nPython, Django\n"
        (folder / f"{number:03}.txt").write_text(text)
    return folder


def told(server: LiveServer) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(server.manage("shell", "--verbosity", "0", "-c", TELL).splitlines()[-1])
    return answer


def killed(server: LiveServer, ask: Callable[[str], str], done: int, *arguments: str) -> None:
    """Run the command and kill it when it has done so many files: somewhere in the next."""
    process = subprocess.Popen(
        server.command("import_resumes", *arguments),
        cwd=Path(__file__).parents[2],
        env=dict(server.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while int(ask(COUNT)) < done:
        assert process.poll() is None, "it was over before"
    process.kill()
    process.wait()


@contextmanager
def open_shell(server: LiveServer) -> Iterator[Callable[[str], str]]:
    """One shell for many questions, as starting one takes seconds: `ask(code)` runs the code and is what it prints."""
    shell = subprocess.Popen(
        server.command("shell", "--verbosity", "0", "-c", ASKED),
        cwd=Path(__file__).parents[2],
        env=dict(server.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert shell.stdin is not None
    assert shell.stdout is not None
    tells, asks = shell.stdout, shell.stdin

    def ask(code: str) -> str:
        asks.write(json.dumps(code) + "\n")
        asks.flush()
        lines = list(takewhile(lambda line: line not in {END, ""}, tells))
        return "".join(lines)

    with shell:
        yield ask
        asks.close()


@pytest.mark.timeout(400)
def test_the_command_is_killed_at_several_points(tmp_path: Path, server_databases: Databases, folder: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    server = LiveServer(data, environment(data, server_databases.prepare(data)))
    with open_shell(server) as ask:
        killed(server, ask, 1, str(folder))
        assert json.loads(ask(TELL))["status"] == "running"
        for done in (15, 30):
            ask(AGE)
            killed(server, ask, done)
        ask(AGE)
        server.manage("import_resumes")
        assert json.loads(ask(TELL)) == WHOLE
    assert "No import was broken off." in server.manage("import_resumes")


def test_the_server_is_killed_in_the_middle(start_server: Callable[..., LiveServer], folder: Path) -> None:
    server = start_server("--without", "proctoring", STT_PROVIDER="none", TTS_PROVIDER="none")
    server.manage("import_resumes", str(folder), "--detach")
    while sum(told(server)["counts"][1:]) == 0:
        pass
    server.kill()
    server.manage("shell", "-c", AGE)
    before = told(server)
    server.restart()
    while told(server)["status"] != "finished":
        pass
    assert told(server) == WHOLE
    assert before["counts"][0] == FILES
