"""SIGTERM, and Ctrl-C in a terminal, with open interviews: all is kept, everybody is told to come back."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import pytest

from tests.e2e.candidate import Candidate, candidates, recorded, word_error_rate
from tests.e2e.seed import guests
from tests.server import LiveServer

Start = Callable[..., LiveServer]
BAD_SIGNS = ("Traceback", "without a checkpoint", "KeyboardInterrupt")


def to_the_server(server: LiveServer) -> None:
    os.kill(server.pid, signal.SIGTERM)


def to_the_whole_group(server: LiveServer) -> None:
    """What a terminal does at Ctrl-C."""
    os.killpg(server.pid, signal.SIGINT)


async def talks_faster_than_anybody_can_recognise(candidate: Candidate) -> None:
    """Every queue between the socket and the recogniser is full, until the server ends the connection."""
    with suppress(ConnectionError, aiohttp.ClientError):
        for frame in recorded("payments", "index", "leak") * 8:
            candidate.frames.append(frame)
            await candidate.send_frame(len(candidate.frames))


@pytest.mark.parametrize(
    ("ask_to_end", "without"),
    [(to_the_server, ("--without", "celery")), pytest.param(to_the_whole_group, (), marks=pytest.mark.storage)],
)
async def test_open_interviews_are_kept_and_taken_up_again(
    start_server: Start, ask_to_end: Callable[[LiveServer], None], without: tuple[str, ...]
) -> None:
    server = start_server(*without, STT_PROVIDER="pocketsphinx")
    async with candidates(server, guests(server, 3)) as everybody:
        writing, speaking, busy = everybody
        await writing.enter(input="text")
        await writing.introduce()
        for one in (speaking, busy):
            await one.enter()
            await one.line.next("interview_message", kind="prompt")
        await speaking.speak(recorded("introduction"))
        await speaking.line.next("asr_result", final=True)
        queue = recorded("queue")
        await speaking.speak(queue[: len(queue) // 2])
        await speaking.line.next("asr_result", final=False)
        flood = asyncio.create_task(talks_faster_than_anybody_can_recognise(busy))
        await busy.line.next("asr_result")

        left = {id(one): one.seconds_left for one in everybody}
        asked = time.monotonic()
        ask_to_end(server)
        assert [await one.line.closed() for one in everybody] == [4012] * 3
        ending = time.monotonic() - asked
        await asyncio.wait([flood])
        assert server.process is not None
        assert await asyncio.to_thread(server.process.wait, 60) == 0
        assert [sign for sign in BAD_SIGNS if sign in server.log] == []

        server.start()
        speaking.frames += queue[len(queue) // 2 :]
        for one in everybody:
            created = await one.enter(input="text" if one is writing else "voice")
            assert (created["resumed"], created["state"]["phase"]) == (True, one.prompt["phase"])
            assert -ending - 2 <= created["state"]["seconds_left"] - left[id(one)] <= 2
        await speaking.speak_again()
        await speaking.line.next("asr_result", final=True)
        said = await speaking.said()
        assert (len(said), word_error_rate(["introduction", "queue"], " ".join(said)) <= 0.35) == (2, True)
        for one in everybody:
            await one.check_nothing_lost_nothing_twice()
