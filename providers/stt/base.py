"""The interface of speech recognition.

An engine (`SpeechToText`) lives as long as the process; a `Recognition` as long as one utterance. Audio is PCM16 mono
at 16 kHz. Everything is called from the event loop's thread.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from providers.audio import BYTES_PER_SAMPLE, SAMPLE_RATE, samples_in, samples_to_ms
from providers.base import BadInputError, Capabilities, ProviderError

OnPartial = Callable[[str], None]

# An utterance is at most 30 s (`Segmenter`); whoever feeds more than this has lost the end of one.
LONGEST_UTTERANCE_S = 120


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its place in milliseconds after the utterance's first sample, and how sure the engine is (0 to 1)."""

    text: str
    start_ms: int
    end_ms: int
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The one final result of an utterance; `text` is empty when nothing was understood.

    `words` and `confidence` are empty and None where the engine gives none (Whisper no words, PocketSphinx no
    confidence that means anything). `engine` is the one that really did it, never a fallback's wrapper.
    """

    text: str
    confidence: float | None = None
    engine: str = ""
    words: tuple[Word, ...] = ()


class Recognition(ABC):
    """One utterance being recognised: `feed`… then `finish` or `cancel`.

    `pause_is_final`: what `pause` found is what `finish` would find, if nothing is fed in between.
    """

    pause_is_final = False

    def __init__(self, on_partial: OnPartial | None = None) -> None:
        self.on_partial = on_partial
        self._transcript: Transcript | None = None
        self._fed = 0
        self._state = "open"
        self._partial = ""
        self._pausing: asyncio.Task[Transcript] | None = None

    def feed(self, pcm: bytes) -> None:
        """Hand over audio; returns at once. Ignored after `cancel`.

        Raises RuntimeError after `finish`, BadInputError for an odd length or an utterance of more than 120 s.
        """
        if self._state == "cancelled":
            return
        if self._state == "finished":
            raise RuntimeError("audio was fed to a finished recognition")
        if len(pcm) % BYTES_PER_SAMPLE:
            raise BadInputError("PCM16 audio has an even number of bytes.", code="unreadable")
        self._fed += samples_in(pcm)
        if self._fed > LONGEST_UTTERANCE_S * SAMPLE_RATE:
            raise BadInputError(f"An utterance is at most {LONGEST_UTTERANCE_S} s long.", code="too_long")
        if pcm:
            self._forget_pause()
            self._feed(pcm)

    def pause(self) -> asyncio.Future[Transcript]:
        """The words so far, for a speaker who may have finished: nothing else has to come before they are told.

        Feeding goes on if they did not: that forgets the pause (its future is cancelled), and what it cost is lost.
        `finish` then gives the same words without another decoding, where `pause_is_final`. The future raises
        ProviderError, as `finish` does. Engines that cannot decode in the middle give the latest partial text.
        """
        if self._pausing is None:
            self._pausing = asyncio.ensure_future(self._pause())
            self._pausing.add_done_callback(_retrieve)
        return self._pausing

    async def finish(self) -> Transcript:
        """No more audio comes: wait for the final text. A second call returns the same transcript.

        Raises ProviderError when every way to recognise this utterance failed, or after `cancel`.
        """
        if self._transcript is not None:
            return self._transcript
        if self._state == "cancelled":
            raise ProviderError("The recognition was cancelled.", retryable=False)
        self._state = "finished"
        self._transcript = await self._paused_at() or await self._finish()
        return self._transcript

    def cancel(self) -> None:
        """Forget the utterance and free what it holds. May be called at any time, any number of times."""
        if self._state != "cancelled":
            self._state = "cancelled"
            self._forget_pause()
            self._cancel()

    @property
    def fed_ms(self) -> int:
        """Audio taken so far."""
        return samples_to_ms(self._fed)

    @property
    @abstractmethod
    def backlog_ms(self) -> int:
        """Audio that was fed and that the engine has not taken in yet. Slow the sender down while it is large."""

    @abstractmethod
    def _feed(self, pcm: bytes) -> None: ...

    @abstractmethod
    async def _finish(self) -> Transcript: ...

    @abstractmethod
    def _cancel(self) -> None: ...

    async def _pause(self) -> Transcript:
        return Transcript(self._partial)

    def _release(self) -> None:  # noqa: B027 - most engines hold nothing that `finish` would free
        """The pause's words are the final ones: free what the utterance holds."""

    async def _paused_at(self) -> Transcript | None:
        """What the pause found, if nothing was fed since; it may still be at work."""
        if self._pausing is None:
            return None
        if not self._pausing.done():  # to wait for what is there already takes two turns of the loop
            await asyncio.wait({self._pausing})
        if self._pausing.cancelled() or self._pausing.exception() is not None or not self.pause_is_final:
            return None
        self._release()
        return self._pausing.result()

    def _forget_pause(self) -> None:
        if self._pausing is not None:
            self._pausing.cancel()
            self._pausing = None

    def _tell(self, text: str) -> None:
        """Hand a partial text on, unless nobody wants it any more."""
        self._partial = text
        if self.on_partial is not None and self._state != "cancelled":
            self.on_partial(text)


def _retrieve(pausing: "asyncio.Task[Transcript]") -> None:
    """Nobody may wait for it any more: then its error is nobody's fault."""
    if not pausing.cancelled():
        pausing.exception()


class SpeechToText(ABC):
    """A recognition engine. `pause_ms`: how long a pause within an utterance has to be for the words so far to be
    asked for (`Recognition.pause`): as long as the trouble that it costs is worth."""

    capabilities: Capabilities
    pause_ms: int = 100

    @property
    def name(self) -> str:
        """Shown to candidate and recruiter."""
        return self.capabilities.name

    async def open(self, language: str, *, on_partial: OnPartial | None = None, speaker: str = "") -> Recognition:
        """Begin an utterance.

        `on_partial` gets the whole text so far, each replacing the one before; it is called in the event loop and never
        after `finish` returned or `cancel`. `speaker` is any stable key (the interview's id): engines that adapt to a
        voice do so under it. Raises ProviderError (not retryable for a language the engine does not know).
        """
        if language not in self.capabilities.languages:
            raise ProviderError(f"{self.name} does not recognise {language!r}.", retryable=False)
        return await self._open(language, on_partial, speaker)

    async def warm(self) -> None:  # noqa: B027 - most engines have nothing to load
        """Load what the first utterance needs, so that it does not wait. Errors are raised."""

    async def close(self) -> None:  # noqa: B027 - most engines hold nothing
        """Free everything (children, connections). The engine may be opened again afterwards."""

    @abstractmethod
    async def _open(self, language: str, on_partial: OnPartial | None, speaker: str) -> Recognition: ...
