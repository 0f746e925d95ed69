"""Piston's HTTP interface in front of bubblewrap: for a machine or container that does nothing else.

    python -m providers.sandbox.server [--host 0.0.0.0] [--port 2000] [--at-once 1]

It knows no database, no key and no candidate. It has no password either: only the server may reach it. What it takes
and answers is said in `providers.sandbox.piston`. SIGTERM and SIGINT end what runs; until each request has its answer,
new ones get 503.
"""

import argparse
import json
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from providers.sandbox import bubblewrap
from providers.sandbox.base import Case, Limits, Outcome, Program, Ran, Sandbox, Status
from providers.sandbox.piston import NAMES

log = logging.getLogger(__name__)
MOST_BYTES = 8 * 1024 * 1024  # of a request
MOST_WAITING = 64
MOST_CASES = 100
MOST_CPU_MS = 60_000
MOST_WALL_MS = 300_000
MOST_MEMORY = 1024 * 1024 * 1024
SOCKET_S = 30.0  # how long a request may take to arrive
LAST_WORDS_S = 5.0  # for the answers to what was broken off
STATUSES = {Status.TIME_LIMIT: "TO", Status.OUTPUT_LIMIT: "OL", Status.MEMORY_LIMIT: "SG"}
KEYS: dict[str, str] = {name: key for key, name in NAMES.items()}


class Refused(ValueError):
    """The request cannot be carried out; the message is for whoever sent it."""


class Busy(Exception):
    """Not now. The message is for whoever sent the request."""


WAITING = "Too many programs wait: try again."
STOPPING = "The runner stops."


class Runner:
    """So many programs at once, the rest in line."""

    def __init__(self, sandbox: Sandbox, at_once: int) -> None:
        self.sandbox = sandbox
        self._room = threading.Semaphore(at_once)
        self._places = threading.BoundedSemaphore(at_once + MOST_WAITING)
        self._stopping = threading.Event()
        self._requests = 0
        self._change = threading.Condition()

    @contextmanager
    def request(self) -> Iterator[None]:
        """For which `stop` waits, until it is answered."""
        with self._change:
            self._requests += 1
        try:
            yield
        finally:
            with self._change:
                self._requests -= 1
                self._change.notify_all()

    def stop(self) -> None:
        """Takes nothing more and breaks off what runs; returns when that was told to all who wait for it."""
        self._stopping.set()
        self.sandbox.close()
        with self._change:
            self._change.wait_for(lambda: self._requests == 0, LAST_WORDS_S)

    def runtimes(self) -> list[dict[str, Any]]:
        return [
            {"language": NAMES.get(one.key, one.key), "version": one.version, "aliases": [one.key], "cases": True}
            for one in self.sandbox.languages().values()
        ]

    def execute(self, body: Any) -> dict[str, Any]:
        """Raises Refused, Busy."""
        program, cases, limits = asked(body)
        if program.language not in self.sandbox.languages():
            raise Refused("This runtime is unknown here: GET /api/v2/runtimes lists those that are not.")
        ran = self._in_turn(program, cases, limits)
        answer: dict[str, Any] = {"language": body["language"], "version": body.get("version", "*")}
        if ran.compiled is not None:
            answer["compile"] = stage(ran.compiled, limits)
        runs = [stage(one, limits) for one in ran.outcomes]
        return {**answer, "run": runs[0] if runs else None, "runs": runs}

    def _in_turn(self, program: Program, cases: Sequence[Case], limits: Limits) -> Ran:
        if not self._places.acquire(blocking=False):
            raise Busy(WAITING)
        try:
            with self._room:
                if self._stopping.is_set():
                    raise Busy(STOPPING)
                ran = self.sandbox.run(program, cases, limits)
        finally:
            self._places.release()
        if self._stopping.is_set() and any(one.status is Status.UNAVAILABLE for one in ran.outcomes):
            raise Busy(STOPPING)
        return ran


def asked(body: Any) -> tuple[Program, list[Case], Limits]:
    """Raises Refused."""
    if not isinstance(body, dict) or not isinstance(body.get("language"), str):
        raise Refused("`language` is to be a name.")
    files = _files(body.get("files"))
    if not files:
        raise Refused("`files` holds no program.")
    rows = body.get("cases", [{**body, "files": []}])
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_CASES:
        raise Refused(f"`cases` is to be a list of 1 to {MOST_CASES}.")
    (_, source), *rest = files.items()
    language: str = body["language"]
    return Program(KEYS.get(language, language), source, dict(rest)), [_case(row) for row in rows], _limits(body)


def _case(row: Any) -> Case:
    if not isinstance(row, dict):
        raise Refused("A case is to be an object.")
    stdin, args = row.get("stdin", ""), row.get("args", [])
    if not isinstance(stdin, str) or not isinstance(args, list) or not all(isinstance(one, str) for one in args):
        raise Refused("`stdin` is to be a text and `args` a list of texts.")
    return Case(stdin, _files(row.get("files", [])), tuple(args))


