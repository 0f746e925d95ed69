"""The engines that run inside a recognition child, and the interface its loop drives them by.

Everything here is synchronous and belongs to one thread.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

WordRow = tuple[str, int, int, float | None]


@dataclass(frozen=True, slots=True)
class Result:
    """A final text. `words`: (text, start_ms, end_ms, confidence). `memory`: what the engine wants to be told at the
    speaker's next utterance."""

    text: str
    confidence: float | None = None
    words: list[WordRow] = field(default_factory=list)
    memory: str = ""


class Decoding(ABC):
    """One utterance inside a child. `pause_is_final`: `finish` would find what `pause` found, if nothing is fed."""

    pause_is_final = False

    @abstractmethod
    def feed(self, pcm: bytes) -> None:
        """Take audio in: cheap enough to be called with 100 ms at a time in turn with other utterances."""

    @abstractmethod
    def partial(self) -> str | None:
        """The text so far, or None when it is not worth looking yet. May be slow; called when nothing else waits."""

    @abstractmethod
    def pause(self) -> Result:
        """The text of all that was taken in, by a speaker who may have finished; feeding may go on."""

    @abstractmethod
    def finish(self) -> Result:
        """The final text; frees what the utterance held."""

    @abstractmethod
    def cancel(self) -> None:
        """Free what the utterance held."""


class Decoder(ABC):
    """An engine inside a child; building it loads the model."""

    @abstractmethod
    def begin(self, language: str, memory: str) -> Decoding | None:
        """Start an utterance; None when as many run as the engine can carry: ask again when one has ended."""


def build(options: dict[str, Any]) -> Decoder:
    """From the options the pool was given: `{"engine": "pocketsphinx" | "whisper", …}`."""
    match options["engine"]:
        case "pocketsphinx":
            from providers.stt.decoders.sphinx import SphinxDecoder

            return SphinxDecoder(decoders=options.get("decoders", 6))
        case "whisper":
            from providers.stt.decoders.whisper import WhisperDecoder

            return WhisperDecoder(options["model"], device=options.get("device", "cpu"))
        case unknown:
            raise ValueError(f"no engine {unknown!r}")
