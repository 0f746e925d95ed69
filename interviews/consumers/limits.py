"""What a connection may do before it is closed."""

from collections.abc import Callable

ERRORS_IN_A_ROW = 20
REQUESTS_AT_ONCE, REQUESTS_PER_SECOND = 50, 5
TOO_FAST_FOR_S = 10
_BYTES_PER_SECOND = 32_000


class AudioSpeed:
    """Notices audio that comes faster than `limit` times real time for ten seconds on end.

    Counted in whole seconds of `time()`: a second at or below the limit begins the count anew, so that a client which
    sends again what it kept through a break may do so as fast as it can.
    """

    def __init__(self, limit: float, time: Callable[[], float]) -> None:
        self._most = limit * _BYTES_PER_SECOND
        self._time = time
        self._second = 0
        self._bytes = 0
        self._fast_seconds = 0

    def too_fast(self, size: int) -> bool:
        """Count `size` bytes of audio that came now."""
        second = int(self._time())
        if second != self._second:
            in_a_row = second == self._second + 1 and self._bytes > self._most
            self._fast_seconds = self._fast_seconds + 1 if in_a_row else 0
            self._second, self._bytes = second, 0
        self._bytes += size
        return self._fast_seconds >= TOO_FAST_FOR_S


class Pace:
    """Of requests that are stored or said: fifty at once, then five a second. Those that come faster wait."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._due = 0.0

    def wait_s(self) -> float:
        """Count a request that came now; how long it has to wait, and its sender with it."""
        now = self._time()
        self._due = max(self._due, now) + 1 / REQUESTS_PER_SECOND
        return max(0.0, self._due - now - REQUESTS_AT_ONCE / REQUESTS_PER_SECOND)
