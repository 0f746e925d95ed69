"""Cuts a stream of audio into utterances.

Pure logic over a `VoiceActivity`: no clock, no loop. It works on whole 32 ms windows, so the events (with the pieces
of one utterance's audio joined) do not depend on how the stream was cut into frames. It runs in the receive path of
every socket: a 40 ms frame costs one or two detector calls and little else.

With a `grid_ms`, neither do they depend on how many frames of silence came before: while nothing is heard, each window
ends on the grid, with a gap to the one before it, so that speech meets the windows alike wherever it begins; and the
detector forgets silence.
"""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from providers.base import BadInputError
from providers.vad.base import WINDOW_BYTES, WINDOW_MS, WINDOW_SAMPLES, VoiceActivity

SAMPLES_PER_MS = WINDOW_SAMPLES // WINDOW_MS

# So many quieter windows in a row (about 100 ms) make a beginning that was not confirmed a click or a cough.
_GAP_WINDOWS = 3
# In the last seconds before the forced split a shorter pause ends the utterance, so that no word is cut in two.
_HURRY_MS = 6_000
_HURRY_SILENCE_MS = 200


class Cause(StrEnum):
    """Why an utterance ended."""

    SILENCE = "silence"
    SPLIT = "split"  # it grew too long; the next one's `Started` follows at once, at the same sample
    FLUSH = "flush"


@dataclass(frozen=True, slots=True)
class Started:
    """An utterance began. `pcm` is its audio from `start_sample` on: the pre-roll and the speech already heard."""

    start_sample: int
    pcm: bytes = b""


@dataclass(frozen=True, slots=True)
class Speech:
    """More of the utterance's audio, following what was handed out before without a gap."""

    start_sample: int
    pcm: bytes


@dataclass(frozen=True, slots=True)
class Paused:
    """Nothing was heard for as long as a pause has to be; the utterance is still open. `end_sample`: where speech was
    last heard; all audio up to here was handed out."""

    end_sample: int


