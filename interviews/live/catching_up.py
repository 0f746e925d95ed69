"""Audio that a client sends again after a reconnect: everything since the last final text that it knows of."""

from collections.abc import Callable
from enum import Enum

WINDOW_S = 0.5
# Faster than this it is still what was kept, slower it is the microphone.
LIVE_SPEED = 1.5
MOST_MS = 70_000  # clients keep 60 s


class Age(Enum):
    KNOWN = "known"  # its text is stored already
    OLD = "old"  # said before the break or in it: understood, but its silences were counted or do not count
    LIVE = "live"


class CatchUp:
    """Tells the ages of the frames of one connection, in their order.

    `told` is the frame number up to which the client knew its words to be stored when it came back, `stored` up to
    which they are. A client that begins below `told` is not the one that left (a reloaded page counts anew). What was
    kept comes faster than real time; when that ends, the microphone is live.
    """

    def __init__(self, told: int, stored: int, time: Callable[[], float]) -> None:
        self._told = told
        self._stored = stored
        self._time = time
        self._begun: float | None = None
        self._window_ms = 0.0
        self._total_ms = 0.0
        self.over = False

    def age(self, n: int | None, ms: float) -> Age:
        """Of a frame with number `n` and `ms` of audio that came now."""
        if not self.over:
            self.over = n is None or n <= self._told or not self._still_fast(ms)
        if self.over or n is None:
            return Age.LIVE
        return Age.KNOWN if n <= self._stored else Age.OLD

    def _still_fast(self, ms: float) -> bool:
        now = self._time()
        if self._begun is None:
            self._begun = now
        if (passed := now - self._begun) >= WINDOW_S:
            if self._window_ms < passed * 1000 * LIVE_SPEED:
                return False
            self._begun, self._window_ms = now, 0.0
        self._window_ms += ms
        self._total_ms += ms
        return self._total_ms <= MOST_MS
