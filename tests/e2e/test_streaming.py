"""The streaming protocol at a real server: recordings as browsers make them, and others."""

import asyncio
import json
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.e2e.seed import Guest, guests
from tests.providers.webm import recordings
from tests.providers.webm.recordings import block, by_hand, element
from tests.server import LiveServer, resident

Start = Callable[..., LiveServer]
MEGABYTE = 1024 * 1024
HOSTILE = {
    "garbage": recordings.EBML + b"\xff" * MEGABYTE,
    "an endless header": element(recordings.EBML, bytes(MEGABYTE), 3 * 2**30),
    "a block of gigabytes": by_hand(recordings.BLOCK + b"\x01" + b"\x00\x00\x01" + b"\xff" * 4) + bytes(MEGABYTE),
    "no sound": by_hand(block(bytes(20)) * 60, codec=b"A_VORBIS"),
    # Five hours: one is heard within the ten seconds in which it may come too fast.
    "hours in a few bytes": by_hand(block(b"\x1b\x01") * 300_000),
}


def line(server: LiveServer, guest: Guest) -> Any:
    query = f"token={guest.token}&interview_id={guest.interview}"
    return connect(f"{server.ws_url}/api/v1/ai/ws/streaming-interview?{query}", max_size=None)


async def until(socket: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(await socket.recv())
        if message["type"] == kind:
            return message


async def send(socket: ClientConnection, recording: bytes, step: int = 60_000) -> None:
    for start in range(0, len(recording), step):
        data = b64encode(recording[start : start + step]).decode()
        await socket.send(json.dumps({"type": "audio_chunk", "data": data}))


def below(pid: int) -> list[int]:
    """Processes that decode: those below one that was started by the server for it."""
    found = []
    for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        with suppress(FileNotFoundError, ProcessLookupError):  # others come and go
            if b"providers.webm.nursery" in Path(f"/proc/{child}/cmdline").read_bytes():
                found += [child, *map(int, Path(f"/proc/{child}/task/{child}/children").read_text().split())]
    return found


async def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    """Processes end without telling this loop."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # as above
            await asyncio.sleep(0.05)


def all_gone(processes: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in processes)


async def attacked(server: LiveServer, guest: Guest, recording: bytes) -> int:
    """The code the server closes with, or 0 where it goes on after what it had to say."""
    async with line(server, guest) as socket:
        await until(socket, "ai_audio_end")
        try:
            await send(socket, recording)
            await socket.send(json.dumps({"type": "ping", "t": 2}))
            await until(socket, "pong")
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
    return 0


async def test_hostile_recordings_leave_the_server_small_and_others_unharmed(start_server: Start) -> None:
    server = start_server("--no-children", STT_PROVIDER="pocketsphinx", TTS_PROVIDER="none")
    candidates = guests(server, len(HOSTILE) + 1)
    async with line(server, candidates[-1]) as bystander:
        await until(bystander, "ai_audio_end")
        before = resident(server.pid)
        attacks = (attacked(server, *pair) for pair in zip(candidates, HOSTILE.values(), strict=False))
        codes = dict(zip(HOSTILE, await asyncio.gather(*attacks), strict=True))
        await bystander.send(json.dumps({"type": "ping", "t": 1}))
        async with asyncio.timeout(60):
            assert (await until(bystander, "pong"))["t"] == 1
    assert codes == dict.fromkeys(HOSTILE, 0) | {"hours in a few bytes": 4429}
    assert resident(server.pid) - before < 40 * MEGABYTE
    await wait_for(lambda: len(below(server.pid)) == 1)
    assert "Traceback" not in server.log


async def test_a_killed_server_takes_its_processes_along_and_the_interview_goes_on(start_server: Start) -> None:
    server = start_server("--no-children", STT_PROVIDER="pocketsphinx", TTS_PROVIDER="none")
    (guest,) = guests(server, 1)
    async with line(server, guest) as socket:
        await until(socket, "ai_audio_end")
        prompt = await until(socket, "ai_transcript_chunk")
        await send(socket, by_hand(block(b"\xf8\xff\xfe") * 50))
        await wait_for(lambda: len(below(server.pid)) == 2)
        processes = below(server.pid)
        server.kill()
    await wait_for(lambda: all_gone(processes))
    server.restart()
    async with line(server, guest) as socket:
        assert (await until(socket, "ai_transcript_chunk"))["text"] == prompt["text"]
        await socket.send(json.dumps({"type": "end_interview"}))
        ended = await until(socket, "interview_ended")
    assert [one["text"] for one in ended["conversation"]] == [prompt["text"]]