@dataclass(frozen=True, slots=True)
class WentOn:
    """Speech went on after `Paused`; `pause_ms` lie between."""

    pause_ms: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The utterance is over. `end_sample`: where speech was last heard; the silence after it is part of the audio."""

    end_sample: int
    cause: Cause = Cause.SILENCE


SegmentEvent = Started | Speech | Paused | WentOn | Ended


@dataclass(frozen=True, slots=True)
class SegmenterSettings:
    """Times in milliseconds, rounded to windows of 32 ms; thresholds are probabilities.

    Speech begins at `threshold` and, once begun, goes on above `release`. `grid_ms`: 0, or the length of the frames
    that the stream comes in, at least 32. `pause_ms`: how long a pause within an utterance is told of; 0 for none.
    """

    threshold: float = 0.5
    release: float = 0.35
    min_speech_ms: int = 200
    silence_ms: int = 600
    pre_roll_ms: int = 300
    longest_ms: int = 30_000
    grid_ms: int = 0
    pause_ms: int = 0


class Segmenter:
    """One stream's segmenter. Sample numbers count from its first sample and never start again."""

    def __init__(self, vad: VoiceActivity, settings: SegmenterSettings | None = None) -> None:
        settings = settings or SegmenterSettings()
        self._vad = vad
        self._threshold = settings.threshold
        self._release = settings.release
        self._usual = self._min_speech = _windows(settings.min_speech_ms)
        self._silence = _windows(settings.silence_ms)
        self._short_silence = min(_windows(_HURRY_SILENCE_MS), self._silence)
        self._pause = 0
        self.tell_pauses(settings.pause_ms)
        self._grid = settings.grid_ms * SAMPLES_PER_MS
        self._pre_roll = max(1, round(settings.pre_roll_ms / (settings.grid_ms or WINDOW_MS)))
        self._longest = _windows(settings.longest_ms)
        self._hurry_from = max(self._longest - _windows(_HURRY_MS), self._longest // 2)
        self._rest = b""
        self._position = 0  # samples up to the end of the last window
        self._origin = 0  # of the grid
        self._speaking = False
        self._loud = 0  # windows with speech in a beginning that is not confirmed yet
        self._quiet = 0  # windows without speech in a row
        self._length = 0  # windows of the running utterance
        self._end = 0  # sample after the last window with speech
        self._held: deque[bytes] = deque()  # pre-roll while waiting: windows, each with the gap before it
        self._out: list[bytes] = []  # windows of the running utterance not handed out yet

    @property
    def position(self) -> int:
        """Samples taken so far, those of an unfinished window included."""
        return self._position + len(self._rest) // 2

    @property
    def speaking(self) -> bool:
        """Whether an utterance is open."""
        return self._speaking

    def tell_pauses(self, ms: int) -> None:
        """From now on, tell of pauses of this length (0: of none)."""
        self._pause = _windows(ms) if ms else 0

    def confirm_after(self, ms: int = 0) -> None:
        """From now on, an utterance begins with so much speech (0: with as much as the settings say)."""
        self._min_speech = _windows(ms) if ms else self._usual

    def feed(self, pcm: bytes) -> list[SegmentEvent]:
        """Take any even number of bytes (else BadInputError) and say what they brought, in order."""
        if len(pcm) & 1:
            raise BadInputError("PCM16 audio has an even number of bytes.", code="unreadable")
        data = self._rest + pcm
        events: list[SegmentEvent] = []
        start = 0
        while (end := start + self._step) <= len(data):
            self._position += (end - start) // 2
            hear = self._vad.probability if self._speaking or self._loud else self._vad.idle
            likely = hear(data[end - WINDOW_BYTES : end])
            if self._speaking:
                self._listen(data[start:end], likely, events)
            else:
                self._wait(data[start:end], likely, events)
            start = end
        self._rest = data[start:]
        if self._out:
            self._hand_out(events)
        return events

    def flush(self) -> list[SegmentEvent]:
        """The stream stops or pauses here: end an open utterance, forget an unconfirmed beginning and the voice.

        Feeding may go on afterwards; sample numbers do too.
        """
        events: list[SegmentEvent] = []
        if self._speaking and self._rest:
            self._out.append(self._rest)
        self._position += len(self._rest) // 2
        self._rest = b""
        if self._speaking:
            if not self._quiet:
                self._end = self._position
            self._finish(events, Cause.FLUSH)
        self._held.clear()
        self._loud = 0
        self._origin = self._position
        self._vad.reset()
        return events

    @property
    def _step(self) -> int:
        """Bytes up to the end of the next window."""
        if not self._grid or self._speaking or self._loud:
            return WINDOW_BYTES
        return WINDOW_BYTES + (self._origin - self._position - WINDOW_SAMPLES) % self._grid * 2

    def _wait(self, window: bytes, probability: float, events: list[SegmentEvent]) -> None:
        held = self._held
        held.append(window)
        # A soft word hovers about the threshold: what has begun above it goes on above `release`, unconfirmed too.
        if probability >= (self._release if self._loud else self._threshold):
            self._loud += 1
            self._quiet = 0
            if self._loud >= self._min_speech:
                self._begin(events)
            return
        if self._loud:
            self._quiet += 1
            if self._quiet <= _GAP_WINDOWS:
                return
            self._loud = 0
        while len(held) > self._pre_roll:
            held.popleft()

    def _begin(self, events: list[SegmentEvent]) -> None:
        self._speaking = True
        self._length = len(self._held)
        self._quiet = 0
        self._end = self._position
        pcm = b"".join(self._held)
        events.append(Started(self._position - len(pcm) // 2, pcm))
        self._held.clear()
        self._loud = 0

    def _listen(self, window: bytes, probability: float, events: list[SegmentEvent]) -> None:
        self._out.append(window)
        self._length += 1
        if probability >= self._release:
            if self._pause and self._quiet >= self._pause:
                events.append(WentOn(_ms(self._position - WINDOW_SAMPLES - self._end)))
            self._quiet = 0
            self._end = self._position
        else:
            self._quiet += 1
            if self._quiet == self._pause:
                self._hand_out(events)
                events.append(Paused(self._end))
            if self._quiet >= (self._silence if self._length < self._hurry_from else self._short_silence):
                self._finish(events, Cause.SILENCE)
                return
        if self._length >= self._longest:
            self._finish(events, Cause.SPLIT)
            self._begin(events)

    def _finish(self, events: list[SegmentEvent], cause: Cause) -> None:
        if self._out:
            self._hand_out(events)
        events.append(Ended(self._end, cause))
        self._speaking = False
        self._quiet = 0

    def _hand_out(self, events: list[SegmentEvent]) -> None:
        pcm = b"".join(self._out)
        self._out.clear()
        events.append(Speech(self._position - len(pcm) // 2, pcm))


def _ms(samples: int) -> int:
    return samples // SAMPLES_PER_MS


def _windows(ms: int) -> int:
    return max(1, round(ms / WINDOW_MS))
