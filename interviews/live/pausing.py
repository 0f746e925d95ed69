"""A pause within an utterance, whose words are on their way."""

import asyncio
from dataclasses import dataclass

from interviews.live.hearing import Heard
from providers.base import ProviderError
from providers.stt.base import Transcript


@dataclass(frozen=True, slots=True, eq=False)
class Pause:
    """Speech stopped at `at_ms` (interview audio time). Audio up to `gate_ms` may be taken before the words are here:
    no decision lies before it."""

    heard: Heard
    at_ms: int
    gate_ms: int
    words: asyncio.Future[Transcript]

    async def known(self, patience_s: float) -> None:
        """Wait for the words, but not for ever."""
        if not self.words.done():
            await asyncio.wait({self.words}, timeout=patience_s)

    @property
    def text(self) -> str | None:
        """None, if they did not come: then the end of the utterance will bring them."""
        if not self.words.done() or self.words.cancelled():
            return None
        try:
            return self.words.result().text
        except ProviderError:
            return None
