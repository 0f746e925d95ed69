"""Interview time: audio heard while the interviewer listens, and wall time while a candidate is connected."""

from collections.abc import Callable

from interviews.engine import Now

SAMPLES_PER_MS = 16


class InterviewClock:
    """Goes on from where the interview was left. `time()` gives seconds and never goes back."""

    def __init__(self, start: Now, time: Callable[[], float]) -> None:
        self._samples = start.audio * SAMPLES_PER_MS
        self._wall_ms = start.wall
        self._time = time
        self._since = time()

    def hear(self, samples: int) -> None:
        """So much audio (16 kHz) was heard while listening."""
        self._samples += samples

    @property
    def audio_ms(self) -> int:
        return self._samples // SAMPLES_PER_MS

    @property
    def wall_ms(self) -> int:
        return self._wall_ms + int((self._time() - self._since) * 1000)

    def now(self) -> Now:
        return Now(audio=self.audio_ms, wall=self.wall_ms)
