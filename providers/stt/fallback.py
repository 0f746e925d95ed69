"""Several recognisers behind one: when one fails, the next gets the whole utterance."""

import asyncio
import logging
from collections.abc import Sequence

from providers.base import BadInputError, Capabilities, FallbackNotice, OnFallback, ProviderError
from providers.health import Health
from providers.stt.base import OnPartial, Recognition, SpeechToText, Transcript

log = logging.getLogger(__name__)


class FallbackSpeechToText(SpeechToText):
    """Tries `engines` (one or more) in their order. `name` is that of the one the next utterance goes to."""

    def __init__(
        self, engines: Sequence[SpeechToText], *, on_fallback: OnFallback | None = None, health: Health | None = None
    ) -> None:
        self._engines = list(engines)
        self._on_fallback = on_fallback
        self._health = health or Health()

    @property
    def capabilities(self) -> Capabilities:  # type: ignore[override]
        first = self._health.in_order(self._engines)[0].capabilities
        languages = frozenset[str]().union(*(engine.capabilities.languages for engine in self._engines))
        return Capabilities(first.name, languages, first.streaming, first.local)

    @property
    def pause_ms(self) -> int:  # type: ignore[override]
        """That of the one that the next utterance goes to."""
        return self._health.in_order(self._engines)[0].pause_ms

    async def warm(self) -> None:
        """Loads the first; the others when they are needed."""
        await self._health.in_order(self._engines)[0].warm()

    async def close(self) -> None:
        for engine in self._engines:
            await engine.close()

    async def _open(self, language: str, on_partial: OnPartial | None, speaker: str) -> Recognition:
        known = [engine for engine in self._engines if language in engine.capabilities.languages]
        recognition = FallbackRecognition(self, self._health.in_order(known), language, on_partial, speaker)
        await recognition.begin()
        return recognition

    def tell(self, failed: str, chosen: str, error: ProviderError) -> None:
        """Note that an engine failed; `chosen` is empty when no other is left."""
        self._health.failed(failed)
        log.warning("speech recognition by %s failed (%s); next: %s", failed, error, chosen or "none")
        if self._on_fallback is not None and chosen:
            self._on_fallback(FallbackNotice("stt", failed, chosen, str(error)))


class FallbackRecognition(Recognition):
    """One utterance; its audio is kept until the final text, for the engine that may have to take over."""

    def __init__(
        self,
        owner: FallbackSpeechToText,
        engines: list[SpeechToText],
        language: str,
        on_partial: OnPartial | None,
        speaker: str,
    ) -> None:
        super().__init__(on_partial)
        self._owner = owner
        self._engines = engines
        self._language = language
        self._speaker = speaker
        self._audio: list[bytes] = []
        self._current: Recognition | None = None

    async def begin(self) -> None:
        """Open the first engine that can be opened and give it what was heard so far. Raises the last one's error."""
        while self._current is None:
            engine = self._engines[0]
            try:
                current = await engine.open(self._language, on_partial=self._tell, speaker=self._speaker)
            except ProviderError as error:
                self._give_up(error)
                continue
            for pcm in self._audio:
                current.feed(pcm)
            self._current = current

    @property
    def backlog_ms(self) -> int:
        return self._current.backlog_ms if self._current else 0

    def _feed(self, pcm: bytes) -> None:
        self._audio.append(pcm)
        if self._current is not None:
            self._current.feed(pcm)

    async def _pause(self) -> Transcript:
        """By the current engine; if it fails, `finish` turns to the next. It keeps its own words for `finish`."""
        if self._current is None:
            return await super()._pause()
        return await asyncio.shield(self._current.pause())

    async def _finish(self) -> Transcript:
        while True:
            await self.begin()
            assert self._current is not None  # noqa: S101 - `begin` sets it or raises
            try:
                transcript = await self._current.finish()
            except BadInputError:
                raise
            except ProviderError as error:
                if self._state == "cancelled":
                    raise
                self._give_up(error)
            else:
                self._audio.clear()
                return transcript

    def _give_up(self, error: ProviderError) -> None:
        """Leave the current engine; raises `error` when it was the last."""
        failed = self._engines.pop(0)
        if self._current is not None:
            self._current.cancel()
            self._current = None
        self._owner.tell(failed.name, self._engines[0].name if self._engines else "", error)
        if not self._engines:
            raise error

    def _cancel(self) -> None:
        self._audio.clear()
        if self._current is not None:
            self._current.cancel()
