"""How many interviews one server process carries on one core, beside a consumer that only decodes and runs the VAD.

    python -m bench.capacity [--sockets 60] [--seconds 32] [--rounds 5] [--paced 15] [--share 0.85] [--recorded]

The server is pinned to one core and the load to another. Sockets stream 40 ms frames, four seconds of speech and four
of silence in turn, as fast as they are taken. A "real-time session" is 25 frames a second; sessions are counted
against the processor time that the server used, so that other work on the machine does not change the result. Few
sockets would flatter the bare consumer: its few buffers stay in the processor's caches, as at no server in use.
`--paced` then streams in real time, with `--share` of the bare consumer's sessions at once, and prints how late a ping
is answered; this does depend on what else the machine does. `--recorded` takes each round once more with interviews
that are recorded; the child that makes files of them is left out, because it has cores of its own.
"""

import argparse
import asyncio
import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FRAME_MS = 40
FRAME_BYTES = 1280
FRAMES_PER_SECOND = 1000 // FRAME_MS
PART_S = 4
SPEECH = Path(__file__).parent / "demo" / "answers" / "00.flac"
SERVER_CORE, CLIENT_CORE = 0, 1
MOST_PACED = 1_000
_MASK = b"\x37\xfa\x21\x3d"


def main() -> None:
    arguments = options()
    with tempfile.TemporaryDirectory() as folder:
        count = arguments.sockets * arguments.rounds + MOST_PACED * (arguments.paced > 0)
        server, facts = start_server(Path(folder), count, recorded=count * arguments.recorded)
        try:
            os.sched_setaffinity(0, {CLIENT_CORE})
            asyncio.run(measure(Load(facts, server.pid), arguments))
        finally:
            server.terminate()
            server.wait(10)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sockets", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=32, help="of audio a socket and round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--share", type=float, default=0.85, help="of the bare consumer's sessions, in the real-time run"
    )
    parser.add_argument("--recorded", action="store_true", help="also with interviews that are recorded")
    parser.add_argument("--paced", type=int, default=15, help="seconds of the real-time run; 0 leaves it out")
    return parser.parse_args()


