"""One candidate's interview beside clients that send rubbish or do not read: it notices nothing of them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import aiohttp

from tests.config.test_serve import raw_socket
from tests.e2e.candidate import PATIENCE, Candidate, candidates, recorded, word_error_rate
from tests.e2e.seed import guests
from tests.server import LiveServer

RUBBISH = ("{", "[]", "null", '{"type": "x"}', '{"type": "audio_frame", "audio_data": "%"}', "\x00" * 1000, "é" * 9999)


@asynccontextmanager
async def beside(*neighbours: "asyncio.Future[None]") -> AsyncIterator[None]:
    try:
        yield
        assert [one.done() for one in neighbours] == [False] * len(neighbours)
    finally:
        for one in neighbours:
            one.cancel()
        await asyncio.wait(neighbours)


async def talks_rubbish(candidate: Candidate, cut: asyncio.Event) -> None:
    """Twenty errors in a row end a connection; then comes the next one."""
    while True:
        await candidate.enter()
        with suppress(ConnectionError, aiohttp.ClientError):
            while candidate.line.code is None:
                for rubbish in RUBBISH:
                    await candidate.line.socket.send_str(rubbish)
                await candidate.line.socket.send_bytes(b"\xff" * 64)
        assert await candidate.line.closed() in (4400, 1006)  # 1006: it still wrote when the server had gone
        cut.set()


async def never_reads(candidate: Candidate, cut: asyncio.Event) -> None:
    """Asks for answers without end and takes none; a cut connection is made again.

    The kernel takes 4 MB of answers before the server notices: with short ones that alone was half a minute.
    """
    ping = json.dumps({"type": "ping", "t": "\U0001f642" * 64}, ensure_ascii=False).encode()
    frame = b"\x81\xfe" + len(ping).to_bytes(2, "big") + bytes(4) + ping  # masked by zeros
    while True:
        path = f"webrtc/?token={candidate.guest.token}&path="  # which takes the slash that follows
        reader, writer = await raw_socket(candidate.server, path)
        reader._transport.pause_reading()  # type: ignore[attr-defined]
        with suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(frame * 50)
                await writer.drain()
        cut.set()


async def test_an_interview_beside_bad_neighbours(start_server: Callable[..., LiveServer]) -> None:
    server = start_server("--without", "celery", "--without", "proctoring", STT_PROVIDER="pocketsphinx")
    async with candidates(server, guests(server, 3)) as (candidate, rude, deaf):
        ends = asyncio.Event(), asyncio.Event()
        bad = [asyncio.ensure_future(talks_rubbish(rude, ends[0])), asyncio.ensure_future(never_reads(deaf, ends[1]))]
        async with beside(*bad):
            await candidate.enter()
            await candidate.line.next("interview_message", kind="prompt")
            await candidate.speak(recorded("introduction"))
            heard = await candidate.line.next("asr_result", final=True)
            assert word_error_rate(["introduction"], heard["text"]) <= 0.35
            await candidate.line.send("ping", t=1)
            await candidate.line.next("pong", t=1)
            await candidate.line.send("control", action="answer_done")
            await candidate.line.next("interview_message", kind="question", question_number=1)
            await asyncio.wait_for(asyncio.gather(*(end.wait() for end in ends)), PATIENCE)
            await candidate.finish()
        await candidate.check_nothing_lost_nothing_twice()
        assert "A client did not read" in server.log
        assert "Traceback" not in server.log
