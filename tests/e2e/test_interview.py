"""One whole interview over a real process tree: recorded speech through the real VAD and recogniser, to the report."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bench.demo import summary
from bench.demo.account import POSITION, Account
from bench.demo.room import Room
from tests.e2e import seed
from tests.e2e.candidate import SPEED, until
from tests.server import ROOT, LiveServer

Start = Callable[..., LiveServer]
Message = dict[str, Any]
TWO_PEOPLE = Path(__file__).parent.parent / "fixtures" / "faces" / "two_people.jpg"
RESUME = ROOT / "bench" / "demo" / "resume.pdf"
PATIENT = 300  # seconds; a machine with other work to do recognises slowly
QUESTIONS = 3
STAGES = ["intro", "question", "code"]


class Visit:
    """A simulated candidate's way through the interview; `log` is all that the room was told."""

    def __init__(self, http: aiohttp.ClientSession, server: LiveServer) -> None:
        self.account = Account(http, server.url)
        self.log: list[Message] = []
        self.spoken: list[int] = []
        self.code: int | None = None
        self.resume = self.interview = ""

    async def prepare(self) -> None:
        await self.account.sign_up()
        self.resume = await self.account.upload(RESUME.read_bytes(), RESUME.name)
        position = {**POSITION, "resume_id": self.resume}
        self.interview = (await self.account.call("POST", "/interviews/create/", json=position))["id"]

    async def take(self, ws_url: str) -> None:
        url = f"{ws_url}/ws/webrtc/?token={self.account.token}"
        async with self.account.http.ws_connect(url, max_msg_size=0) as socket:
            room = Room(socket, SPEED, TWO_PEOPLE.read_bytes(), self.log.append)
            await room.take(self.interview, self.resume)
        self.spoken, self.code = room.spoken, socket.close_code

    def of(self, kind: str) -> list[Message]:
        return [message for message in self.log if message["type"] == kind]


@pytest.mark.storage
@pytest.mark.timeout(PATIENT)
async def test_an_interview_from_signing_up_to_the_report(start_server: Start) -> None:
    server = start_server(STT_PROVIDER="pocketsphinx", TTS_PROVIDER="espeak")
    recruiter = seed.recruiter(server)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as http:
        visit = Visit(http, server)
        await visit.prepare()
        seed.shorten(server, visit.interview, QUESTIONS)
        await watched(visit)
        await visit.take(server.ws_url)
        record = await visit.account.call("GET", f"/api/v1/interviews/{visit.interview}/")
        report = await visit.account.report(visit.resume, visit.interview)
        visit.account.token = recruiter
        events = await visit.account.call("GET", f"/api/v1/interviews/{visit.interview}/events/")
    took_its_course(visit)
    was_understood(visit, record)
    was_seen(visit, events["events"])
    assert (report["status"], record["status"]) == ("ready", "completed")
    assert report["overall"] is not None
    assert "Traceback" not in server.log


async def watched(visit: Visit) -> None:
    """Wait until camera frames are looked at: with Redis by a worker that takes its time to be found."""

    async def at_work() -> bool:
        status = await visit.account.call("GET", "/api/ai/models/status/")
        return bool(status["models"]["proctoring"]["ready"])

    await until(at_work, "proctoring", 90)


def took_its_course(visit: Visit) -> None:
    """Phases in their order, every question once, nothing numbered twice, and a clean end."""
    messages = visit.of("interview_message")
    phases = [message["phase"] for message in messages]
    assert phases == sorted(phases, key=STAGES.index)
    assert set(phases) == set(STAGES)
    assert [message["kind"] for message in messages][:4] == ["greeting", "prompt", "notice", "question"]
    questions = [message["question_number"] for message in messages if message["kind"] == "question"]
    assert questions == list(range(1, QUESTIONS + 1))
    numbers = [message["seq"] for message in visit.log if "seq" in message and message["type"] != "editor_ack"]
    assert numbers == list(range(1, len(numbers) + 1))
    assert (visit.log[-1]["type"], visit.of("error")) == ("interview_complete", [])


def was_understood(visit: Visit, record: Message) -> None:
    """Every prompt was answered by voice, and the recogniser understood most words."""
    turns = [turn for turn in record["transcript"] if turn["kind"] != "task"]
    assert [turn["outcome"] for turn in turns] == ["answered"] * len(turns)
    assert len(visit.spoken) == len(turns)
    assert summary.word_error_rate(visit.spoken, [turn["answer"] for turn in turns]) <= 0.35
    assert {said["engine"] for turn in turns for said in turn["utterances"]} == {"pocketsphinx"}


def was_seen(visit: Visit, events: list[Message]) -> None:
    """Two people before the camera: the candidate is told once, and there is one event with what they were told."""
    told = [message for message in visit.of("cheat_detected") if message["signal"] == "multiple_faces"]
    rows = [event for event in events if event["signal"] == "multiple_faces"]
    assert [message["event_id"] for message in told] == [event["event_id"] for event in rows]
    assert len(rows) == 1
    assert (rows[0]["source"], rows[0]["detail"]["faces"], rows[0]["text"]) == ("vision", 2, told[0]["text"])
