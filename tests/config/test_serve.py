"""`manage.py serve` as a process: readiness, its bounds, its end."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from config.serve import sockets
from config.serve.requests import MAX_BODY_BYTES
from tests.server import READY_SECONDS, LiveServer, free_port, resident

Start = Callable[..., LiveServer]
TINY = {"DJANGO_SETTINGS_MODULE": "tests.config.socket_settings"}
MEGABYTE = 1024 * 1024


@pytest.fixture
def tiny(start_server: Start) -> LiveServer:
    """A server of the tiny consumers in sockets.py."""
    return start_server("--no-children", **TINY)


@pytest.fixture(scope="module")
def shared(start_shared_server: Start) -> LiveServer:
    """The same, for tests that neither end it nor ask what it has held or written."""
    return start_shared_server("--no-children", **TINY)


def descendants(pid: int) -> set[int]:
    found: set[int] = set()
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # threads come and go
            for child in map(int, listed.read_text().split()):
                found |= {child} | descendants(child)
    return found


def command_of(pid: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def alive(pids: Iterable[int]) -> set[int]:
    """Those that run; a zombie, which only waits to be reaped, has no command line."""
    return {pid for pid in pids if command_of(pid)}


def wait_until(true: Callable[[], object], seconds: float = READY_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.05)


async def close_code(client: ClientConnection) -> int:
    with suppress(ConnectionClosed):
        while True:
            await asyncio.wait_for(client.recv(), 15)
    assert client.close_code is not None
    return client.close_code


def test_it_says_when_it_is_ready(tiny: LiveServer) -> None:
    assert tiny.get("/healthz/") == (200, {"status": "ok"})
    checks = {"database": "ok", "migrations": "ok", "channel_layer": "ok", "workers": "ok"}
    assert tiny.get("/readyz/") == (200, {"status": "ready", "checks": checks})
    assert tiny.get("/readyz")[0] == 200


def test_a_missing_migration_is_named_until_it_is_applied(tiny: LiveServer) -> None:
    tiny.kill()
    tiny.manage("migrate", "proctoring", "0001")
    tiny.start(wait=False)
    wait_until(lambda: tiny.get("/readyz/")[0] == 503)
    _, body = tiny.get("/readyz/")
    assert body["checks"]["migrations"] == "1 migrations are not applied: run manage.py migrate."
    tiny.manage("migrate")
    assert tiny.wait_ready()["status"] == "ready"


def test_messages_of_every_form_come_whole_and_in_order(shared: LiveServer) -> None:
    long = [text * 200 for text in ("a", "è", "语", "🎤")]
    forms: list[str | bytes | list[str]] = [
        "short",
        *long,
        ["in ", "three ", "p" * 300],
        "x" * 70_000,
        b"bytes" * 100,
        *long,
    ]

    async def talk() -> list[str | bytes]:
        async with await connect(f"{shared.ws_url}/ws/echo/") as client:
            for form in forms:
                await client.send(form)
            await client.ping()
            return [await asyncio.wait_for(client.recv(), 15) for _ in forms]

    assert asyncio.run(talk()) == ["".join(form) if isinstance(form, list) else form for form in forms]


@pytest.mark.parametrize("length", [50, 200, 70_000])
def test_what_is_not_utf8_ends_the_connection_with_1007(shared: LiveServer, length: int) -> None:
    async def talk() -> int:
        client = await connect(f"{shared.ws_url}/ws/echo/")
        await client.send(b"x" * length + b"\xff", text=True)
        return await close_code(client)

    assert asyncio.run(talk()) == 1007


def test_sigterm_closes_sockets_with_4012_and_waits_for_their_checkpoints(tiny: LiveServer) -> None:
    async def talk() -> list[int]:
        open_sockets = [await connect(f"{tiny.ws_url}/ws/echo/") for _ in range(3)]
        await open_sockets[0].send("hello")
        assert await open_sockets[0].recv() == "hello"
        tiny.process.terminate()  # type: ignore[union-attr]
        return [await close_code(one) for one in open_sockets]

    assert asyncio.run(talk()) == [4012, 4012, 4012]
    assert tiny.process.wait(60) == 0  # type: ignore[union-attr]
    assert (tiny.folder / "closed-4012").exists()


def test_sigterm_ends_within_seconds_whatever_the_applications_do(tiny: LiveServer) -> None:
    async def talk() -> int:
        stubborn = await connect(f"{tiny.ws_url}/ws/stubborn/")
        tiny.process.terminate()  # type: ignore[union-attr]
        return await close_code(stubborn)

    assert asyncio.run(talk()) == 4012
    assert tiny.process.wait(60) == 0  # type: ignore[union-attr]
    assert "1 connections were not done after 3.0 s: cancelled" in tiny.log


def test_sigterm_without_sockets(tiny: LiveServer) -> None:
    assert tiny.terminate() == 0
    tiny.restart()
    assert tiny.get("/readyz/")[0] == 200


@pytest.mark.parametrize("pace", ["torrent", "drizzle"])
async def test_a_client_that_does_not_read_is_cut(tiny: LiveServer, pace: str) -> None:
    before = resident(tiny.pid)
    reader, writer = await raw_socket(tiny, pace)
    reader._transport.pause_reading()  # type: ignore[attr-defined]  # the kernel's buffers fill, then the server's
    await asyncio.to_thread(wait_until, (tiny.folder / "closed-1006").exists, sockets.STALL_SECONDS + 120)
    assert resident(tiny.pid) - before < 40 * MEGABYTE
    async with connect(f"{tiny.ws_url}/ws/echo/") as other:
        await other.send("still here")
        assert await other.recv() == "still here"
    writer.transport.abort()


async def raw_socket(server: LiveServer, path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A WebSocket connection whose bytes the test reads, or not, by itself."""
    plain = socket.create_connection(("127.0.0.1", server.port))
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader, writer = await asyncio.open_connection(sock=plain, limit=1024)
    key = "dGhlIHNhbXBsZSBub25jZQ=="
    lines = (f"GET /ws/{path}/ HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Upgrade: websocket", "Connection: Upgrade")
    request = "\r\n".join((*lines, f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""))
    writer.write(request.encode())
    assert (await reader.readline()).startswith(b"HTTP/1.1 101")
    return reader, writer


