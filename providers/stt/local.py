"""Recognition in child processes of this machine: PocketSphinx and Whisper."""

import os
from pathlib import Path
from typing import Any

from providers.base import LANGUAGES, Capabilities
from providers.loops import PerLoop
from providers.stt.base import OnPartial, Recognition, SpeechToText, Transcript, Word
from providers.stt.pool import STALL_S, ChildPool

WHISPER_PAUSE_MS = 480


class ChildSpeechToText(SpeechToText):
    """An engine whose work is done by a `ChildPool`, one for each event loop that uses it (as a rule there is one)."""

    def __init__(
        self,
        capabilities: Capabilities,
        options: dict[str, Any],
        *,
        children: int = 0,
        stall_s: float = STALL_S,
        pause_ms: int = SpeechToText.pause_ms,
    ) -> None:
        self.capabilities = capabilities
        self.pause_ms = pause_ms
        size = children or os.cpu_count() or 1
        self._pools = PerLoop(lambda: ChildPool(options, size, stall_s=stall_s), ChildPool.kill)

    @property
    def pool(self) -> ChildPool:
        """The running loop's. Children of loops that were closed meanwhile are ended."""
        return self._pools.get()

    @property
    def loaded(self) -> bool:
        """Whether the children of some loop have loaded their model; callable from any thread."""
        return any(pool.ready for pool in self._pools.all())

    async def warm(self) -> None:
        await self.pool.warm()

    async def close(self) -> None:
        pool = self._pools.pop()
        if pool is not None:
            await pool.close()

    async def _open(self, language: str, on_partial: OnPartial | None, speaker: str) -> Recognition:
        return ChildRecognition(self, language, on_partial, speaker)


class ChildRecognition(Recognition):
    """One utterance in a child."""

    def __init__(self, engine: ChildSpeechToText, language: str, on_partial: OnPartial | None, speaker: str) -> None:
        super().__init__(on_partial)
        self._engine = engine
        self._pool = engine.pool
        self._seat, self._utterance = self._pool.open(language, speaker, self._tell)

    @property
    def backlog_ms(self) -> int:
        return self._utterance.backlog_ms

    def _feed(self, pcm: bytes) -> None:
        self._seat.feed(self._utterance, pcm)

    async def _pause(self) -> Transcript:
        body = await self._pool.result(self._seat, self._seat.pause(self._utterance))
        self.pause_is_final = body["final"]
        return self._transcribed(body)

    def _release(self) -> None:
        self.on_partial = None
        self._seat.cancel(self._utterance)

    async def _finish(self) -> Transcript:
        self._seat.finish(self._utterance)
        body = await self._pool.result(self._seat, self._utterance.final)
        self.on_partial = None
        return self._transcribed(body)

    def _transcribed(self, body: dict[str, Any]) -> Transcript:
        words = tuple(Word(*row) for row in body["words"])
        return Transcript(body["text"], body["confidence"], self._engine.name, words)

    def _cancel(self) -> None:
        self._seat.cancel(self._utterance)


def pocketsphinx(*, children: int = 0, stall_s: float = STALL_S) -> ChildSpeechToText:
    """English, without a download; `children` 0: one a core."""
    capabilities = Capabilities(name="pocketsphinx", languages=frozenset({"en"}), streaming=True, local=True)
    return ChildSpeechToText(capabilities, {"engine": "pocketsphinx"}, children=children, stall_s=stall_s)


def whisper(model: Path, *, name: str = "whisper", device: str = "cpu", children: int = 0) -> ChildSpeechToText:
    """faster-whisper with the model in folder `model` (CTranslate2 format, with its tokenizer.json).

    A `name` that ends in `.en` is that of a model which knows only English.
    """
    languages = frozenset({"en"}) if name.endswith(".en") else LANGUAGES
    capabilities = Capabilities(name=name, languages=languages, streaming=True, local=True)
    options = {"engine": "whisper", "model": str(model.resolve()), "device": device}
    # A decoding costs the same for a word as for half a minute: only for a pause that is likely to be the end.
    return ChildSpeechToText(capabilities, options, children=children, pause_ms=WHISPER_PAUSE_MS)