def start_server(folder: Path, interviews: int, recorded: int = 0) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    environment = {**os.environ, "DATA_DIR": str(folder), "MAX_AUDIO_SPEED": "64", "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "bench.capacity_server", str(interviews), str(SERVER_CORE), str(recorded)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    assert server.stdout is not None
    return server, json.loads(server.stdout.readline())


class Load:
    """Sockets to one server."""

    def __init__(self, facts: dict[str, Any], pid: int) -> None:
        self.facts = facts
        self.pid = pid
        self.frames = [masked(frame) for frame in audio_frames()]
        self.interviews = {path: iter(facts[path]["interviews"]) for path in ("viva", "recorded")}

    async def connect(self, path: str, count: int) -> list["Socket"]:
        owner = self.facts["recorded" if path == "recorded" else "viva"]
        sockets = [await Socket.open(self.facts["port"], f"/{path}/?token={owner['token']}") for _ in range(count)]
        if path in self.interviews:
            for socket in sockets:
                number = next(self.interviews[path])
                socket.send(type="create_stream", interview_id=number, resume_id=owner["resume"])
            await asyncio.gather(*(socket.until(b'"kind":"prompt"') for socket in sockets))
        return sockets

    def cpu_s(self) -> float:
        """Processor time that the server has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def flood(self, path: str, sockets: int, seconds: int) -> tuple[float, float]:
        """Real-time sessions by the server's processor time, and by the clock on the wall."""
        opened = await self.connect(path, sockets)
        cpu, wall = self.cpu_s(), time.perf_counter()
        await asyncio.gather(*(socket.flood(self.frames, seconds * FRAMES_PER_SECOND) for socket in opened))
        cpu, wall = self.cpu_s() - cpu, time.perf_counter() - wall
        for socket in opened:
            socket.close()
        return sockets * seconds / cpu, sockets * seconds / wall

    async def pace(self, path: str, sockets: int, seconds: int) -> tuple[list[float], float]:
        """Latencies of pings (s) while so many sockets stream in real time, and the server's load (1.0: one core)."""
        opened = await self.connect(path, sockets)
        cpu, wall = self.cpu_s(), time.perf_counter()
        late = await asyncio.gather(
            *(socket.pace(self.frames, seconds, offset / sockets) for offset, socket in enumerate(opened))
        )
        load = (self.cpu_s() - cpu) / (time.perf_counter() - wall)
        for socket in opened:
            socket.close()
        return [latency for some in late for latency in some], load


class Socket:
    """A client that costs next to nothing: its frames are masked once for all."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def open(cls, port: int, path: str) -> "Socket":
        reader, writer = await connection(port)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = ("Host: localhost", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13")
        request = "\r\n".join([f"GET {path} HTTP/1.1", *lines, f"Sec-WebSocket-Key: {key}", "", ""])
        writer.write(request.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 101 " in head, head
        return cls(reader, writer)

    def send(self, **message: Any) -> None:
        self.writer.write(masked(json.dumps(message).encode()))

    async def until(self, mark: bytes) -> None:
        """Read and forget what comes, up to a message that holds `mark`."""
        tail = b""
        while mark not in tail:
            data = await self.reader.read(65_536)
            assert data, "the server closed the connection"
            tail = tail[-len(mark) :] + data

    async def ping(self) -> float:
        begun = time.perf_counter()
        self.send(type="ping", t=1)
        await self.until(b'"pong"')
        return time.perf_counter() - begun

    async def flood(self, frames: Sequence[bytes], count: int) -> None:
        for number in range(count):
            self.writer.write(frames[number % len(frames)])
            if number % 16 == 0:
                await self.writer.drain()
        await self.ping()

    async def pace(self, frames: Sequence[bytes], seconds: int, offset_s: float) -> list[float]:
        begun = time.perf_counter() + offset_s
        late = []
        for number in range(seconds * FRAMES_PER_SECOND):
            await asyncio.sleep(max(0, begun + number * FRAME_MS / 1000 - time.perf_counter()))
            self.writer.write(frames[number % len(frames)])
            if number % (5 * FRAMES_PER_SECOND) == FRAMES_PER_SECOND:
                late.append(await self.ping())
        return late

    def close(self) -> None:
        self.writer.transport.abort()


async def connection(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """To the server, which may still be starting."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.1)


async def measure(load: Load, arguments: argparse.Namespace) -> None:
    paths = ["bare", "viva", *["recorded"] * arguments.recorded]
    results: dict[str, list[float]] = {path: [] for path in paths}
    await load.flood("bare", arguments.sockets, 2)  # imports and caches
    for round_ in range(arguments.rounds):
        for path, found in results.items():
            by_cpu, by_wall = await load.flood(path, arguments.sockets, arguments.seconds)
            found.append(by_cpu)
            print(f"round {round_ + 1}  {path}: {by_cpu:6.0f} sessions a core ({by_wall:.0f} by the wall clock)")
    bare, viva = statistics.median(results["bare"]), statistics.median(results["viva"])
    print(f"real-time sessions on one core: bare consumer {bare:.0f}, whole interview {viva:.0f} ({viva / bare:.0%})")
    if arguments.recorded:
        kept = statistics.median(results["recorded"])
        print(f"recorded interviews: {kept:.0f} ({kept / viva:.0%} of those that are not)")
    if arguments.paced:
        sockets = min(int(bare * arguments.share), MOST_PACED)
        for path in results:
            late, used = await load.pace(path, sockets, arguments.paced)
            p50, p95 = statistics.median(late) * 1000, statistics.quantiles(late, n=20)[-1] * 1000
            print(f"{sockets} x {path} in real time: load {used:.0%}, ping p50 {p50:.0f} ms, p95 {p95:.0f} ms")


def audio_frames() -> list[bytes]:
    """Eight seconds as client messages: speech, then silence."""
    import av

    resampler = av.AudioResampler("s16", "mono", 16_000)
    with av.open(str(SPEECH)) as file:
        pcm = b"".join(
            bytes(out.planes[0])[: out.samples * 2]
            for frame in file.decode(audio=0)
            for out in resampler.resample(frame)
        )
    part = PART_S * 32_000
    pcm = (pcm * (part // len(pcm) + 1))[:part] + bytes(part)
    frames = [pcm[start : start + FRAME_BYTES] for start in range(0, len(pcm), FRAME_BYTES)]
    return [
        json.dumps({"type": "audio_frame", "audio_data": base64.b64encode(frame).decode(), "end": False}).encode()
        for frame in frames
    ]


def masked(payload: bytes) -> bytes:
    """A client's text frame of the WebSocket protocol (RFC 6455, 5.2)."""
    size = len(payload)
    head = bytes([0x81, 0x80 | size]) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
    key = int.from_bytes(_MASK * (size // 4 + 1), "big") >> (8 * (4 - size % 4))
    return head + _MASK + (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")


if __name__ == "__main__":
    main()
