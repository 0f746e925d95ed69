"""Time is audio time: the same recording, streamed twice as fast, gives the same interview."""

from collections.abc import Callable
from typing import Any

import aiohttp

from bench.demo import run
from bench.demo.account import POSITION, Account
from bench.demo.room import Room
from tests.e2e import seed
from tests.server import LiveServer

QUESTIONS = 2
SPEEDS = 4, 7


async def interviewed(http: aiohttp.ClientSession, server: LiveServer, speed: float) -> list[dict[str, Any]]:
    """A new candidate with the demo's resume, position and voice; the transcript."""
    account = Account(http, server.url)
    await account.sign_up()
    resume = await account.upload(run.RESUME.read_bytes(), run.RESUME.name)
    created = await account.call("POST", "/interviews/create/", json={**POSITION, "resume_id": resume})
    interview = created["id"]
    seed.shorten(server, interview, QUESTIONS)
    async with http.ws_connect(f"{server.ws_url}/ws/webrtc/?token={account.token}", max_msg_size=0) as socket:
        await Room(socket, speed, run.FACE.read_bytes(), lambda message: None).take(interview, resume)
    transcript: list[dict[str, Any]] = (await account.call("GET", f"/api/v1/interviews/{interview}/"))["transcript"]
    return transcript


async def test_the_same_transcript_phases_and_questions_at_two_speeds(start_server: Callable[..., LiveServer]) -> None:
    server = start_server("--without", "proctoring", STT_PROVIDER="pocketsphinx", TTS_PROVIDER="espeak")
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as http:
        one, other = [[told(turn) for turn in await interviewed(http, server, speed)] for speed in SPEEDS]
    spoken, code = one[:3], one[3:]
    assert [phase for phase, *_ in spoken] == ["intro", "question", "question"]
    assert all(answer for _, _, answer, _ in spoken)
    assert spoken == other[:3]
    # What is asked about the code depends on whether its tests are done by then, which is no audio time.
    assert len(code) >= 3
    assert code[0] == other[3]
    assert {phase for phase, *_ in (*code, *other[3:])} == {"code"}


def told(turn: dict[str, Any]) -> tuple[str, str, str, str]:
    return turn["phase"], turn["prompt"], turn["answer"], turn["outcome"]
