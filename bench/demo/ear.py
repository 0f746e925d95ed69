"""How the simulated candidate hears the interviewer: at the pace of its own microphone, one utterance after another."""

from typing import Any

FRAME_MS = 40
REPORT_EVERY_MS = 240  # of playback; the server sends at most two seconds ahead of it


class Ear:
    """Plays what the server sends, 40 ms with each frame of the microphone.

    Playing by a clock instead would put the candidate's answers elsewhere in the audio at each speed.
    """

    def __init__(self) -> None:
        self.ended: set[str] = set()
        self._received: dict[str, float] = {}  # ms of each utterance that is not over, in the order of speech
        self._whole: set[str] = set()
        self._heard = self._reported = 0.0  # ms of the first of them

    @property
    def playing(self) -> bool:
        return bool(self._received)

    def begin(self, utterance: str) -> None:
        self._received[utterance] = 0

    def add(self, utterance: str, ms: float) -> None:
        if utterance in self._received:
            self._received[utterance] += ms

    def complete(self, utterance: str) -> None:
        """All of it was sent."""
        self._whole.add(utterance)

    def drop(self, utterance: str) -> None:
        """The interviewer fell silent in the middle of it."""
        if utterance == next(iter(self._received), None):
            self._heard = self._reported = 0
        if self._received.pop(utterance, None) is not None:
            self.ended.add(utterance)

    def listen(self) -> dict[str, Any] | None:
        """Hear 40 ms; gives what a player has to report then, if anything."""
        utterance = next(iter(self._received), None)
        if utterance is None:
            return None
        self._heard = min(self._heard + FRAME_MS, self._received[utterance])
        report = {"type": "playback", "utterance_id": utterance, "ms": round(self._heard)}
        if utterance in self._whole and self._heard >= self._received[utterance]:
            self.drop(utterance)
            return {**report, "event": "ended"}
        if self._heard - self._reported >= REPORT_EVERY_MS:
            self._reported = self._heard
            return {**report, "event": "progress"}
        return None
