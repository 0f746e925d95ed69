"""An interview's ears and engine, in virtual time, without anything that is stored or said."""

import asyncio
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bench.turns_answers import Answer, speakers
from interviews import engine
from interviews.engine import (
    Effect,
    Event,
    FinishUtterance,
    Opened,
    QuestionReady,
    RequestQuestion,
    SaveTurn,
    State,
    Typed,
)
from interviews.live.clock import InterviewClock
from interviews.live.errors import LiveError
from interviews.live.hearing import Hearing
from interviews.live.inbox import Inbox
from interviews.live.outbound import Outbound
from interviews.live.pipeline import AudioPipeline
from interviews.live.telemetry import TurnMarks
from providers.base import LANGUAGES, Capabilities
from providers.stt.base import OnPartial, Recognition, SpeechToText, Transcript
from providers.vad.segmenter import Segmenter
from tests.interviews.live.virtual_time import VirtualLoop
from tests.interviews.live.world import LoudnessVad

FRAME_MS, FRAME_SAMPLES = 40, 640
WORD_FRAMES = {"en": 8, "ru": 9, "ko": 10, "zh-hans": 5}  # of one word, or one Chinese character
FIRST_LOUDNESS = 1_000  # a word's number is written into its samples
GIVE_UP_MS = 20_000


@dataclass(frozen=True, slots=True)
class Heard:
    """`wait_s`: from the last loud sample to the endpoint; None for an answer that was cut into, after `words`."""

    answer: Answer
    wait_s: float | None
    words: str


class WordReader(SpeechToText):
    """Understands samples that say which word they are, after a while."""

    capabilities = Capabilities(name="reader", languages=LANGUAGES, streaming=True, local=True)

    def __init__(self, delay_s: float) -> None:
        self.delay_s = delay_s
        self.answer: Answer | None = None

    async def _open(self, language: str, on_partial: OnPartial | None, speaker: str) -> Recognition:
        return Reading(self)


class Reading(Recognition):
    pause_is_final = True

    def __init__(self, engine: WordReader) -> None:
        super().__init__()
        self._engine = engine
        self._words: set[int] = set()

    @property
    def backlog_ms(self) -> int:
        return 0

    def _feed(self, pcm: bytes) -> None:
        samples = set(struct.unpack(f"<{len(pcm) // 2}h", pcm)) - {0}
        self._words |= {sample - FIRST_LOUDNESS for sample in samples}

    async def _pause(self) -> Transcript:
        return await self._finish()

    async def _finish(self) -> Transcript:
        await asyncio.sleep(self._engine.delay_s)
        answer = self._engine.answer
        text = answer.text(min(self._words), max(self._words)) if answer and self._words else ""
        return Transcript(text, None, "reader")

    def _cancel(self) -> None:
        self._words.clear()


class Nobody:
    """A transport that leads nowhere."""

    async def send(self, message: Any) -> None: ...

    async def refuse(self, error: LiveError) -> None: ...

    async def close(self, code: int) -> None: ...

    async def answered(self, text: str) -> None: ...


class Interview:
    """Of one speaker; `give` an answer and see when it is taken for finished."""

    saying = ""

    def __init__(self, language: str, questions: int, delay_s: float) -> None:
        time = asyncio.get_running_loop().time
        self.language = language
        self.marks = TurnMarks(time, lambda _times, _again: None)
        self.state: State = engine.new(questions)
        self.clock = InterviewClock(self.state.now, time)
        self.reader = WordReader(delay_s)
        self.ended_at = 0.0
        hearing = Hearing(Segmenter(LoudnessVad()), self.reader, language, self.clock, "bench")
        self.turns: list[SaveTurn] = []
        self.inbox = Inbox(lambda job: job())
        self.ears = AudioPipeline(hearing, self.clock, self.inbox, Outbound(Nobody()), Nobody(), self)

    async def begin(self) -> None:
        await self.happened(Opened())
        await self.happened(Typed("t1", "That's all."))

    async def happened(self, event: Event) -> None:
        open_before = self.state.closing is None and self.state.prompt is not None
        self.state, effects = engine.step(self.state, event, self.clock.now())
        if open_before and (self.state.closing is not None or self.state.prompt is None):
            self.ended_at = asyncio.get_running_loop().time()
        self.ears.follow(self.state)
        for effect in effects:
            await self._do(effect)

    async def _do(self, effect: Effect) -> None:
        if isinstance(effect, FinishUtterance):
            self.ears.finish_utterance()
        elif isinstance(effect, RequestQuestion):
            await self.happened(QuestionReady(effect.effect_id, "And then?"))
        elif isinstance(effect, SaveTurn):
            self.turns.append(effect)

    async def give(self, answer: Answer) -> Heard:
        """Say the answer, and be silent until it is taken."""
        self.reader.answer, self.ended_at = answer, 0.0
        for frame, last_word in spoken(answer):
            await self._send(frame)
            if self.ended_at:
                return Heard(answer, None, answer.text(0, last_word))
        said_at = asyncio.get_running_loop().time()
        for _ in range(GIVE_UP_MS // FRAME_MS):
            await self._send(bytes(2 * FRAME_SAMPLES))
            if self.ended_at:
                break
        return Heard(answer, self.ended_at - said_at, "")

    async def stream(self, answer: Answer, silence_ms: int, speed: float) -> None:
        """The answer and some silence, so many times faster than real time, whatever comes of it."""
        self.reader.answer = answer
        silence = [bytes(2 * FRAME_SAMPLES)] * (silence_ms // FRAME_MS)
        for frame in (*(frame for frame, _ in spoken(answer)), *silence):
            await self._send(frame, speed)
        while not self.inbox.idle:  # noqa: ASYNC110  # an inbox says whether it is idle, not when
            await asyncio.sleep(FRAME_MS / 1000)

    async def _send(self, frame: bytes, speed: float = 1) -> None:
        """A frame is sent when all of it was recorded."""
        await asyncio.sleep(FRAME_MS / 1000 / speed)
        await self.ears.accept(frame, None, end=False)


def spoken(answer: Answer) -> Iterable[tuple[bytes, int]]:
    """The answer in frames, each with the number of the last word that was begun."""
    for number in range(len(answer.words)):
        loud = struct.pack("<h", FIRST_LOUDNESS + number) * FRAME_SAMPLES
        yield from [(loud, number)] * WORD_FRAMES[answer.language]
        silent = round(answer.pauses.get(number, 0) / FRAME_MS)
        yield from [(bytes(2 * FRAME_SAMPLES), number)] * silent


async def listen(seed: int, delay_s: float) -> list[Heard]:
    """All answers, each speaker's in one interview."""
    heard: list[Heard] = []
    for answers in speakers(seed):
        interview = Interview(answers[0].language, len(answers) + 1, delay_s)
        await interview.begin()
        heard += [await interview.give(answer) for answer in answers]
    return heard


def run(seed: int = 1, delay_s: float = 0.3) -> list[Heard]:
    """As `listen`, in virtual time."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(listen(seed, delay_s))
