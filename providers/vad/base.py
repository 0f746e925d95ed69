"""The interface of a voice activity detector."""

from abc import ABC, abstractmethod

WINDOW_SAMPLES = 512
WINDOW_BYTES = WINDOW_SAMPLES * 2
WINDOW_MS = 32


class VoiceActivity(ABC):
    """Says of each 32 ms window how likely it holds speech. Stateful: one instance a stream."""

    @abstractmethod
    def probability(self, window: bytes | bytearray | memoryview) -> float:
        """Of `window` (512 samples int16 LE, 16 kHz): 0.0 to 1.0. In speech, windows follow without a gap."""

    def idle(self, window: bytes | bytearray | memoryview) -> float:
        """As `probability`, while nobody speaks: long silence leaves no mark, and what nobody can hear costs little."""
        return self.probability(window)

    @abstractmethod
    def reset(self) -> None:
        """Forget what was heard; the next window begins a new stream."""
