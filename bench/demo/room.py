"""The simulated candidate in the room: hears the interviewer, answers with recordings, shows a face, hands in code.

Everything the candidate does is counted in frames of its own audio, never in seconds, so that at any speed the server
hears the same thing at the same audio time.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bench.demo import audio
from bench.demo.ear import Ear

Heard = Callable[[dict[str, Any]], None]
SETTLED = 25  # frames (1 s) of the interviewer's silence before the candidate answers
CAMERA_EVERY = 25
SOLUTION = "# A first version, kept simple.\n"


@dataclass
class Room:
    """One interview over `/ws/webrtc/`. `heard` is told of every message; `spoken` holds the numbers of the answers."""

    socket: aiohttp.ClientWebSocketResponse
    speed: float
    face: bytes
    heard: Heard
    spoken: list[int] = field(default_factory=list)
    sent: int = 0
    quiet: int = 0  # frames since the interviewer was last heard
    asked: str = ""  # the interviewer's utterance that waits for an answer
    voice: bool = True  # the interviewer has one
    ear: Ear = field(default_factory=Ear)
    mouth: Iterator[bytes] = field(default_factory=lambda: iter(()))
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, interview: str, resume: str) -> None:
        await self.send(
            type="create_stream",
            title="Demo",
            description="A simulated candidate",
            interview_id=interview,
            resume_id=resume,
            audio=True,
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.listen())
            tasks.create_task(self.talk())

    async def send(self, **message: Any) -> None:
        if not self.socket.closed:
            await self.socket.send_str(json.dumps(message))

    async def listen(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                await self.on_message(json.loads(message.data))
        self.done.set()

    async def on_message(self, message: dict[str, Any]) -> None:
        self.heard(message)
        match message["type"]:
            case "stream_created":
                self.voice = bool(message["state"]["voice_engine"])
            case "interview_message" if message["kind"] == "task":
                await self.solve(message["task"])
            case "interview_message" if message["kind"] in ("prompt", "question", "follow_up"):
                self.asked, self.quiet = message["utterance_id"], 0
            case "interview_complete":
                self.done.set()
            case _:
                self.hear(message)

    def hear(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "ai_speaking_start":
                self.ear.begin(message["utterance_id"])
            case "ai_audio_chunk":
                samples = len(base64.b64decode(message["audio"])) / 2
                self.ear.add(message["utterance_id"], 1000 * samples / message["sample_rate"])
            case "ai_audio_end":
                self.ear.complete(message["utterance_id"])
            case "ai_interrupted":
                self.ear.drop(message["utterance_id"])

    async def talk(self) -> None:
        """Send frames on a steady clock. Where the server slows reading down, the clock waits with it."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while not self.done.is_set():
            if (report := self.ear.listen()) is not None:
                await self.send(**report)
            await self.frame(self.next_frame())
            due = max(due + 0.04 / self.speed, loop.time() - 0.25)
            await asyncio.sleep(max(0, due - loop.time()))
        await self.socket.close()

    def next_frame(self) -> bytes:
        if (frame := next(self.mouth, None)) is not None:
            return frame
        self.quiet = 0 if self.ear.playing else self.quiet + 1
        if self.may_answer() and self.quiet > SETTLED:
            self.answer()
        return audio.SILENCE

    def may_answer(self) -> bool:
        return bool(self.asked) and (self.asked in self.ear.ended or not self.voice)

    def answer(self) -> None:
        """The introduction once, then the other recordings in turn: how often is asked depends on what was heard."""
        self.asked = ""
        answers = len(list((audio.HERE / "answers").glob("*.flac"))) - 1
        number = 1 + (len(self.spoken) - 1) % answers if self.spoken else 0
        self.spoken.append(number)
        self.mouth = audio.frames(audio.recorded(number))

    async def frame(self, pcm: bytes) -> None:
        await self.send(type="audio_frame", audio_data=base64.b64encode(pcm).decode(), n=self.sent)
        if self.sent % CAMERA_EVERY == 0:
            await self.send(type="video_frame", frame_data=base64.b64encode(self.face).decode())
        self.sent += 1

    async def solve(self, task: dict[str, Any]) -> None:
        """Type one line above the starter code and hand it in."""
        language = next(iter(task["starter"]), "text")
        starter = task["starter"].get(language, "")
        units = len(starter.encode("utf-16-le")) // 2
        lines = [*SOLUTION.split("\n")[:-1], ""]
        changes = [[0, *lines], units] if units else [[0, *lines]]
        await self.send(
            type="editor_events", task_id=task["task_id"], base_seq=0, events=[{"t_ms": 1000, "changes": changes}]
        )
        await self.send(type="code_submit", task_id=task["task_id"], language=language, source=SOLUTION + starter)
