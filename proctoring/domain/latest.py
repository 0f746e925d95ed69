"""Which frame is looked at next: one of an interview in flight, its newest one waiting, no more in all than a limit.

Pure: ticket numbers and the time come from outside.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Frame:
    interview_id: int
    jpeg: bytes
    at_ms: int


@dataclass(slots=True)
class LatestFrames:
    """`limit` frames in flight in all. `dropped` counts frames that a newer one replaced or that got lost."""

    limit: int
    dropped: int = 0
    _waiting: dict[int, Frame] = field(default_factory=dict)
    _flying: dict[int, tuple[Frame, float]] = field(default_factory=dict)
    _busy: set[int] = field(default_factory=set)
    _ticket: int = 0

    @property
    def in_flight(self) -> int:
        return len(self._flying)

    @property
    def waiting(self) -> int:
        """Interviews whose frame has not been sent yet."""
        return len(self._waiting)

    def offer(self, frame: Frame) -> None:
        """Keep `frame` as the next of its interview. It takes the place of an older one, and its turn."""
        if frame.interview_id in self._waiting:
            self.dropped += 1
        self._waiting[frame.interview_id] = frame

    def take(self, now: float) -> tuple[int, Frame] | None:
        """A ticket and the frame to send now, or nothing. The interview that waits longest comes first."""
        if len(self._flying) >= self.limit:
            return None
        chosen = next((key for key in self._waiting if key not in self._busy), None)
        if chosen is None:
            return None
        frame = self._waiting.pop(chosen)
        self._ticket += 1
        self._flying[self._ticket] = (frame, now)
        self._busy.add(chosen)
        return self._ticket, frame

    def answered(self, ticket: int) -> Frame | None:
        """The frame of `ticket`, whose interview may send its next one; None for an answer that came too late."""
        frame, _sent = self._flying.pop(ticket, (None, 0.0))
        if frame is not None:
            self._busy.discard(frame.interview_id)
        return frame

    def lose(self, sent_before: float | None = None) -> int:
        """Give up frames in flight (sent before a time, or all); returns how many there were."""
        lost = [ticket for ticket, (_frame, sent) in self._flying.items() if sent_before is None or sent < sent_before]
        for ticket in lost:
            self.answered(ticket)
        self.dropped += len(lost)
        return len(lost)

    def forget(self, interview_id: int) -> None:
        """Drop the waiting frame of an interview that nobody watches any more."""
        self.dropped += self._waiting.pop(interview_id, None) is not None
