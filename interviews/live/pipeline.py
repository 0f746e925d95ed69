"""The receive path of audio: quick for a frame that changes nothing, in order and bounded for all others."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Protocol

from interviews.engine import (
    Clock,
    Event,
    SpeechEnded,
    SpeechHeard,
    SpeechPaused,
    SpeechStarted,
    SpeechWentOn,
    State,
    Tick,
    UtteranceEnded,
    next_due,
)
from interviews.engine.echo import is_one_word
from interviews.engine.endpointing import MINIMUM_MS
from interviews.live.catching_up import Age, CatchUp
from interviews.live.clock import InterviewClock
from interviews.live.echoes import EchoFilter
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.hearing import PATIENCE_S, Began, Heard, Hearing, Lull, Over, Turning
from interviews.live.inbox import Inbox
from interviews.live.messages import AsrPartial
from interviews.live.outbound import Outbound, Transport
from interviews.live.pausing import Pause
from interviews.live.telemetry import Mark, TurnMarks

# Longer frames are taken in pieces, so that a deadline is noticed within 40 ms of audio.
PIECE_BYTES = 1280
BYTES_PER_MS = 32
# While the interviewer thinks, audio waits for the next question (and the sender for us), but no longer than this.
HOLD_S = 3.0
LAG_CHECK_S = 0.02
NEVER = 2**62


class Conversation(Protocol):
    """The session, as its ears see it."""

    language: str
    marks: TurnMarks

    @property
    def saying(self) -> str:
        """The words that the voice speaks."""

    async def happened(self, event: Event) -> None:
        """Take one step of the engine."""


class AudioPipeline:
    """Frames in, engine events out.

    Audio time is what the interview runs on, so nothing that depends on wall time may decide what happens to a frame:
    what follows an utterance waits until its text is known, what follows the shortest pause that may end an answer
    until the words before it are, and what follows an answer until the next question is asked. A recording that is
    streamed faster than real time thus gives the same interview.
    """

    def __init__(
        self,
        hearing: Hearing,
        clock: InterviewClock,
        inbox: Inbox,
        outbound: Outbound,
        transport: Transport,
        conversation: Conversation,
    ) -> None:
        self._hearing = hearing
        self._clock = clock
        self._inbox = inbox
        self._outbound = outbound
        self._transport = transport
        self._conversation = conversation
        self._due_ms = NEVER
        self._wake_ms = NEVER  # of what is due and of how far the pause lets go on, the earlier
        self._pause: Pause | None = None
        self._pauses_matter = False
        self._echo = EchoFilter(conversation.language, lambda: conversation.saying)
        self._answerable = asyncio.Event()
        self.catch_up: CatchUp | None = None
        self.acked_n: dict[str, int] = {}  # of the utterance whose text is on its way

    async def accept(self, pcm: bytes, n: int | None, *, end: bool) -> None:
        """Take a frame. Waits only when the inbox is full."""
        if self.catch_up is not None:
            await self._accept_again(pcm, n, end=end, catch_up=self.catch_up)
            return
        if end or len(pcm) > PIECE_BYTES or not self._inbox.idle or not self._answerable.is_set():
            await self._inbox.put(partial(self._consume, pcm, n, end=end))
            return
        turnings = self._hearing.feed(pcm, n)
        if turnings or self._clock.audio_ms >= self._wake_ms or self._hearing.overloaded:
            await self._inbox.put(partial(self._react, turnings))

    def follow(self, state: State) -> None:
        """The engine took a step: listen when it listens, wait while it thinks, notice its next deadline."""
        self._due_ms = next_due(state).get(Clock.AUDIO, NEVER)
        self._set_wake()
        if state.deciding:
            self._answerable.clear()
        else:
            self._answerable.set()
        self._pauses_matter = state.conversing and state.closing is None
        self._echo.follow(state)
        self._hearing.attend(listening=state.listening, speaking=bool(state.playing))
        began = self._hearing.begin_listening() if state.listening else None
        if began is not None:
            self._inbox.put_first(partial(self._react, [began]))

    def finish_utterance(self) -> None:
        """Close the utterance in progress as soon as the present job is done."""
        self._inbox.put_first(self._flush)

    def close(self) -> None:
        self._pause = None
        self._hearing.close()

    async def _accept_again(self, pcm: bytes, n: int | None, *, end: bool, catch_up: CatchUp) -> None:
        """After a reconnect: what the client sends again is understood once, then the microphone is live."""
        age = catch_up.age(n, len(pcm) / BYTES_PER_MS)
        if catch_up.over:
            self.catch_up = None
        if age is not Age.KNOWN:
            await self._inbox.put(partial(self._consume, pcm, n, end=end, again=age is Age.OLD))

    async def _consume(self, pcm: bytes, n: int | None, *, end: bool, again: bool = False) -> None:
        await self._until_answerable()
        for start in range(0, len(pcm), PIECE_BYTES):
            await self._react(self._hearing.feed(pcm[start : start + PIECE_BYTES], n, again=again))
            if len(pcm) > PIECE_BYTES:
                await asyncio.sleep(0)  # a second of audio is a long job
        if end:
            await self._flush()
            await self._conversation.happened(UtteranceEnded())

    async def _flush(self) -> None:
        await self._react(self._hearing.flush())

    async def _react(self, turnings: list[Turning]) -> None:
        for turning in turnings:
            await self._turn(turning)
        if self._pause is not None and self._clock.audio_ms >= self._pause.gate_ms:
            await self._pause.known(PATIENCE_S)
            await self._tell_pause(self._pause)
        if self._clock.audio_ms >= self._due_ms:
            await self._conversation.happened(Tick())
        if self._hearing.overloaded:
            await self._let_recogniser_catch_up()

    async def _let_recogniser_catch_up(self) -> None:
        """Meanwhile audio waits in the inbox, and the sender for it. An engine that hangs is given up."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while self._hearing.overloaded:  # noqa: ASYNC110  # engines say how far they lag, not when they do no more
                    await asyncio.sleep(LAG_CHECK_S)
        except TimeoutError:
            self._hearing.give_up()

    async def _turn(self, turning: Turning) -> None:
        if isinstance(turning, Began):
            await self._began(turning.utterance)
        elif isinstance(turning, Over):
            await self._over(turning.utterance)
        elif isinstance(turning, Lull):
            self._lull(turning)
        else:
            self._forget_pause()
            await self._conversation.happened(SpeechWentOn(turning.utterance.utterance_id, turning.pause_ms))

    async def _began(self, heard: Heard) -> None:
        await self._conversation.happened(SpeechStarted(heard.utterance_id, replayed=heard.replayed))
        await self._hearing.open(heard, partial(self._partial, heard))

    def _lull(self, lull: Lull) -> None:
        """The candidate may have finished: ask for the words, and let audio go on as far as no pause can end a turn."""
        self._conversation.marks.mark(Mark.SPEECH_END, asyncio.get_running_loop().time() - lull.ago_ms / 1000)
        words = self._hearing.words_so_far(lull.utterance) if self._pauses_matter else None
        if words is None:
            return
        gate = max(lull.at_ms + MINIMUM_MS, self._clock.audio_ms) if self._hearing.listening else NEVER
        pause = self._pause = Pause(lull.utterance, lull.at_ms, gate, words)
        words.add_done_callback(lambda _words: self._words_are_here(pause))
        self._set_wake()

    def _words_are_here(self, pause: Pause) -> None:
        if pause is self._pause:
            self._inbox.put_first(partial(self._tell_pause, pause))

    async def _tell_pause(self, pause: Pause) -> None:
        """The words are known, unless the pause is over or the recogniser failed."""
        if pause is not self._pause:
            return
        self._forget_pause()
        if (text := pause.text) is not None:
            self._conversation.marks.mark(Mark.RECOGNISED)
            echo = self._echo.is_echo(pause.heard, text)
            words = SpeechPaused(pause.heard.utterance_id, "" if echo else text, pause.at_ms, echo)
            await self._conversation.happened(words)

    def _forget_pause(self) -> None:
        self._pause = None
        self._set_wake()

    def _set_wake(self) -> None:
        self._wake_ms = self._due_ms if self._pause is None else min(self._due_ms, self._pause.gate_ms)

    async def _over(self, heard: Heard) -> None:
        self._forget_pause()
        await self._conversation.happened(SpeechEnded(heard.utterance_id, heard.end_ms))
        recognised, worked = await self._hearing.recognise(heard)
        self._conversation.marks.mark(Mark.RECOGNISED)
        if self._echo.is_echo(heard, recognised.text):
            recognised = replace(recognised, text="", echo=True)
        self._outbound.drop_partial(heard.utterance_id)
        if heard.last_n is not None:
            self.acked_n = {heard.utterance_id: heard.last_n}
        await self._conversation.happened(recognised)
        if not worked:
            await self._transport.refuse(LiveError(ErrorCode.RECOGNITION_FAILED))

    def _partial(self, heard: Heard, text: str) -> None:
        self._outbound.partial(AsrPartial(text=text, utterance_id=heard.utterance_id))
        if heard.over_voice and self._echo.speaking:
            echo = self._echo.is_echo(heard, text)
            if echo and is_one_word(text):
                return  # "I" begins many a sentence: what follows it will tell
            words = SpeechHeard(heard.utterance_id, "" if echo else text, echo)
            self._inbox.put_first(partial(self._conversation.happened, words))

    async def _until_answerable(self) -> None:
        if self._answerable.is_set():
            return
        try:
            async with asyncio.timeout(HOLD_S):
                await self._answerable.wait()
        except TimeoutError:
            # The interviewer takes long: what is said meanwhile is not an answer to what it has not asked yet.
            pass
