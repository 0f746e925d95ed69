"""A simulated candidate at a socket, with scripted ears and a scripted voice, in virtual time."""

import asyncio
import base64
import json
from collections.abc import Sequence
from typing import Any

from config.socket_users import SocketUser
from interviews.consumers.webrtc import WebRtcConsumer
from interviews.live import store
from interviews.live.engines import Engines, Ensemble
from interviews.live.running import Runner
from interviews.live.store import Store
from interviews.models import Interview
from providers.sandbox.base import NoSandbox, Sandbox
from providers.stt.scripted import Line, ScriptedSpeechToText
from providers.tts.base import TextToSpeech
from providers.tts.scripted import ScriptedTextToSpeech
from providers.vad.base import VoiceActivity
from providers.vad.segmenter import Segmenter
from resumes.models import Resume

FRAME_MS = 40
QUIET = bytes(1280)
LOUD = b"\x00\x20" * 640


class LoudnessVad(VoiceActivity):
    """Speech is whatever is not silent."""

    def probability(self, window: bytes | bytearray | memoryview) -> float:
        return 0.99 if any(bytes(window)) else 0.01

    def reset(self) -> None:
        pass


class FakeEngines(Engines):
    """Gives every session the same scripted engines."""

    def __init__(
        self,
        words: Sequence[str | Line] = (),
        *,
        deaf: bool = False,
        tts: TextToSpeech | None = None,
        mute: bool = False,
        sandbox: Sandbox | None = None,
    ) -> None:
        here = sandbox or NoSandbox("not in these tests")
        self.runner = Runner(store.default(), lambda: here, 1)
        self.stt = None if deaf else ScriptedSpeechToText(words)
        self.tts = None if mute else tts or ScriptedTextToSpeech()

    def ensemble(self, language: str, *, voice: bool) -> Ensemble:
        return Ensemble(self.stt, self.tts if voice else None, lambda: Segmenter(LoudnessVad()), runner=self.runner)


class Closed(Exception):
    """The server closed the socket; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Caller:
    """One connection. `log` is everything the server sent so far, in order."""

    def __init__(
        self,
        engines: Engines,
        token: str = "",
        headers: Sequence[tuple[bytes, bytes]] = (),
        door: Store | None = None,
    ) -> None:
        self.log: list[dict[str, Any]] = []
        self.code: int | None = None
        self.reading = asyncio.Event()  # cleared: the client's network takes nothing
        self.reading.set()
        self._news = asyncio.Event()
        self._taken = 0
        self._inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {
            "type": "websocket",
            "path": "/",
            "query_string": self.query(token),
            "headers": [(b"host", b"testserver"), *headers],
        }
        app = SocketUser(self.consumer(engines, door))
        self.task = asyncio.get_running_loop().create_task(app(scope, self._inbox.get, self._receive))
        self.task.add_done_callback(lambda _task: self._news.set())
        self._inbox.put_nowait({"type": "websocket.connect"})

    def consumer(self, engines: Engines, door: Store | None) -> Any:
        return WebRtcConsumer.as_asgi(engines=engines, door=door)

    def query(self, token: str) -> bytes:
        return f"token={token}".encode() if token else b""

    async def _receive(self, message: dict[str, Any]) -> None:
        await self.reading.wait()
        if message["type"] == "websocket.send":
            self.log.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.code = message["code"]
            self._inbox.put_nowait({"type": "websocket.disconnect", "code": self.code})
        self._news.set()

    async def begin(self, interview: Interview, resume: Resume, **fields: Any) -> dict[str, Any]:
        """Create the stream; gives `stream_created`."""
        ids = {"interview_id": interview.pk, "resume_id": str(resume.pk)}
        self.send("create_stream", title="An interview", description="Live", **ids, **fields)
        return await self.next("stream_created")

    async def prompt(self) -> dict[str, Any]:
        """The introduction's prompt."""
        return await self.next("interview_message", kind="prompt")

    async def introduce(self) -> dict[str, Any]:
        """Answer the introduction's prompt in writing; gives the first question."""
        await self.prompt()
        self.send("text_answer", text="I am Alice. That's all.")
        return await self.next("interview_message", kind="question")

    async def reach_code(self) -> dict[str, Any]:
        """Answer everything in writing; gives the task's message."""
        question = await self.introduce()
        for number in range(1, question["question_count"] + 1):
            self.send("text_answer", text=f"Answer {number}")
            await self.next("interview_message", question_number=number + (number < question["question_count"]))
        return await self.next("interview_message", kind="task")

    # --- sending ---------------------------------------------------------------------------------------------------

    def send(self, kind: str, **fields: Any) -> None:
        self.send_raw(json.dumps({"type": kind, **fields}))

    def send_raw(self, raw: str | bytes) -> None:
        self._inbox.put_nowait({"type": "websocket.receive", "text" if isinstance(raw, str) else "bytes": raw})

    def audio(self, pcm: bytes, **fields: Any) -> None:
        self.send("audio_frame", audio_data=base64.b64encode(pcm).decode(), **fields)

    def send_frames(self, ms: int, *, loud: bool = False, first_n: int | None = None) -> None:
        """So much audio in frames of 40 ms, without waiting for anything."""
        for number in range(ms // FRAME_MS):
            numbered = {} if first_n is None else {"n": first_n + number}
            self.audio(LOUD if loud else QUIET, **numbered)

    async def stream(self, ms: int, *, loud: bool = False, pace: bool = False, first_n: int | None = None) -> None:
        """As `send_frames`, until the server has taken it; `pace`: in real (virtual) time."""
        if pace:
            for frame in range(ms // FRAME_MS):
                self.send_frames(FRAME_MS, loud=loud, first_n=None if first_n is None else first_n + frame)
                await asyncio.sleep(FRAME_MS / 1000)
        else:
            self.send_frames(ms, loud=loud, first_n=first_n)
        await self.settle()

    async def speak(self, ms: int = 2_000, pause: int = 800) -> None:
        """An utterance, and silence enough to end it."""
        await self.stream(ms, loud=True)
        await self.stream(pause)

    async def hang_up(self) -> None:
        """The network is gone: the server hears of it, the client of nothing."""
        self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await self.task

    # --- receiving -------------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Let the server do all it can without time passing (a millisecond of it)."""
        await asyncio.sleep(0.001)

    async def next(self, type_: str, *, within_s: float = 3_600, **fields: Any) -> dict[str, Any]:
        """The next message of this type with these fields that was not taken yet; those before it are skipped.

        Raises Closed, and TimeoutError after `within_s` of virtual time.
        """
        async with asyncio.timeout(within_s):
            while True:
                while self._taken < len(self.log):
                    message = self.log[self._taken]
                    self._taken += 1
                    if message["type"] == type_ and fields.items() <= message.items():
                        return message
                if self.code is not None:
                    raise Closed(self.code)
                if self.task.done():
                    self.task.result()
                self._news.clear()
                await self._news.wait()

    async def closed(self, within_s: float = 3_600) -> int:
        """The code with which the server closes."""
        async with asyncio.timeout(within_s):
            while self.code is None:
                self._news.clear()
                await self._news.wait()
            await self.task
        return self.code

    @property
    def unread(self) -> int:
        """Messages that the server has not taken yet."""
        return self._inbox.qsize()

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.log if message["type"] == kind]

    @property
    def kinds(self) -> list[str]:
        """Types, and for what the interviewer says phase and kind."""
        return [
            f"{message['phase']}/{message['kind']}" if message["type"] == "interview_message" else message["type"]
            for message in self.log
        ]
