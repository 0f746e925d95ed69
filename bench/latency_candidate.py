"""A candidate of `bench.latency`: a microphone in real time, and a clock at what comes back."""

import asyncio
import base64
import json
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from bench.latency_stages import FRAME_MS
from providers.stt.scripted import ScriptedSpeechToText
from providers.vad.segmenter import Paused, Segmenter, SegmenterSettings
from providers.vad.silero import SileroVad

RECORDING = Path(__file__).parent / "demo" / "answers" / "08.flac"
FROM_S, TO_S = 0.2, 3.26  # without a pause of 100 ms
RATE = 16_000
FRAME_SAMPLES = RATE * FRAME_MS // 1000
LOUD = 300  # root mean square of 10 ms, about -41 dB below full scale
PATIENCE_S = 12.0
TURN_S = 6.0  # about as long as a question, a thought and an answer take
SILENCE = base64.b64encode(bytes(FRAME_SAMPLES * 2)).decode()


@dataclass(frozen=True)
class Speech:
    """An answer as base64 frames; `loud_frame` holds its last loud sample, which `after_s` of that frame follow.

    `pause_s`: from that sample to the end of the frame in which the server's VAD tells of a pause, the first moment at
    which anybody can ask for the words.
    """

    frames: list[str]
    loud_frame: int
    after_s: float
    pause_s: float

    @classmethod
    def recorded(cls) -> "Speech":
        pcm = _decoded(RECORDING)[int(FROM_S * RATE) : int(TO_S * RATE)]
        pcm = np.append(pcm, np.zeros(-len(pcm) % FRAME_SAMPLES, np.int16))
        blocks = np.sqrt((pcm.astype(float).reshape(-1, RATE // 100) ** 2).mean(axis=1))
        last = (int(np.flatnonzero(blocks > LOUD)[-1]) + 1) * (RATE // 100) - 1
        frames = [pcm[at : at + FRAME_SAMPLES].tobytes() for at in range(0, len(pcm), FRAME_SAMPLES)]
        loud_frame, after_s = last // FRAME_SAMPLES, (FRAME_SAMPLES - 1 - last % FRAME_SAMPLES) / RATE
        pause_s = after_s + (_paused_in(frames) - loud_frame) * FRAME_MS / 1000
        return cls([base64.b64encode(frame).decode() for frame in frames], loud_frame, after_s, pause_s)


@dataclass(slots=True)
class Reply:
    """Seconds from the last loud sample sent to other moments.

    `paused`: the frame was sent with which the words could be asked for; `finished`: the one that ended the answer.
    """

    paused: float
    finished: float
    first_audio: float
    question: float


@dataclass
class Heard:
    """What came back since the answer began."""

    first_chunk: dict[str, float] = field(default_factory=dict)
    question: str = ""  # the utterance in which it is asked
    ended_n: int = 0

    @property
    def asked_at(self) -> float | None:
        return self.first_chunk.get(self.question)


class Candidate:
    """Answers questions: `replies` are those that came, `missed` counts those that did not, `cut_in` the hasty ones."""

    def __init__(self, socket: ClientConnection, speech: Speech) -> None:
        self.replies: list[Reply] = []
        self.missed = 0
        self.cut_in = 0
        self.late: list[float] = []  # by how much frames left after their time
        self._socket = socket
        self._speech = speech
        self._heard = Heard()
        self._changed = asyncio.Event()
        self._to_say: deque[str] = deque()
        self._sent: dict[int, float] = {}
        self._loud_sent = 0.0  # when the frame with the last loud sample of this answer left
        self._n = 0
        self._quiet_since = 0.0

    @classmethod
    async def interview(
        cls,
        facts: dict[str, Any],
        interview_id: int,
        speech: Speech,
        answers: int,
        ready: asyncio.Barrier | None = None,
    ) -> "Candidate":
        """Nobody answers before all for whom `ready` waits have been asked."""
        address = f"ws://127.0.0.1:{facts['port']}/ws/webrtc/?token={facts['token']}"
        async with connect(address, compression=None, max_size=None) as socket:
            candidate = cls(socket, speech)
            tasks = [asyncio.create_task(candidate._read()), asyncio.create_task(candidate._microphone())]
            try:
                await candidate._introduce(interview_id, facts["resume"])
                if ready is not None:
                    await ready.wait()
                    await asyncio.sleep(random.uniform(0, TURN_S))
                for _ in range(answers):
                    await candidate._silence()
                    await candidate._answer()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        return candidate

    async def _introduce(self, interview_id: int, resume: int) -> None:
        await self._send(type="create_stream", interview_id=interview_id, resume_id=resume, audio=True)
        await self._until(lambda: bool(self._heard.question))
        self._heard = Heard()
        await self._send(type="text_answer", text="I build services.")
        await self._send(type="control", action="answer_done")
        await self._until(lambda: self._heard.asked_at is not None)

    async def _silence(self) -> None:
        """The question is heard out, and thought about for a moment."""
        await self._until(lambda: bool(self._quiet_since) and time.perf_counter() > self._quiet_since + 0.2, poll=True)
        await asyncio.sleep(random.uniform(0.3, 1.5))

    async def _answer(self) -> None:
        self._heard = Heard()
        self._loud_sent = 0.0
        self._to_say.extend(self._speech.frames)
        try:
            await self._until(lambda: self._heard.asked_at is not None)
        except TimeoutError:
            self.missed += 1
            return
        if not self._loud_sent:
            self._to_say.clear()
            self.cut_in += 1
            return
        loud = self._loud_sent - self._speech.after_s
        first = min(self._heard.first_chunk.values())
        finished = self._sent.get(self._heard.ended_n, loud)
        self.replies.append(
            Reply(self._speech.pause_s, finished - loud, first - loud, (self._heard.asked_at or first) - loud)
        )
        self._sent.clear()

    async def _until(self, reached: Callable[[], bool], *, poll: bool = False) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not reached():
                self._changed.clear()
                await (asyncio.sleep(0.05) if poll else self._changed.wait())

    async def _microphone(self) -> None:
        """A frame leaves when its last sample was taken; one that could not follows at once."""
        begun = time.perf_counter()
        while True:
            self._n += 1
            due = begun + self._n * FRAME_MS / 1000
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            is_loud = len(self._to_say) == len(self._speech.frames) - self._speech.loud_frame
            audio = self._to_say.popleft() if self._to_say else SILENCE
            self._sent[self._n] = now = time.perf_counter()
            if is_loud:
                self._loud_sent = now
            self.late.append(now - due)
            await self._socket.send(f'{{"type":"audio_frame","audio_data":"{audio}","end":false,"n":{self._n}}}')

    async def _read(self) -> None:
        async for raw in self._socket:
            now = time.perf_counter()
            message = json.loads(raw)
            handler = self._HANDLERS.get(message["type"])
            if handler is not None:
                await handler(self, message, now)
                self._changed.set()

    async def _chunk(self, message: dict[str, Any], now: float) -> None:
        utterance_id = message["utterance_id"]
        if utterance_id not in self._heard.first_chunk:
            self._heard.first_chunk[utterance_id] = now
            self._quiet_since = 0.0
            await self._send(type="playback", utterance_id=utterance_id, event="started", ms=0)

    async def _audio_end(self, message: dict[str, Any], now: float) -> None:
        """It is taken as heard at once, so that the next answer can begin."""
        self._quiet_since = now
        await self._send(type="playback", utterance_id=message["utterance_id"], event="ended", ms=1_000)

    async def _message(self, message: dict[str, Any], _now: float) -> None:
        if message["kind"] in {"prompt", "question", "follow_up"}:
            self._heard.question = message["utterance_id"]

    async def _words(self, message: dict[str, Any], _now: float) -> None:
        if message["final"]:
            self._heard.ended_n = message.get("acked_n", 0)

    async def _send(self, **message: Any) -> None:
        await self._socket.send(json.dumps(message))

    _HANDLERS = {
        "ai_audio_chunk": _chunk,
        "ai_audio_end": _audio_end,
        "interview_message": _message,
        "asr_result": _words,
    }


def _paused_in(frames: list[bytes]) -> int:
    """The number of the frame, counted from the first of the answer, with which the VAD tells of the pause after it."""
    segmenter = Segmenter(SileroVad(), SegmenterSettings(grid_ms=FRAME_MS, pause_ms=ScriptedSpeechToText.pause_ms))
    quiet = [bytes(FRAME_SAMPLES * 2)] * 25
    told = [any(isinstance(event, Paused) for event in segmenter.feed(frame)) for frame in [*quiet, *frames, *quiet]]
    return len(told) - 1 - told[::-1].index(True) - len(quiet)


def _decoded(path: Path) -> "np.ndarray[Any, np.dtype[np.int16]]":
    import av

    resampler = av.AudioResampler("s16", "mono", RATE)
    with av.open(str(path)) as file:
        pieces = [out.to_ndarray()[0] for frame in file.decode(audio=0) for out in resampler.resample(frame)]
    return np.concatenate(pieces)
