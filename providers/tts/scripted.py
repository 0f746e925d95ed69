"""A voice for tests: a steady tone whose length follows from the text."""

import asyncio
import math
from collections.abc import AsyncGenerator, Awaitable, Callable
from struct import pack

from providers.audio import ms_to_samples
from providers.base import LANGUAGES, Capabilities, ProviderError
from providers.tts.base import TextToSpeech

CHARACTER_MS = 60


class ScriptedTextToSpeech(TextToSpeech):
    """Speaks 60 ms a character: `len(text) * 60` ms of a 440 Hz tone, in 100 ms chunks.

    `first_ms` passes before the first chunk (by `sleep`, which a virtual clock can replace). `error` is raised after
    `fail_after` chunks. `spoken` lists what was said.
    """

    def __init__(
        self,
        *,
        sample_rate: int = 16_000,
        first_ms: int = 0,
        error: ProviderError | None = None,
        fail_after: int = 0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        name: str = "scripted",
        local: bool = True,
    ) -> None:
        self.capabilities = Capabilities(name=name, languages=LANGUAGES, streaming=True, local=local)
        self.sample_rate = sample_rate
        self.spoken: list[str] = []
        self._first_ms = first_ms
        self._error = error
        self._fail_after = fail_after
        self._sleep = sleep

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        self.spoken.append(text)
        if self._first_ms:
            await self._sleep(self._first_ms / 1000)
        samples = ms_to_samples(len(text) * CHARACTER_MS, self.sample_rate)
        step = ms_to_samples(100, self.sample_rate)
        for number, start in enumerate(range(0, samples, step)):
            if self._error is not None and number >= self._fail_after:
                raise self._error
            yield self._tone(start, min(step, samples - start))

    def _tone(self, start: int, count: int) -> bytes:
        turn = 2 * math.pi * 440 / self.sample_rate
        return pack(f"<{count}h", *(round(8000 * math.sin(turn * (start + at))) for at in range(count)))
