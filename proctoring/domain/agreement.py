"""When frames become a signal: several must agree, and one episode is one event.

Pure: standard library only, time comes in with each frame.
"""

from collections import deque
from dataclasses import dataclass, field

MULTIPLE_FACES, NO_FACE, CAMERA_COVERED = "multiple_faces", "no_face", "camera_covered"


@dataclass(frozen=True, slots=True)
class Rules:
    """Of the last `window` frames `needed` must show a condition to raise it; `clear` in a row without it end it.

    Frames further apart than `gap_ms` are no longer one observation: an open episode ends at its last sighting and
    counting starts anew.
    """

    window: int = 4
    needed: int = 3
    clear: int = 3
    gap_ms: int = 15_000

    def __post_init__(self) -> None:
        if not (1 <= self.needed <= self.window and self.clear >= 1 and self.gap_ms >= 1):
            raise ValueError("Rules need 1 <= needed <= window, clear >= 1 and gap_ms >= 1.")


@dataclass(frozen=True, slots=True)
class Raised:
    """A condition has been agreed on; `at_ms` is the first frame of the agreeing ones."""

    signal: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Cleared:
    """The episode is over; `until_ms` is the last frame that showed it."""

    signal: str
    until_ms: int


Verdict = Raised | Cleared


@dataclass(slots=True)
class Episode:
    """Recent sightings of one condition, newest last; `last_seen_ms` is set while an event is open."""

    seen: deque[tuple[int, bool]]
    last_seen_ms: int | None = None
    missing: int = 0


@dataclass(slots=True)
class Agreement:
    """The state of one interview."""

    rules: Rules = field(default_factory=Rules)
    _episodes: dict[str, Episode] = field(default_factory=dict)
    _last_ms: int | None = None

    def observe(self, condition: str | None, at_ms: int) -> list[Verdict]:
        """A frame taken at `at_ms` shows `condition`, or nothing worth a signal. Returns what follows from it."""
        verdicts: list[Verdict] = []
        if self._last_ms is not None and not 0 <= at_ms - self._last_ms <= self.rules.gap_ms:
            verdicts.extend(self.close())
        self._last_ms = at_ms
        if condition is not None and condition not in self._episodes:
            self._episodes[condition] = Episode(deque(maxlen=self.rules.window))
        for signal, episode in self._episodes.items():
            verdicts.extend(self._note(signal, episode, at_ms, shown=signal == condition))
        return verdicts

    def close(self) -> list[Cleared]:
        """End every open episode and forget all frames."""
        ends = [(signal, episode.last_seen_ms) for signal, episode in self._episodes.items()]
        self._episodes.clear()
        self._last_ms = None
        return [Cleared(signal, last_ms) for signal, last_ms in ends if last_ms is not None]

    def forget(self, signal: str) -> None:
        """The event was not stored: the next frames that agree raise it anew."""
        self._episodes.pop(signal, None)

    @property
    def open(self) -> frozenset[str]:
        return frozenset(signal for signal, episode in self._episodes.items() if episode.last_seen_ms is not None)

    def _note(self, signal: str, episode: Episode, at_ms: int, *, shown: bool) -> list[Verdict]:
        episode.seen.append((at_ms, shown))
        episode.missing = 0 if shown else episode.missing + 1
        if episode.last_seen_ms is not None:
            return self._continue(signal, episode, at_ms, shown=shown)
        sightings = [at for at, seen in episode.seen if seen]
        if len(sightings) < self.rules.needed:
            return []
        episode.last_seen_ms = sightings[-1]
        return [Raised(signal, sightings[0])]

    def _continue(self, signal: str, episode: Episode, at_ms: int, *, shown: bool) -> list[Verdict]:
        if shown:
            episode.last_seen_ms = at_ms
        if episode.missing < self.rules.clear or episode.last_seen_ms is None:
            return []
        until_ms, episode.last_seen_ms = episode.last_seen_ms, None
        episode.seen.clear()  # a sighting belongs to one episode only
        return [Cleared(signal, until_ms)]


def condition_of(faces: int, *, blank: bool) -> str | None:
    """What a frame with this many faces shows, if it is worth a signal."""
    if blank:
        return CAMERA_COVERED
    if faces == 0:
        return NO_FACE
    return MULTIPLE_FACES if faces > 1 else None