async def test_a_flood_is_slowed_down_and_costs_little_memory(tiny: LiveServer) -> None:
    before = resident(tiny.pid)
    async with connect(f"{tiny.ws_url}/ws/deaf/", close_timeout=0.1, ping_interval=None) as flood:
        assert await bytes_taken(flood) < 100 * MEGABYTE  # of which kernels take up to 32 on each side
        assert resident(tiny.pid) - before < 46 * MEGABYTE
        assert tiny.get("/healthz/")[0] == 200
        flood.transport.abort()


async def bytes_taken(flood: ClientConnection) -> int:
    """How much can be sent before the server takes nothing for 2 s; at most 400 MB."""
    for sent in range(0, 400 * MEGABYTE, 65536):
        try:
            await asyncio.wait_for(flood.send("x" * 65536), 2)
        except TimeoutError:
            return sent
    return 400 * MEGABYTE


async def test_nothing_is_lost_when_reading_was_paused(shared: LiveServer) -> None:
    """More than the queue holds, sent before anything is read: all of it comes back, in order."""
    count = 20 * sockets.MAX_QUEUED_MESSAGES
    async with connect(f"{shared.ws_url}/ws/echo/") as echo:
        sender = asyncio.create_task(send_all(echo, count))
        assert [await echo.recv() for _ in range(count)] == [str(number) for number in range(count)]
        await sender


async def send_all(echo: ClientConnection, count: int) -> None:
    for number in range(count):
        await echo.send(str(number))


async def test_a_message_of_4_mib_passes_and_a_larger_one_closes_the_connection(shared: LiveServer) -> None:
    async with connect(f"{shared.ws_url}/ws/echo/", max_size=None) as echo:
        await echo.send("x" * sockets.MAX_MESSAGE_BYTES)
        assert len(await echo.recv()) == sockets.MAX_MESSAGE_BYTES
        with suppress(ConnectionClosed):
            await echo.send("x" * (sockets.MAX_MESSAGE_BYTES + 1))
        assert await close_code(echo) == 1009


