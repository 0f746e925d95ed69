"""Between a session and proctoring: camera frames and the page's own observations out, signals in."""

from typing import Any

from interviews.live.errors import ErrorCode, LiveError
from interviews.live.messages import CheatDetected
from interviews.live.session import LiveSession
from proctoring.domain import frames, signals
from proctoring.domain.timeline import Signal


def at_work() -> bool:
    """Whether camera frames are looked at."""
    return bool(frames.status()["ready"])


class Watch:
    """Tells the candidate of signals for as long as the session lives."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session
        frames.subscribe(session.interview_id, self._signal)

    def close(self) -> None:
        frames.unsubscribe(self._session.interview_id, self._signal)

    def look(self, jpeg: bytes) -> None:
        """Have a camera frame looked at; the newest wins. Returns at once."""
        if self._session.recorder is not None:
            self._session.recorder.camera(jpeg)
        frames.submit(self._session.interview_id, jpeg, self._session.clock.wall_ms)

    def note(self, name: str, at_ms: int, detail: Any) -> None:
        """Keep what the page noticed of itself. Raises LiveError."""
        try:
            wall_ms = self._session.clock.wall_ms
            signals.from_client(self._session.interview_id, name, at_ms, detail, wall_ms=wall_ms)
        except signals.BadSignal as error:
            raise LiveError(ErrorCode.INVALID, error.field) from error

    def _signal(self, signal: Signal) -> None:
        message = CheatDetected(text=signal.text, signal=signal.signal, event_id=signal.event_id)
        self._session.spawn(self._session.tell(message))
