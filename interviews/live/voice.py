"""The interviewer's voice: spoken pieces sent a little ahead of playback, and knowing when they were heard."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import aclosing

from interviews.live.errors import ErrorCode, LiveError
from interviews.live.faults import log_fault
from interviews.live.messages import (
    AudioChunk,
    AudioEnd,
    Interrupted,
    SpeakingEnd,
    SpeakingStart,
    TranscriptChunk,
)
from interviews.live.outbound import Outbound, Transport
from providers.base import ProviderError
from providers.tts.base import TextToSpeech

log = logging.getLogger(__name__)

AHEAD_MS = 2_000
# A client that reports playback is waited for so long after the audio should have ended.
GRACE_MS = 5_000


class Playback:
    """How much of one utterance was heard: what the client reports, else what the time since its start allows."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._known_ms = 0.0
        self._known_at = 0.0
        self._begun = False
        self.sent_ms = 0.0
        self.reported = False
        self.over = False
        self.changed = asyncio.Event()
        self.gone = asyncio.Event()  # nothing more is done about it

    def sent(self, ms: float) -> None:
        if not self._begun:
            self._begun, self._known_at = True, self._time()
        self.sent_ms += ms

    def report(self, event: str, ms: float) -> None:
        """A client's `playback` message. It can hurry the interviewer on, never beyond what was sent."""
        self._known_ms = min(max(ms, self._heard()), self.sent_ms)
        self._known_at = self._time()
        self.reported = True
        self.over = event in ("ended", "stopped")
        self.changed.set()

    @property
    def heard_ms(self) -> int:
        return int(min(self._heard(), self.sent_ms))

    async def reach(self, ms: float) -> None:
        """Wait until so much was heard, or the client says that it is over."""
        while not self.over and (missing := ms - self._heard()) > 0:
            await self._change(missing)

    async def end(self) -> None:
        """Wait for the end: reported where the client reports, else by the length of the audio."""
        await self.reach(self.sent_ms)
        until = self._time() + GRACE_MS / 1000
        while self.reported and not self.over and (left := until - self._time()) > 0:
            await self._change(left * 1000)

    def _heard(self) -> float:
        if not self._begun:
            return 0.0
        return self._known_ms + (self._time() - self._known_at) * 1000

    async def _change(self, patience_ms: float) -> None:
        self.changed.clear()
        try:
            async with asyncio.timeout(patience_ms / 1000):
                await self.changed.wait()
        except TimeoutError:
            pass


class Voice:
    """Speaks one utterance after the other. `on_silence(utterance_id)` is told when the last of them was heard."""

    def __init__(
        self,
        tts: TextToSpeech,
        language: str,
        outbound: Outbound,
        transport: Transport,
        on_silence: Callable[[str], None],
    ) -> None:
        self._tts = tts
        self._language = language
        self._outbound = outbound
        self._transport = transport
        self._on_silence = on_silence
        self._queue: deque[tuple[str, str]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._current = ""
        self._playback: Playback | None = None

    def say(self, utterance_id: str, text: str) -> None:
        self._queue.append((utterance_id, text))
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._speak_all())

    @property
    def speaking(self) -> bool:
        return self._task is not None and not self._task.done()

    def report(self, utterance_id: str, event: str, ms: float) -> bool:
        """The client's `playback`; of an utterance that is not being spoken it says nothing (False)."""
        if self._playback is None or utterance_id != self._current:
            return False
        self._playback.report(event, ms)
        return True

    async def over(self, utterance_id: str) -> None:
        """Wait until this utterance is not being spoken."""
        if self._playback is not None and utterance_id == self._current:
            await self._playback.gone.wait()

    async def stop(self) -> None:
        """Drop what was not heard yet, and tell the client how far it came."""
        current, playback = self._current, self._playback
        await self.close()
        if current and playback is not None:
            await self._outbound.send(Interrupted(utterance_id=current, heard_ms=playback.heard_ms))
            await self._outbound.send(SpeakingEnd(utterance_id=current))

    async def finished(self) -> None:
        """Wait until everything was heard."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def close(self) -> None:
        self._queue.clear()
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._current, self._playback = "", None

    async def _speak_all(self) -> None:
        last = ""
        while self._queue:
            last, text = self._queue.popleft()
            playback = Playback(asyncio.get_running_loop().time)
            self._current, self._playback = last, playback
            try:
                await self._speak(last, text, playback)
            finally:
                self._current, self._playback = "", None
                playback.gone.set()
        self._on_silence(last)

    async def _speak(self, utterance_id: str, text: str, playback: Playback) -> None:
        await self._outbound.send(SpeakingStart(utterance_id=utterance_id))
        await self._outbound.send(TranscriptChunk(utterance_id=utterance_id, text=text))
        try:
            await self._send_audio(utterance_id, text, playback)
        except ProviderError as error:
            # The words were sent: the interview goes on without the voice.
            log.warning("voice: %s failed (retryable: %s)", self._tts.name, error.retryable)
            await self._transport.refuse(LiveError(ErrorCode.VOICE_FAILED))
        except Exception as error:  # noqa: BLE001  # else the interview would wait for this voice for ever
            log_fault(log, 0, error)
            await self._transport.refuse(LiveError(ErrorCode.VOICE_FAILED))
        await self._outbound.send(AudioEnd(utterance_id=utterance_id))
        await playback.end()
        await self._outbound.send(SpeakingEnd(utterance_id=utterance_id))

    async def _send_audio(self, utterance_id: str, text: str, playback: Playback) -> None:
        rate, index = self._tts.sample_rate, 0
        async with aclosing(self._tts.stream(text, self._language)) as chunks:
            async for pcm in chunks:
                await playback.reach(playback.sent_ms - AHEAD_MS)
                if playback.over:
                    return
                await self._outbound.send(
                    AudioChunk(utterance_id=utterance_id, audio=pcm, index=index, sample_rate=rate)
                )
                index += 1
                playback.sent(len(pcm) / 2 / rate * 1000)
