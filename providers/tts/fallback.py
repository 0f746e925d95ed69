"""Several voices behind one."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from providers.audio import Resampler
from providers.base import BadInputError, Capabilities, FallbackNotice, OnFallback, ProviderError
from providers.health import Health
from providers.tts.base import BrokenOff, TextToSpeech

log = logging.getLogger(__name__)

PATIENCE_S = 5.0  # a voice that gives nothing for so long has failed


class FallbackTextToSpeech(TextToSpeech):
    """Tries `engines` (one or more) in their order; all are heard at the first one's sample rate.

    One that fails before a sound is followed by the next. In the middle of a text only who asked knows what was heard
    of it: `BrokenOff` says that the next one will speak what is asked then.
    """

    def __init__(
        self,
        engines: Sequence[TextToSpeech],
        *,
        on_fallback: OnFallback | None = None,
        health: Health | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._engines = list(engines)
        self._on_fallback = on_fallback
        self._health = health or Health()
        self._patience_s = patience_s
        self.sample_rate = self._engines[0].sample_rate

    @property
    def capabilities(self) -> Capabilities:  # type: ignore[override]
        first = self._health.in_order(self._engines)[0].capabilities
        languages = frozenset[str]().union(*(engine.capabilities.languages for engine in self._engines))
        return Capabilities(first.name, languages, first.streaming, first.local)

    async def close(self) -> None:
        for engine in self._engines:
            await engine.close()

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        known = [engine for engine in self._engines if language in engine.capabilities.languages]
        engines = self._health.in_order(known)
        for engine, following in zip(engines, [*engines[1:], None], strict=True):
            sounded = False
            try:
                async with aclosing(self._resampled(engine, text, language)) as source:
                    async for piece in source:
                        sounded = sounded or bool(piece)
                        yield piece
            except BadInputError:
                raise
            except ProviderError as error:
                self._tell(engine, following, error)
                if sounded:
                    raise BrokenOff(str(error)) from error
                if following is None:
                    raise
            else:
                return

    async def _resampled(self, engine: TextToSpeech, text: str, language: str) -> AsyncGenerator[bytes, None]:
        resampler = Resampler(engine.sample_rate, self.sample_rate)
        async with aclosing(engine.stream(text, language)) as source:
            while (piece := await self._next(source)) is not None:
                yield resampler.feed(piece)
        yield resampler.flush()

    async def _next(self, source: AsyncGenerator[bytes, None]) -> bytes | None:
        """None at the end. Raises ProviderError."""
        try:
            async with asyncio.timeout(self._patience_s):
                return await anext(source, None)
        except TimeoutError as error:
            raise ProviderError("The voice does not go on.", retryable=True) from error

    def _tell(self, failed: TextToSpeech, chosen: TextToSpeech | None, error: ProviderError) -> None:
        self._health.failed(failed.name)
        log.warning(
            "speech synthesis by %s failed (%s); next: %s", failed.name, error, chosen.name if chosen else "none"
        )
        if self._on_fallback is not None and chosen is not None:
            self._on_fallback(FallbackNotice("tts", failed.name, chosen.name, str(error)))