@pytest.mark.parametrize("chunked", [False, True])
def test_a_request_that_is_too_long_is_refused_and_not_kept(tiny: LiveServer, chunked: bool) -> None:
    before = resident(tiny.pid)
    pieces = MAX_BODY_BYTES // MEGABYTE + 1
    connection = HTTPConnection("127.0.0.1", tiny.port, timeout=20)
    headers = {} if chunked else {"Content-Length": str(pieces * MEGABYTE)}
    connection.request("POST", "/healthz/", iter([b"x" * MEGABYTE] * pieces), headers, encode_chunked=chunked)
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["code"]) == (413, "too_large")
    assert resident(tiny.pid) - before < 10 * MEGABYTE
    assert tiny.get("/healthz/")[0] == 200


async def test_the_interview_sockets_refuse_strangers_in_their_own_words(live_server: LiveServer) -> None:
    """The project's own routing, with and without its slash."""
    streaming = "/api/v1/ai/ws/streaming-interview"
    for path in (
        "/ws/webrtc/",
        "/ws/webrtc",
        "/ws/webrtc/?token=bad",
        streaming,
        f"{streaming}/",
        f"{streaming}?token=x",
    ):
        async with connect(live_server.ws_url + path) as stranger:
            assert json.loads(await stranger.recv())["code"] == "unauthenticated"
            assert await close_code(stranger) == 4401


async def test_tokens_stay_out_of_the_log(start_server: Start) -> None:
    server = start_server("--no-children", LOG_LEVEL="DEBUG", **TINY)
    async with connect(f"{server.ws_url}/ws/echo/?token=secret-of-a-person") as echo:
        await echo.send("my own words")
        await echo.recv()
    server.get("/nowhere/?token=secret-of-a-person")
    assert server.terminate() == 0
    assert "secret-of-a-person" not in server.log
    assert "my own words" not in server.log


def test_a_taken_port_is_said_and_fails(start_server: Start) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        server = start_server("--no-children", "--port", str(other.getsockname()[1]), wait=False, **TINY)
        assert server.process.wait(60) == 1  # type: ignore[union-attr]
    assert "Choose another address with HOST and PORT." in server.log


def test_celery_is_a_child_that_is_replaced_when_it_dies(start_server: Start) -> None:
    server = start_server("--without", "speech", "--without", "proctoring", **TINY)
    first = descendants(server.pid)
    children = map(int, Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split())
    (worker,) = (pid for pid in children if "celery" in command_of(pid))
    assert os.getpriority(os.PRIO_PROCESS, worker) == 10
    os.kill(worker, 9)
    wait_until(lambda: server.get("/readyz/")[0] == 503)
    server.wait_ready()
    wait_until(lambda: not alive(first))
    assert descendants(server.pid).isdisjoint(first)
    rest = descendants(server.pid)
    assert server.terminate() == 0
    wait_until(lambda: not alive(rest))


def test_no_child_survives_a_killed_server(start_server: Start) -> None:
    server = start_server("--without", "speech", "--without", "proctoring", **TINY)
    children = descendants(server.pid)
    assert len(children) >= 2  # the worker and what it forked
    server.kill()
    wait_until(lambda: not alive(children))


ORPHAN = """
import os, time
from config import celery
if os.fork():
    os._exit(0)
while os.getppid() == celery.WORKER:
    time.sleep(0.01)
celery.end_with_worker()
os.write(1, b"lives on")
"""


def test_what_a_worker_forked_ends_though_the_worker_is_dead_already() -> None:
    """The kernel tells only of a death to come; the scheduler would live for ever."""
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN], cwd=Path(__file__).parents[2], capture_output=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == (b"", b"")


def test_child_does_not_start_for_a_dead_server(tmp_path: Path) -> None:
    """Between the fork and the request to die with the server, the server may have died."""
    mark = tmp_path / "ran"
    child = Path(sockets.__file__).with_name("child.py")
    done = subprocess.run([sys.executable, str(child), str(free_port() + 100_000), "touch", str(mark)], check=False)
    assert (done.returncode, mark.exists()) == (1, False)
