"""The small runner's own process, from its start to its end by a signal."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from providers.sandbox import bubblewrap
from providers.sandbox.base import Case, Language, Limits, Outcome, Program, Ran, Sandbox, Status, unavailable
from providers.sandbox.server import Server

SLEEP = f"sleep 97.{os.getpid()}"
ASLEEP = {"language": "bash", "version": "*", "files": [{"content": SLEEP}], "run_timeout": 60_000}
COMMAND = [sys.executable, "-m", "providers.sandbox.server", "--port", "0"]


@contextmanager
def started() -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """The process and where it listens."""
    if (reason := bubblewrap.detect().reason) != "":
        pytest.skip(reason)
    with subprocess.Popen(COMMAND, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            port = next(found[1] for line in process.stderr if (found := re.search(r"on port (\d+)", line)))
            yield process, f"http://127.0.0.1:{port}/api/v2"
        finally:
            process.kill()


def sleeping() -> bool:
    """Whether a program does, as the machine sees it."""
    commands = (path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline"))
    wanted = SLEEP.replace(" ", "\0").encode() + b"\0"
    with suppress(OSError):  # a process that has just ended
        return any(command == wanted for command in commands)
    return sleeping()


def until(*, asleep: bool) -> None:
    end = time.monotonic() + 20
    while sleeping() is not asleep:
        assert time.monotonic() < end
        threading.Event().wait(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_what_runs_and_tells_who_waits_for_it(number: signal.Signals) -> None:
    with started() as (process, url), ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(httpx2.post, f"{url}/execute", json=ASLEEP, timeout=60) for _ in range(2)]
        until(asleep=True)
        process.send_signal(number)
        assert [one.result(30).status_code for one in asked] == [503, 503]
        assert process.wait(20) == 0
        until(asleep=False)


class Stubborn(Sandbox):
    """Says when it is told to close, and ends its runs only when it is let."""

    name = "stubborn"

    def __init__(self) -> None:
        self.begun, self.told, self.let = threading.Event(), threading.Event(), threading.Event()

    def languages(self) -> Mapping[str, Language]:
        return {"bash": Language("bash", "Bash", "5.1")}

    def run(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        self.begun.set()
        self.let.wait(20)
        return unavailable("closed", cases) if program.source != "done" else Ran(None, (Outcome(Status.OK, 0),))

    def close(self) -> None:
        self.told.set()


@contextmanager
def stopping(sandbox: Stubborn, source: str) -> Iterator[tuple[str, Any]]:
    """A server that has begun to stop while a program runs: where it is, and the program's answer to be."""
    server = Server(sandbox, "127.0.0.1", 0, at_once=2)
    url = f"http://127.0.0.1:{server.server_port}/api/v2/execute"
    body = ASLEEP | {"files": [{"content": source}]}
    with server, ThreadPoolExecutor(3) as threads:
        serving = threads.submit(server.serve_forever)
        asked = threads.submit(httpx2.post, url, json=body, timeout=30)
        assert sandbox.begun.wait(20)
        stopped = threads.submit(server.stop)
        assert sandbox.told.wait(20)
        yield url, asked
        sandbox.let.set()
        stopped.result(20)
        serving.result(20)


def test_nothing_new_is_taken_meanwhile() -> None:
    sandbox = Stubborn()
    with stopping(sandbox, "long") as (url, asked):
        refused = httpx2.post(url, json=ASLEEP, timeout=30)
        assert (refused.status_code, refused.json()) == (503, {"message": "The runner stops."})
        sandbox.let.set()
        assert asked.result(20).status_code == 503


def test_a_program_that_came_to_its_end_all_the_same_has_its_result() -> None:
    sandbox = Stubborn()
    with stopping(sandbox, "done") as (_, asked):
        sandbox.let.set()
        assert asked.result(20).json()["runs"][0]["code"] == 0
