"""A candidate at the streaming protocol's socket: records, plays files, knows no phases."""

import asyncio
import base64
import io
import wave
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from accounts.models import User
from interviews.consumers.streaming import StreamingConsumer
from interviews.live.engines import Engines
from interviews.live.store import Store
from interviews.models import Interview
from providers.webm.base import HEADER
from providers.webm.scripted import PlainDecoders
from resumes.models import Resume
from tests.conftest import access_token
from tests.interviews.live.world import LOUD, QUIET, Caller, FakeEngines

FRAME_MS = 40
GREETING = "Hello! I am Viva"


Dial = Callable[..., "Recorder"]


class Recorder(Caller):
    """Sends chunks of a second, each the next piece of one recording; `address` is what its URL asks for."""

    def __init__(
        self, engines: Engines, token: str = "", *, address: dict[str, Any] | None = None, **rest: Any
    ) -> None:
        self.decoders = PlainDecoders()
        self.address = address or {}
        self.recording = False
        super().__init__(engines, token, **rest)

    def consumer(self, engines: Engines, door: Store | None) -> Any:
        return StreamingConsumer.as_asgi(engines=engines, door=door, decoders=self.decoders)

    def query(self, token: str) -> bytes:
        return urlencode({**({"token": token} if token else {}), **self.address}).encode()

    def chunk(self, sound: bytes, name: str = "data", **fields: Any) -> None:
        self.send("audio_chunk", **{name: base64.b64encode(sound).decode(), **fields})

    async def stream(self, ms: int, *, loud: bool = False, **_: Any) -> None:
        """So much sound in chunks of a second at most, all at once."""
        pcm = (LOUD if loud else QUIET) * (ms // FRAME_MS)
        for start in range(0, len(pcm), 32_000):
            begin = b"" if self.recording else HEADER
            self.recording = True
            self.chunk(begin + pcm[start : start + 32_000])
        await self.settle()

    async def line(self) -> str:
        """What the interviewer says next, whole."""
        words = (await self.next("ai_transcript_chunk"))["text"]
        await self.next("ai_audio_end")
        begun = next(at for at, one in enumerate(self.log[: self._taken]) if one.get("text") == words)
        chunks = self.log[begun : self._taken]
        return "".join(one["text"] for one in chunks if one["type"] == "ai_transcript_chunk")

    @property
    def lines(self) -> list[str]:
        """Everything that the interviewer has said so far, by utterance."""
        said: dict[str, str] = {}
        for one in self.of("ai_transcript_chunk"):
            said[one["utterance_id"]] = said.get(one["utterance_id"], "") + one["text"]
        return list(said.values())

    @property
    def transcripts(self) -> list[str]:
        return [one["text"] for one in self.of("user_transcript")]


def played(message: dict[str, Any]) -> tuple[int, int]:
    """`(rate, samples)` of an `ai_audio_chunk`."""
    assert message["audio"] == message["data"]
    assert message["format"] == "wav"
    with wave.open(io.BytesIO(base64.b64decode(message["audio"]))) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert len(file.readframes(10**6)) == 2 * file.getnframes()
        return file.getframerate(), file.getnframes()


def recorder_of(token: str, engines: FakeEngines | None = None, **address: Any) -> Recorder:
    return Recorder(engines or FakeEngines(), token, address=address)


async def listen(recorder: Recorder) -> None:
    """Until what was said was heard, by the length of its audio."""
    await asyncio.sleep(60)


@pytest.fixture
def dial(owner: User, interview: Interview, resume: Resume) -> Dial:
    """`dial(engines)` is the owner, recording for the interview."""
    interview.resume = resume
    interview.save()
    token = access_token(owner)

    def connect(engines: FakeEngines | None = None, **address: object) -> Recorder:
        return recorder_of(token, engines, **{"interview_id": interview.pk, **address})

    return connect
