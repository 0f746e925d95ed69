"""The interface of speech synthesis."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from contextlib import aclosing

from providers.audio import BYTES_PER_SAMPLE, ms_to_samples
from providers.base import BadInputError, Capabilities, ProviderError
from providers.tts.text import speakable

LONGEST_CHUNK_MS = 100
LONGEST_TEXT = 5_000


class BrokenOff(ProviderError):
    """The voice failed after some of the text's sound was given. Asked again, another one may speak the rest."""

    def __init__(self, message: str) -> None:
        super().__init__(message, retryable=True)


class TextToSpeech(ABC):
    """A voice. `sample_rate` (Hz) holds for every chunk this object gives."""

    capabilities: Capabilities
    sample_rate: int

    @property
    def name(self) -> str:
        """Shown to candidate and recruiter."""
        return self.capabilities.name

    async def stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        """`text` spoken: chunks of PCM16 mono, 100 ms each but for the last, as soon as they exist.

        Nothing is yielded for a text without anything to say. Leaving the loop early (`aclose`) stops the synthesis.
        Raises ProviderError; BadInputError for more than 5,000 characters.
        """
        if language not in self.capabilities.languages:
            raise ProviderError(f"{self.name} does not speak {language!r}.", retryable=False)
        if len(text) > LONGEST_TEXT:
            raise BadInputError(f"A spoken text has at most {LONGEST_TEXT} characters.", code="too_long")
        spoken = speakable(text)
        if not spoken:
            return
        step = ms_to_samples(LONGEST_CHUNK_MS, self.sample_rate) * BYTES_PER_SAMPLE
        held = bytearray()
        async with aclosing(self._stream(spoken, language)) as source:
            async for piece in source:
                held += piece
                while len(held) >= step:
                    yield bytes(held[:step])
                    del held[:step]
        if held := held[: len(held) - len(held) % BYTES_PER_SAMPLE]:
            yield bytes(held)

    async def close(self) -> None:  # noqa: B027 - most voices hold nothing
        """Free connections and threads."""

    @abstractmethod
    def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        """PCM16 mono at `sample_rate`, in pieces of any length."""