def _files(rows: Any) -> dict[str, str]:
    if not isinstance(rows, list):
        raise Refused("`files` is to be a list.")
    found: dict[str, str] = {}
    for number, row in enumerate(rows):
        name, content = (
            (row.get("name", f"file{number}"), row.get("content")) if isinstance(row, dict) else (None, None)
        )
        if not isinstance(name, str) or not isinstance(content, str) or not _plain(name):
            raise Refused("A file is to have a plain `name` and a `content`.")
        found[name] = content
    return found


def _plain(name: str) -> bool:
    return 0 < len(name) <= 100 and "/" not in name and "\0" not in name and name not in {".", ".."}


def _limits(body: Mapping[str, Any]) -> Limits:
    usual = Limits()
    wall_ms = _number(body, "run_timeout", round(usual.patience_s * 1000), MOST_WALL_MS)
    cpu_ms = _number(body, "run_cpu_time", min(wall_ms, MOST_CPU_MS), MOST_CPU_MS)
    memory = _number(body, "run_memory_limit", usual.memory_mb * 1024 * 1024, MOST_MEMORY)
    return Limits(cpu_s=cpu_ms / 1000, wall_s=wall_ms / 1000, memory_mb=max(memory // (1024 * 1024), 1))


def _number(body: Mapping[str, Any], name: str, usual: int, most: int) -> int:
    value = body.get(name, usual)
    if value == -1:  # Piston's "no limit of its own"
        return usual
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
        raise Refused(f"{name} cannot exceed the configured limit of {most}.")
    return value


def stage(outcome: Outcome, limits: Limits) -> dict[str, Any]:
    """One stage of Piston's answer."""
    code = outcome.exit_code
    killed = outcome.status in STATUSES or (code is not None and code < 0)
    full = outcome.status is Status.MEMORY_LIMIT
    return {
        "stdout": outcome.stdout,
        "stderr": outcome.stderr,
        "output": outcome.stdout + outcome.stderr,
        "code": None if killed or code is None else code,
        "signal": _signal(code) if killed else None,
        "status": STATUSES.get(outcome.status, "SG" if killed else "RE" if code else None),
        "cpu_time": outcome.time_ms,
        "memory": max(outcome.memory_kb, full * limits.memory_mb * 1024) * 1024,
    }


def _signal(code: int | None) -> str:
    try:
        return signal.Signals(-(code or -signal.SIGKILL)).name
    except ValueError:
        return signal.SIGKILL.name


class Handler(BaseHTTPRequestHandler):
    """The two calls of the interface."""

    runner: Runner
    protocol_version = "HTTP/1.1"
    timeout = SOCKET_S

    def do_GET(self) -> None:
        if self.path.rstrip("/") == "/api/v2/runtimes":
            self._answer(HTTPStatus.OK, self.runner.runtimes())
        else:
            self._answer(HTTPStatus.NOT_FOUND, {"message": "GET /api/v2/runtimes, POST /api/v2/execute"})

    def do_POST(self) -> None:
        if self.path.rstrip("/") != "/api/v2/execute":
            self._answer(HTTPStatus.NOT_FOUND, {"message": "GET /api/v2/runtimes, POST /api/v2/execute"})
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            self.close_connection = True  # what it sends is not read
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"message": f"At most {MOST_BYTES} bytes."})
            return
        data = self.rfile.read(int(length))
        with self.runner.request():
            self._execute(data)

    def _execute(self, data: bytes) -> None:
        try:
            self._answer(HTTPStatus.OK, self.runner.execute(json.loads(data)))
        except Refused as error:
            self._answer(HTTPStatus.BAD_REQUEST, {"message": str(error)})
        except (ValueError, RecursionError):
            self._answer(HTTPStatus.BAD_REQUEST, {"message": "The body is to be JSON."})
        except Busy as error:
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, {"message": str(error)})

    def _answer(self, status: HTTPStatus, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing: a line a request says nothing that the caller's log does not."""


class Server(ThreadingHTTPServer):
    """Bound, and not yet serving."""

    def __init__(self, sandbox: Sandbox, host: str, port: int, at_once: int) -> None:
        self.runner = Runner(sandbox, at_once)
        super().__init__((host, port), type("BoundHandler", (Handler,), {"runner": self.runner}))

    def stop(self) -> None:
        """Ends `serve_forever`, from another thread than that one's. Meanwhile new requests are answered."""
        self.runner.stop()
        self.shutdown()


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs programs for others, as Piston does.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    sandbox = bubblewrap.detect()
    if sandbox.reason:
        log.error("%s", sandbox.reason)
        return 1
    with Server(sandbox, options.host, options.port, options.at_once) as server:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=server.stop).start())
        log.info("programs in %s are run on port %d", ", ".join(sandbox.languages()), server.server_port)
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
