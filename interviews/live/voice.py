"""The interviewer's voice: spoken pieces sent a little ahead of playback, paused and gone on with, and their end."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from interviews.live import metrics, synthesis
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.faults import log_fault
from interviews.live.messages import AudioChunk, AudioEnd, Interrupted, SpeakingEnd, SpeakingStart, TranscriptChunk
from interviews.live.outbound import Outbound, Transport
from interviews.live.prepared import Prepared
from interviews.live.recording import Recorder
from interviews.live.spoken import Spoken
from providers.base import ProviderError
from providers.tts.base import TextToSpeech

log = logging.getLogger(__name__)

AHEAD_MS = 2_000


@dataclass(frozen=True, slots=True)
class Cut:
    """An utterance that was ended before its end, and its words that were heard."""

    utterance_id: str
    heard_text: str


class Voice:
    """Speaks one utterance after the other.

    `on_silence(utterance_id)` is told when the last of them was heard to its end. `on_sent(utterance_id, index, pcm)`,
    which may be set, is told of every chunk as it is sent.
    """

    def __init__(
        self,
        tts: TextToSpeech,
        language: str,
        outbound: Outbound,
        transport: Transport,
        on_silence: Callable[[str], None],
    ) -> None:
        self._tts = tts
        self.prepared = Prepared(tts, language)
        self._outbound = outbound
        self._transport = transport
        self._on_silence = on_silence
        self.on_sent: Callable[[str, int, bytes], None] = lambda *_: None
        self.recorder: Recorder | None = None
        self._queue: deque[Spoken] = deque()
        self._open: dict[str, Spoken] = {}  # not confirmed yet
        self._task: asyncio.Task[None] | None = None
        self._current: Spoken | None = None
        self._paused = False
        self._newest: asyncio.Task[None] | None = None  # recording: one utterance is synthesised after the other

    def open(self, utterance_id: str) -> Spoken:
        """Begin an utterance whose words are still to come; it takes its place among the others with the first."""
        rate, time = self._tts.sample_rate, asyncio.get_running_loop().time
        spoken = Spoken(utterance_id, rate, time, self._enqueue)
        self._open[utterance_id] = spoken
        return spoken

    def say(self, utterance_id: str, text: str) -> None:
        """Speak `text`; of an utterance that is being spoken already, only what was not written yet."""
        spoken = self._open.get(utterance_id) or self.open(utterance_id)
        del self._open[utterance_id]
        if text.startswith(spoken.text):
            spoken.write(text[len(spoken.text) :])
        spoken.end()
        spoken.confirm()
        if spoken.gone.is_set():
            self._on_silence(utterance_id)  # it was cut before its text was stored

    async def drop(self, utterance_id: str) -> Cut | None:
        """An utterance that was opened is not said (any more); gives what was heard of it. Others: does nothing."""
        spoken = self._open.pop(utterance_id, None)
        if spoken is None:
            return None
        if spoken in self._queue:
            self._queue.remove(spoken)
        if spoken is self._current:
            await self._cut(spoken)
            self._go_on()
        await spoken.drop()
        return _cut_of(spoken) if spoken.started else None

    @property
    def cut(self) -> Cut | None:
        """What `stop` would cut now."""
        return _cut_of(self._current) if self._current is not None and self._current.started else None

    @property
    def saying(self) -> str:
        """The words of what is being spoken, as far as they are written."""
        return self._current.text if self._current is not None else ""

    @property
    def speaking(self) -> bool:
        """Whether anything is being said, or is to be gone on with."""
        return self._current is not None or bool(self._queue)

    def report(self, utterance_id: str, event: str, ms: float) -> bool:
        """The client's `playback`; False where it ends nothing: of another utterance, or only answering a pause."""
        spoken = self._current
        return spoken is not None and spoken.utterance_id == utterance_id and spoken.playback.report(event, ms)

    async def over(self, utterance_id: str) -> None:
        """Wait until this utterance is not being spoken."""
        if self._current is not None and self._current.utterance_id == utterance_id:
            await self._current.gone.wait()

    async def pause(self) -> None:
        """Be silent at once, until `resume` or `stop`."""
        spoken = self._current
        if spoken is None or self._paused:
            return
        self._paused = True
        await self._halt()
        self._current = spoken
        spoken.playback.pause()
        if spoken.started:
            await self._outbound.send(self._interrupted(spoken))

    async def resume(self) -> None:
        """Go on after a pause, at the first word that was not heard."""
        spoken = self._current
        if spoken is None or not self._paused:
            return
        self._paused = False
        spoken.playback.go_on(spoken.tape.rewind(spoken.unheard_ms))
        self._queue.appendleft(spoken)
        self._current = None
        self._go_on()

    async def stop(self) -> Cut | None:
        """Drop what was not heard yet, and tell the client how far it came; gives what was cut.

        What is opened and not confirmed is not asked yet: unless some of it was heard, it will be spoken after all.
        """
        spoken = self._current
        dropped = [one for one in self._queue if one.confirmed.is_set()]
        self._queue = deque(one for one in self._queue if not one.confirmed.is_set())
        cut = None
        if spoken is not None and (spoken.started or spoken.confirmed.is_set()):
            cut = await self._cut(spoken)
        for one in dropped:
            await one.drop()
        self._go_on()
        return cut

    async def finished(self) -> None:
        """Wait until everything was heard."""
        if self._task is not None and not self._paused:
            await asyncio.wait({self._task})

    async def close(self) -> None:
        await self._halt()
        spoken = {self._current, *self._queue, *self._open.values()} - {None}
        self._queue.clear()
        self._open.clear()
        self._current = None
        for one in spoken:
            if one is not None:
                await one.drop()

    # --- the queue -------------------------------------------------------------------------------------------------

    def _enqueue(self, spoken: Spoken) -> None:
        spoken.recording = asyncio.get_running_loop().create_task(self._record(spoken, self._newest))
        self._newest = spoken.recording
        self._queue.append(spoken)
        self._go_on()

    def _go_on(self) -> None:
        if self._queue and not self._paused and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._speak_all())

    async def _halt(self) -> None:
        """Stop sending; what is current stays so."""
        if self.recorder is not None:
            self.recorder.interrupted()
        task, current = self._task, self._current
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._task, self._current = None, current

    async def _cut(self, spoken: Spoken) -> Cut:
        """End the current utterance here."""
        spoken.playback.pause()
        cut = _cut_of(spoken)
        heard, told = self._interrupted(spoken), self._paused or not spoken.started
        await self._halt()
        self._current, self._paused = None, False
        await spoken.drop()
        if not told:
            await self._outbound.send(heard)
        if spoken.started:
            await self._outbound.send(SpeakingEnd(utterance_id=spoken.utterance_id))
        return cut

    @staticmethod
    def _interrupted(spoken: Spoken) -> Interrupted:
        return Interrupted(utterance_id=spoken.utterance_id, heard_ms=spoken.playback.heard_ms)

    # --- speaking --------------------------------------------------------------------------------------------------

    async def _speak_all(self) -> None:
        while self._queue:
            spoken = self._current = self._queue.popleft()
            await self._speak(spoken)
            self._current = None
            await spoken.drop()
        self._on_silence(spoken.utterance_id)

    async def _speak(self, spoken: Spoken) -> None:
        await self._begin(spoken)
        await self._send_audio(spoken)
        await spoken.written()
        await self._tell(spoken, len(spoken.pieces))
        await self._outbound.send(AudioEnd(utterance_id=spoken.utterance_id))
        await spoken.playback.end()
        await spoken.confirmed.wait()
        await self._outbound.send(SpeakingEnd(utterance_id=spoken.utterance_id))

    async def _begin(self, spoken: Spoken) -> None:
        """The first words are told before their sound is there."""
        start = SpeakingStart(utterance_id=spoken.utterance_id)
        if spoken.started:
            start = SpeakingStart(utterance_id=spoken.utterance_id, from_ms=round(spoken.playback.sent_ms))
        spoken.started = True
        await self._outbound.send(start)
        if not spoken.told:
            await self._tell(spoken, 1)

    async def _tell(self, spoken: Spoken, pieces: int) -> None:
        while spoken.told < min(pieces, len(spoken.pieces)):
            text = spoken.pieces[spoken.told].text
            spoken.told += 1
            await self._outbound.send(TranscriptChunk(utterance_id=spoken.utterance_id, text=text))

    async def _send_audio(self, spoken: Spoken) -> None:
        tape, playback = spoken.tape, spoken.playback
        while await tape.more():
            await playback.reach(playback.sent_ms - AHEAD_MS)
            if playback.over:
                return
            while (border := spoken.border) is not None and border <= tape.position:
                await self._tell(spoken, spoken.told + 1)
            await self._send_chunk(spoken, tape.take(spoken.border))

    async def _send_chunk(self, spoken: Spoken, pcm: bytes) -> None:
        index, rate = spoken.chunks, spoken.tape.rate
        spoken.chunks += 1
        spoken.playback.sent(spoken.tape.ms(len(pcm)))
        if self.recorder is not None:
            self.recorder.interviewer(spoken.utterance_id, pcm, rate)
        self.on_sent(spoken.utterance_id, index, pcm)
        await self._outbound.send(
            AudioChunk(utterance_id=spoken.utterance_id, audio=pcm, index=index, sample_rate=rate)
        )

    async def _record(self, spoken: Spoken, before: asyncio.Task[None] | None) -> None:
        """A voice that fails leaves the words: they are sent, and the interview goes on."""
        if before is not None and not before.done():
            await asyncio.wait({before})
        try:
            await synthesis.record(spoken, self.prepared.stream)
        except ProviderError as error:
            metrics.failed(metrics.Stage.VOICE)
            log.warning("voice: %s failed (retryable: %s)", self._tts.name, error.retryable)
            await self._transport.refuse(LiveError(ErrorCode.VOICE_FAILED))
        except Exception as error:  # noqa: BLE001  # else the interview would wait for this voice for ever
            log_fault(log, 0, error)
            await self._transport.refuse(LiveError(ErrorCode.VOICE_FAILED))


def _cut_of(spoken: Spoken) -> Cut:
    return Cut(spoken.utterance_id, spoken.heard_text)
