"""`manage.py demo`: a simulated candidate takes an interview over the real protocol."""

import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

START_SECONDS = 120
STOP_SECONDS = 15


class Command(BaseCommand):
    help = (
        "A simulated candidate takes an interview, with recorded answers and a camera, on a running server or its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="", help="the server's address; without it, this machine's or a new one")
        parser.add_argument("--speed", type=float, default=1.0, help="1 is real time; 4 is four times as fast")

    def handle(self, *args: Any, url: str, speed: float, **options: Any) -> None:
        from bench.demo.account import DemoFailed
        from bench.demo.run import run

        if not 0.1 <= speed <= settings.MAX_AUDIO_SPEED:
            raise CommandError(f"--speed must be from 0.1 to {settings.MAX_AUDIO_SPEED:g} (MAX_AUDIO_SPEED).")
        with server(url) as address:
            try:
                run(address, speed, settings.DATA_DIR / "demo")
            except* DemoFailed as failed:
                raise CommandError("; ".join(str(error) for error in failed.exceptions)) from None


@contextmanager
def server(url: str) -> Iterator[str]:
    """The address to use: the one given, this machine's server where it is ready, or one started for the demo."""
    local = url or f"http://localhost:{settings.PORT}"
    if url or answers(local):
        yield local
        return
    port, log = free_port(), settings.DATA_DIR / "demo" / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    serve = (sys.executable, "manage.py", "serve", "--prepare", "--host", "127.0.0.1", "--port", str(port))
    with log.open("wb") as output:
        process = subprocess.Popen(serve, cwd=settings.BASE_DIR, stdout=output, stderr=output)
    try:
        wait(f"http://localhost:{port}", process, log)
        yield f"http://localhost:{port}"
    finally:
        stop(process)


def wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _attempt in range(START_SECONDS * 4):
        if answers(url):
            return
        if process.poll() is not None:
            raise CommandError(f"The server did not start; it says why in {log}. Try `make run` first.")
        time.sleep(0.25)
    raise CommandError(f"The server was not ready after {START_SECONDS} s: look at {log}.")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers(url: str) -> bool:
    with suppress(URLError, OSError):
        request = Request(f"{url}/readyz/")  # noqa: S310  # the operator's own address
        with urlopen(request, timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
