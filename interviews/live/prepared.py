"""What is likely to be said next, made into sound beforehand: for voices that come over a network.

The installation's own voice begins within a millisecond, so for it nothing is prepared.
"""

import logging
from collections.abc import AsyncGenerator, Iterable

from interviews.live.sentences import pieces_of
from providers.base import ProviderError
from providers.tts.base import TextToSpeech

log = logging.getLogger(__name__)

MOST_LINES_BYTES = 256 * 1024  # short lines that come again and again
MOST_NEXT_BYTES = 512 * 1024  # some ten seconds of what may come next


class Prepared:
    """One session's voice, with some of its sound at hand. Its memory is bounded by the two limits."""

    def __init__(self, tts: TextToSpeech, language: str) -> None:
        self.pays = not tts.capabilities.local
        self._tts = tts
        self._language = language
        self._lines: dict[str, list[bytes]] = {}
        self._next: dict[str, list[bytes]] = {}

    @property
    def size(self) -> int:
        """Bytes kept."""
        return _size(self._lines) + _size(self._next)

    async def stream(self, text: str) -> AsyncGenerator[bytes, None]:
        """As `TextToSpeech.stream`, at once where it was prepared."""
        ready = self._lines.get(text.strip()) or self._next.get(text.strip())
        if ready is not None:
            for pcm in ready:
                yield pcm
            return
        async for pcm in self._tts.stream(text, self._language):
            yield pcm

    async def lines(self, texts: Iterable[str]) -> None:
        """Prepare what comes again and again. What fails, or is too much, is made when it is needed."""
        if self.pays:
            await self._fill(self._lines, texts, MOST_LINES_BYTES)

    async def next(self, text: str) -> None:
        """Prepare what may be said next; forgets what was prepared so before."""
        self._next = {}
        if self.pays:
            await self._fill(self._next, pieces_of(text), MOST_NEXT_BYTES)

    async def _fill(self, shelf: dict[str, list[bytes]], texts: Iterable[str], most: int) -> None:
        for text in texts:
            if text.strip() in shelf:
                continue
            try:
                chunks = [pcm async for pcm in self._tts.stream(text, self._language)]
            except ProviderError as error:
                log.info("voice: %s prepared nothing (retryable: %s)", self._tts.name, error.retryable)
                return
            if _size(shelf) + sum(map(len, chunks)) > most:
                return
            shelf[text.strip()] = chunks


def _size(shelf: dict[str, list[bytes]]) -> int:
    return sum(len(pcm) for chunks in shelf.values() for pcm in chunks)
