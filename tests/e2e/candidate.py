"""A candidate's client that outlives its server: it keeps what it was told and comes back with `last_seq`."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import av
import jiwer

from bench.demo.audio import FRAME, SILENCE
from tests.e2e.seed import Guest
from tests.server import LiveServer

Message = dict[str, Any]
PATIENCE = 120.0  # for what is true at once on an idle machine
SPEED = 6
SPEECH = Path(__file__).parent.parent / "fixtures" / "speech"
SPOKEN = dict(line.split("\t") for line in (SPEECH / "answers.tsv").read_text().splitlines())


def recorded(*names: str) -> list[bytes]:
    """Recordings one after the other, a second of silence around each, as 40 ms frames."""
    pause = [SILENCE] * 25
    return [frame for name in names for frame in [*pause, *_frames(name), *pause]]


def _frames(name: str) -> list[bytes]:
    with av.open(str(SPEECH / f"{name}.flac")) as source:
        pcm = b"".join(bytes(frame.to_ndarray().tobytes()) for frame in source.decode(audio=0))
    pcm += bytes(-len(pcm) % FRAME)
    return [pcm[start : start + FRAME] for start in range(0, len(pcm), FRAME)]


def word_error_rate(names: Iterable[str], heard: str) -> float:
    plain = jiwer.Compose([jiwer.ToLowerCase(), jiwer.RemovePunctuation()])
    return float(jiwer.wer(plain(" ".join(SPOKEN[f"{name}.flac"] for name in names)), plain(heard)))


async def until(true: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not await true():
        assert time.monotonic() < deadline, f"{what} did not come true in {seconds} s"
        await asyncio.sleep(0.1)


class Line:
    """One connection. `log` is everything that came over it; `code` how it was closed, once it was."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, told: Callable[[Message], None]) -> None:
        self.socket = socket
        self.log: list[Message] = []
        self.code: int | None = None
        self._told = told
        self._taken = 0
        self._news = asyncio.Event()
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            self.log.append(json.loads(message.data))
            self._told(self.log[-1])
            self._news.set()
        self.code = self.socket.close_code
        self._news.set()

    async def send(self, kind: str, /, **fields: Any) -> None:
        await self.socket.send_str(json.dumps({"type": kind, **fields}))

    async def next(self, kind: str, /, **fields: Any) -> Message:
        """The next message of this type and with these fields; what comes before it is passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self._news.clear()
                for message in self.log[self._taken :]:
                    self._taken += 1
                    if {"type": kind, **fields}.items() <= message.items():
                        return message
                assert self.code is None, f"closed with {self.code} before {kind} {fields} came: {self.log[-3:]}"
                await self._news.wait()

    async def closed(self) -> int | None:
        await asyncio.wait_for(self.reading, PATIENCE)
        return self.code

    async def hang_up(self) -> None:
        await self.send("disconnect")
        assert await self.closed() == 1000


@dataclass
class Candidate:
    """`told` has every numbered message of every connection, in the order of arrival."""

    http: aiohttp.ClientSession
    server: LiveServer
    guest: Guest
    told: list[Message] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)  # of the microphone, numbered from 1
    entered: Message = field(default_factory=dict)
    _left: tuple[int, float] = (0, 0.0)  # seconds left, and when the server said so
    line: Line = field(init=False)

    @property
    def last_seq(self) -> int:
        return max((message["seq"] for message in self.told), default=0)

    @property
    def acked(self) -> int:
        """The last frame whose words the server has stored."""
        return max((message.get("acked_n", 0) for message in self.told), default=0)

    @property
    def prompt(self) -> Message:
        """What the interviewer said last."""
        return [message for message in self.told if message["type"] == "interview_message"][-1]

    @property
    def seconds_left(self) -> float:
        """As the page's timer shows it."""
        left, at = self._left
        return left - (time.monotonic() - at)

    def hear(self, message: Message) -> None:
        if "seq" in message and message["type"] != "editor_ack":  # which counts the editor's own events
            self.told.append(message)
        state = message.get("state") or message.get("task")
        if state and state["seconds_left"] is not None:
            self._left = (state["seconds_left"], time.monotonic())

    async def call(self) -> None:
        """Connect, and no more."""
        url = f"{self.server.ws_url}/ws/webrtc/?token={self.guest.token}"
        self.line = Line(await self.http.ws_connect(url, max_msg_size=0), self.hear)
        await self.line.next("connection_established")

    async def ask(self, **fields: Any) -> None:
        ids = {"interview_id": str(self.guest.interview), "resume_id": str(self.guest.resume)}
        values = {"title": "Interview", "description": "", **ids, "last_seq": self.last_seq, **fields}
        await self.line.send("create_stream", **values)

    async def enter(self, **fields: Any) -> Message:
        """Open the interview or go on with it, by a new connection; gives `stream_created`."""
        await self.call()
        await self.ask(**fields)
        self.entered = await self.line.next("stream_created")
        return self.entered

    async def write(self, text: str) -> None:
        await self.line.send("text_answer", text=text)

    async def introduce(self) -> Message:
        """Gives the first question."""
        await self.line.next("interview_message", kind="prompt")
        await self.write("I build services in Python. That's all.")
        return await self.line.next("interview_message", kind="question")

    async def answer(self, question: Message) -> Message:
        """Gives what the interviewer asks next: a question or the task."""
        number = question["question_number"]
        await self.write(f"This is my answer number {number}.")
        if number == question["question_count"]:
            return await self.line.next("interview_message", kind="task")
        return await self.line.next("interview_message", kind="question", question_number=number + 1)

    async def reach_the_task(self) -> Message:
        step = await self.introduce()
        while step["kind"] != "task":
            step = await self.answer(step)
        return step

    async def hand_in(self, task: Message) -> None:
        """The program as it stands, then answers to whatever is asked about it, to the end."""
        language = task["languages"][0]
        source = task["starter"][language]
        await self.line.send("code_submit", task_id=task["task_id"], language=language, source=source)
        while (message := await self.line.next("interview_message"))["kind"] != "closing":
            if message["kind"] == "follow_up":
                await self.write("I chose it because it is quick to look up, and I tried it with an empty input.")
        await self.line.next("interview_complete", outcome="completed")

    async def finish(self) -> None:
        """Hand in what the editor has, or break the interview off; the server closes."""
        await self.line.send("control", action="end_interview")
        await self.line.next("interview_complete")
        assert await self.line.closed() == 1000

    # --- speaking --------------------------------------------------------------------------------------------------

    async def speak(self, frames: Iterable[bytes]) -> None:
        """Into the microphone, at `SPEED` times real time."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        for frame in frames:
            self.frames.append(frame)
            await self.send_frame(len(self.frames))
            due = max(due + 0.04 / SPEED, loop.time() - 0.25)
            await asyncio.sleep(max(0.0, due - loop.time()))

    async def speak_again(self) -> None:
        """After a break: everything since the last words that the server has, as fast as it is taken."""
        for number in range(self.acked + 1, len(self.frames) + 1):
            await self.send_frame(number)

    async def send_frame(self, number: int) -> None:
        data = base64.b64encode(self.frames[number - 1]).decode()
        await self.line.send("audio_frame", audio_data=data, n=number)

    @property
    def finals(self) -> list[Message]:
        return [message for message in self.told if message["type"] == "asr_result"]

    # --- over HTTP -------------------------------------------------------------------------------------------------

    async def get(self, path: str) -> Any:
        headers = {"Authorization": f"Bearer {self.guest.token}"}
        async with self.http.get(self.server.url + path, headers=headers) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def interview(self) -> Any:
        return await self.get(f"/api/v1/interviews/{self.guest.interview}/")

    async def said(self) -> list[str]:
        """Every utterance of the transcript."""
        turns = (await self.interview())["transcript"]
        return [utterance["text"] for turn in turns for utterance in turn["utterances"]]

    # --- what must hold whatever happened --------------------------------------------------------------------------

    async def check_nothing_lost_nothing_twice(self) -> None:
        """What arrived over all connections is what the server has stored, each number once, with one greeting."""
        assert [message["seq"] for message in self.told] == list(range(1, self.last_seq + 1))
        known = list(self.told)
        self.told = []
        await self.enter()
        await until(self.caught_up(known), "the replay")
        assert self.told == known
        assert [message["kind"] for message in known if message["type"] == "interview_message"].count("greeting") == 1

    def caught_up(self, known: list[Message]) -> Callable[[], Awaitable[bool]]:
        async def complete() -> bool:
            return len(self.told) >= len(known)

        return complete


@asynccontextmanager
async def candidates(server: LiveServer, guests: Iterable[Guest]) -> AsyncIterator[list[Candidate]]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as http:
        yield [Candidate(http, server, guest) for guest in guests]
