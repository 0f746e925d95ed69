"""A detector that hears speech where a script says so."""

from collections.abc import Sequence

from providers.vad.base import WINDOW_MS, VoiceActivity


class ScriptedVad(VoiceActivity):
    """`spans` are (start_ms, end_ms) with speech, counted from the first window; the rest is silence.

    A window counts as speech when its middle lies in a span.
    """

    def __init__(self, spans: Sequence[tuple[int, int]], *, loud: float = 0.95, quiet: float = 0.02) -> None:
        self._spans = tuple(spans)
        self._loud = loud
        self._quiet = quiet
        self._at = 0

    def probability(self, window: bytes | bytearray | memoryview) -> float:
        middle = self._at * WINDOW_MS + WINDOW_MS // 2
        self._at += 1
        return self._loud if any(start <= middle < end for start, end in self._spans) else self._quiet

    def reset(self) -> None:
        """The script's time goes on: a reset forgets the voice, not the clock."""
