"""From audio to utterances: what of the stream is listened to, and its way into the recogniser."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from interviews.engine import Recognised
from interviews.live import metrics
from interviews.live.clock import SAMPLES_PER_MS, InterviewClock
from interviews.live.recording import Recorder
from providers.audio import SAMPLE_RATE
from providers.base import ProviderError
from providers.stt.base import Recognition, SpeechToText, Transcript
from providers.vad.segmenter import Ended, Paused, Segmenter, SegmentEvent, Speech, Started, WentOn

log = logging.getLogger(__name__)

# Speech that began during the interviewer's voice is kept from its start, but not longer than this.
MAX_KEPT_BYTES = 10 * SAMPLE_RATE * 2
# Recognition that takes longer is given up, and the candidate asked to repeat.
PATIENCE_S = 30.0
# So much audio may wait for the recogniser before the sender is slowed down.
MAX_BACKLOG_MS = 3_000
# So much speech over the interviewer's voice makes it pause: a cough costs a moment, waiting longer a sentence.
BARGE_IN_MS = 130


@dataclass(eq=False, slots=True)
class Heard:
    """One utterance of the candidate. `begin_ms` and `end_ms` are interview audio time; `last_n` is the client's frame
    number at its end, for a client that numbers frames. `over_voice`: it began while the interviewer spoke; `replayed`:
    it was said before a break."""

    utterance_id: str
    begin_ms: int
    end_ms: int = 0
    last_n: int | None = None
    announced: bool = False
    over_voice: bool = False
    replayed: bool = False
    recognition: Recognition | None = None
    waiting: bytearray = field(default_factory=bytearray)
    silence: list[bytes] | None = None  # since a pause: the recogniser gets it only if speech goes on

    def take(self, pcm: bytes) -> None:
        if self.silence is not None:
            self.silence.append(pcm)
            return
        if self.recognition is not None:
            self.recognition.feed(pcm)
            return
        self.waiting += pcm
        if (excess := len(self.waiting) - MAX_KEPT_BYTES) > 0 and not self.announced:
            del self.waiting[:excess]

    def attach(self, recognition: Recognition) -> None:
        self.recognition = recognition
        recognition.feed(bytes(self.waiting))
        self.waiting.clear()

    def pause(self) -> None:
        """What follows is silence, for the time being."""
        self.silence = []

    def go_on(self) -> None:
        silence, self.silence = self.silence, None
        if silence:
            self.take(b"".join(silence))

    def cancel(self) -> None:
        self.waiting.clear()
        if self.recognition is not None:
            self.recognition.cancel()


@dataclass(frozen=True, slots=True)
class Began:
    utterance: Heard


@dataclass(frozen=True, slots=True)
class Over:
    utterance: Heard


@dataclass(frozen=True, slots=True)
class Lull:
    """A pause within the utterance. Speech stopped at `at_ms` (interview audio time), which was `ago_ms` ago."""

    utterance: Heard
    at_ms: int
    ago_ms: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """Speech went on after a lull, `pause_ms` later."""

    utterance: Heard
    pause_ms: int


Turning = Began | Over | Lull | Resumed


class Hearing:
    """One session's ears. `attend` follows the engine's state: only while it listens does its clock hear audio.

    While the interviewer speaks nothing is listened to, but speech is noticed, and sooner: it may be an interruption.
    """

    def __init__(
        self, segmenter: Segmenter, stt: SpeechToText, language: str, clock: InterviewClock, name: str
    ) -> None:
        self.listening = False
        self.recorder: Recorder | None = None
        self._over_voice = False
        self._segmenter = segmenter
        segmenter.tell_pauses(stt.pause_ms)
        self._stt = stt
        self._language = language
        self._clock = clock
        self._name = name  # of the session: utterances of two connections must differ
        self._count = 0
        self._open: Heard | None = None
        self._again = False
        self._n: int | None = None

    @property
    def overloaded(self) -> bool:
        """Whether the recogniser lags so far behind that the sender has to wait."""
        heard = self._open
        return heard is not None and heard.recognition is not None and heard.recognition.backlog_ms > MAX_BACKLOG_MS

    def attend(self, *, listening: bool, speaking: bool) -> None:
        """Whether the interviewer listens, or speaks and may be interrupted, or neither."""
        self.listening = listening
        if speaking != self._over_voice:
            self._over_voice = speaking
            self._segmenter.confirm_after(BARGE_IN_MS if speaking else 0)

    def feed(self, pcm: bytes, n: int | None = None, *, again: bool = False) -> list[Turning]:
        """Take some audio; what begins or ends with it, in order. Nothing slow happens here.

        What was sent `again` after a break is understood even while the interviewer speaks, and takes no time.
        """
        self._n = n
        self._again = again
        if self.listening and not again:
            self._clock.hear(len(pcm) // 2)
        if self.recorder is not None and not again:
            self.recorder.candidate(pcm)
        return self._turnings(self._segmenter.feed(pcm))

    def flush(self) -> list[Turning]:
        """Close the utterance in progress now; audio that follows begins anew."""
        return self._turnings(self._segmenter.flush())

    def begin_listening(self) -> Began | None:
        """Listening begins: speech already in progress is an utterance from its start."""
        if self._open is None or self._open.announced:
            return None
        self._open.begin_ms = self._clock.audio_ms
        return self._announce(self._open)

    async def open(self, heard: Heard, on_partial: Callable[[str], None]) -> None:
        """Start recognising. An engine that fails gives an empty text at the end."""
        try:
            recognition = await self._stt.open(self._language, on_partial=on_partial, speaker=self._name)
            heard.attach(recognition)
        except ProviderError as error:
            metrics.failed(metrics.Stage.RECOGNITION)
            log.warning("recognition: %s did not begin (retryable: %s)", self._stt.name, error.retryable)

    @staticmethod
    def words_so_far(heard: Heard) -> asyncio.Future[Transcript] | None:
        """Of a lull; cancelled when speech goes on. None: nothing is being recognised."""
        return heard.recognition.pause() if heard.recognition is not None else None

    async def recognise(self, heard: Heard) -> tuple[Recognised, bool]:
        """The one final text of an utterance that is over, and whether recognition worked."""
        begin, end = heard.begin_ms, max(heard.begin_ms, heard.end_ms)
        nothing = Recognised(heard.utterance_id, "", begin, end)
        if heard.recognition is None:
            return nothing, False
        try:
            async with asyncio.timeout(PATIENCE_S):
                transcript = await heard.recognition.finish()
        except (ProviderError, TimeoutError) as error:
            metrics.failed(metrics.Stage.RECOGNITION)
            log.warning("recognition: %s failed (%s)", self._stt.name, type(error).__name__)
            heard.cancel()
            return nothing, False
        except asyncio.CancelledError:
            heard.cancel()  # the connection is gone: the client sends these words again
            raise
        text, engine, confidence = transcript.text, transcript.engine, transcript.confidence
        return Recognised(heard.utterance_id, text, begin, end, engine, confidence), True

    def give_up(self) -> None:
        """The recogniser hangs: the utterance in progress will have an empty text."""
        if self._open is not None and self._open.recognition is not None:
            metrics.failed(metrics.Stage.RECOGNITION)
            log.warning("recognition: %s lags too far behind, given up", self._stt.name)
            self._open.cancel()
            self._open.recognition = None

    def close(self) -> None:
        """Forget the utterance in progress: the client sends it again after a reconnect."""
        if self._open is not None:
            self._open.cancel()
            self._open = None

    def _turnings(self, events: list[SegmentEvent]) -> list[Turning]:
        turnings: list[Turning] = []
        for event in events:
            if not isinstance(event, Speech):
                turnings += self._turn(event)
            elif self._open is not None:
                self._open.take(event.pcm)
        return turnings

    def _turn(self, event: Started | Paused | WentOn | Ended) -> list[Turning]:
        if isinstance(event, Started):
            return self._begin(event)
        if isinstance(event, Paused | WentOn):
            return self._pause(event)
        heard, self._open = self._open, None
        if heard is None or not heard.announced:
            return []  # it came and went while the interviewer was speaking
        heard.end_ms, heard.last_n = self._audio_ms_at(event.end_sample), self._n
        return [Over(heard)]

    def _pause(self, event: Paused | WentOn) -> list[Turning]:
        heard = self._open
        if heard is None or not heard.announced:
            return []
        if isinstance(event, WentOn):
            heard.go_on()
            return [Resumed(heard, event.pause_ms)]
        heard.pause()
        ago = (self._segmenter.position - event.end_sample) // SAMPLES_PER_MS
        return [Lull(heard, self._audio_ms_at(event.end_sample), ago)]

    def _begin(self, event: Started) -> list[Turning]:
        self._count += 1
        self._open = Heard(f"{self._name}.{self._count}", self._audio_ms_at(event.start_sample))
        self._open.take(event.pcm)
        self._open.over_voice, self._open.replayed = self._over_voice and not self._again, self._again
        return [self._announce(self._open)] if self.listening or self._over_voice or self._again else []

    @staticmethod
    def _announce(heard: Heard) -> Began:
        heard.announced = True
        return Began(heard)

    def _audio_ms_at(self, sample: int) -> int:
        """Interview time of a sample of the stream; speech from before listening began counts from there."""
        return max(0, self._clock.audio_ms - (self._segmenter.position - sample) // SAMPLES_PER_MS)
