"""A real `manage.py serve` in its own process, with its own data folder, database and port."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from filelock import FileLock

ROOT = Path(__file__).parent.parent
READY_SECONDS = 180.0  # one that ended is noticed at once


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def resident(pid: int) -> int:
    """Bytes of memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@dataclass
class LiveServer:
    """Started by `start()`; `kill()` leaves what `kill -9` leaves, `terminate()` is a clean end."""

    folder: Path
    environment: Mapping[str, str]
    arguments: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def log_path(self) -> Path:
        return self.folder / "serve.log"

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]

    def start(self, *, wait: bool = True) -> None:
        # A suite that was started in the background may have been told to ignore Ctrl-C, and a process inherits that.
        arguments = ["env", "--default-signal=INT"]
        arguments += self.command("serve", "--host", "127.0.0.1", "--port", str(self.port), *self.arguments)
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                arguments,
                cwd=ROOT,
                env=dict(self.environment),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                process_group=0,  # as a terminal starts it: a group of its own, which gets Ctrl-C
            )
        if wait:
            self.wait_ready()

    def wait_ready(self) -> dict[str, Any]:
        """The body of `/readyz/` once it says 200; fails with the log when the server ends or takes too long."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            assert self.process is not None
            assert self.process.poll() is None, f"serve ended with {self.process.returncode}:\n{self.log}"
            status, body = self.get("/readyz/")
            if status == 200 or self._misses_only_its_worker(body):
                return body
            time.sleep(0.05)
        raise AssertionError(f"serve was not ready after {READY_SECONDS} s:\n{body}\n{self.log}")

    def _misses_only_its_worker(self, body: Any) -> bool:
        """With Redis a server waits 20 s for a proctoring worker beside it, which tests without children have not."""
        checks = body["checks"] if body and "checks" in body else {}
        waits = {name: said for name, said in checks.items() if said != "ok"}
        return "--no-children" in self.arguments and waits == {"workers": "proctoring is starting."}

    def get(self, path: str) -> tuple[int, Any]:
        """Status, and the body decoded from JSON (as text where it is none); status 0 where nothing listens."""
        return self.request(path)

    def post(self, path: str, data: Any, token: str = "") -> tuple[int, Any]:
        return self.request(path, data, token)

    def request(self, path: str, data: Any = None, token: str = "") -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, decoded(response.read())
        except urllib.error.HTTPError as error:
            return error.code, decoded(error.read())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return 0, None

    def manage(self, *arguments: str) -> str:
        """Run another management command on this server's data; its standard output."""
        result = subprocess.run(
            self.command(*arguments), cwd=ROOT, env=dict(self.environment), capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def terminate(self, seconds: float = 15) -> int:
        """SIGTERM; the exit code."""
        return self.end(signal.SIGTERM, seconds)

    def restart(self) -> None:
        """Start again on the same port and data, after whatever end."""
        if self.process and self.process.poll() is None:
            self.terminate()
        self.start()

    def end(self, number: signal.Signals, seconds: float = 15) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.kill()


def decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")


def environment(folder: Path, extra: Mapping[str, str]) -> dict[str, str]:
    """What a server of a test runs with: its own data, the project's settings, no model downloads, and the plan's
    questions alone, which tests can count."""
    own = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings", "HF_HUB_OFFLINE": "1"}
    own["ADAPTIVE_QUESTIONS"] = "0"
    # Where Python may keep no bytecode, each process compiles every library anew: 7 of the 10 s of a start.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, **own, **extra}


class Databases:
    """Migrates one template database a test run and hands out copies, because migrating takes seconds."""

    def __init__(self, shared: Path) -> None:
        self.shared = shared
        self.postgres = os.environ.get("DATABASE_URL", "")
        self.redis = redis_of_this_worker()
        self.made: list[str] = []

    def prepare(self, folder: Path) -> dict[str, str]:
        """A fresh migrated database for a server with this data folder; the environment that names it."""
        variables = self.empty_redis() if self.redis else {}
        with FileLock(self.shared / "template.lock"):
            return variables | (self.copy_postgres() if self.postgres else self.copy_sqlite(folder))

    def empty_redis(self) -> dict[str, str]:
        with redis.Redis.from_url(self.redis) as client:
            client.flushdb()
        return {"REDIS_URL": self.redis}

    def copy_sqlite(self, folder: Path) -> dict[str, str]:
        template = self.shared / "template"
        if not (template / "viva.sqlite3").exists():
            migrate(environment(template, {}))
        shutil.copyfile(template / "viva.sqlite3", folder / "viva.sqlite3")
        return {}

    def copy_postgres(self) -> dict[str, str]:
        template = f"viva_template_{self.shared.name.replace('-', '_')}"
        if self.run("CREATE DATABASE {}", template):
            migrate(environment(self.shared, {"DATABASE_URL": self.url(template)}))
        name = f"viva_live_{os.getpid()}_{len(self.made)}"
        self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self.run("CREATE DATABASE {} TEMPLATE " + template, name)
        self.made.append(name)
        return {"DATABASE_URL": self.url(name)}

    def run(self, statement: str, name: str) -> bool:
        """False where the database is already there."""
        with psycopg.connect(self.postgres, autocommit=True) as connection:
            try:
                connection.execute(psycopg.sql.SQL(statement).format(psycopg.sql.Identifier(name)))
            except psycopg.errors.DuplicateDatabase:
                return False
            return True

    def url(self, name: str) -> str:
        return urlunsplit(urlsplit(self.postgres)._replace(path=f"/{name}"))

    def drop(self) -> None:
        for name in self.made:
            self.run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def redis_of_this_worker() -> str:
    """Each of several test processes has a numbered Redis database of its own; empty where there is no Redis."""
    url = os.environ.get("REDIS_URL", "")
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")) + 1
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}")) if url and number else url


def migrate(variables: Mapping[str, str]) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=dict(variables), check=True, stdin=subprocess.DEVNULL)
