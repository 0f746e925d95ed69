"""A recogniser that says what a script tells it to: for tests and for the benchmarks."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from providers.base import LANGUAGES, Capabilities, ProviderError
from providers.stt.base import OnPartial, Recognition, SpeechToText, Transcript

WORD_MS = 400


@dataclass(frozen=True, slots=True)
class Line:
    """What the engine makes of one utterance.

    A word is revealed as a partial for each 400 ms of audio. `delay_ms`: from `finish` to the final text, and from a
    pause to its text. `pauses`: the texts at the first pauses; after those, `text`.
    `error` is raised by `finish` instead of a text. `backlog_ms`: what `Recognition.backlog_ms` reports.
    """

    text: str
    delay_ms: int = 0
    confidence: float | None = 0.9
    error: ProviderError | None = None
    backlog_ms: int = 0
    pauses: tuple[str, ...] = ()


class ScriptedSpeechToText(SpeechToText):
    """Gives each speaker's n-th utterance the n-th line; after the last, silence, or the first again with `cycle`.

    `sleep(seconds)` can be replaced by a virtual clock. `opened` counts utterances, `cancelled` those given up.
    """

    capabilities = Capabilities(name="scripted", languages=LANGUAGES, streaming=True, local=True)

    def __init__(
        self,
        lines: Sequence[str | Line],
        *,
        cycle: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._lines = [Line(line) if isinstance(line, str) else line for line in lines]
        self._cycle = cycle
        self._sleep = sleep
        self._next: dict[str, int] = {}
        self.opened = 0
        self.cancelled = 0

    async def _open(self, language: str, on_partial: OnPartial | None, speaker: str) -> Recognition:
        self.opened += 1
        return ScriptedRecognition(self, self._line_for(speaker), on_partial)

    def _line_for(self, speaker: str) -> Line:
        number = self._next.get(speaker, 0)
        self._next[speaker] = number + 1
        if self._cycle and self._lines:
            number %= len(self._lines)
        return self._lines[number] if number < len(self._lines) else Line("")

    async def wait(self, ms: int) -> None:
        if ms:
            await self._sleep(ms / 1000)


class ScriptedRecognition(Recognition):
    """One scripted utterance."""

    pause_is_final = True

    def __init__(self, engine: ScriptedSpeechToText, line: Line, on_partial: OnPartial | None) -> None:
        super().__init__(on_partial)
        self._engine = engine
        self._line = line
        self._words = line.text.split()
        self._told = 0
        self._pauses = list(line.pauses)
        self._paused_text = ""

    @property
    def backlog_ms(self) -> int:
        return self._line.backlog_ms

    def _feed(self, pcm: bytes) -> None:
        heard = min(self.fed_ms // WORD_MS, len(self._words))
        if heard > self._told:
            self._told = heard
            self._tell(" ".join(self._words[:heard]))

    def pause(self) -> asyncio.Future[Transcript]:
        """A pause counts from here, also one that is taken back at once."""
        if self._pausing is None:
            self._paused_text = self._pauses.pop(0) if self._pauses else self._line.text
        return super().pause()

    async def _pause(self) -> Transcript:
        await self._engine.wait(self._line.delay_ms)
        if self._line.error is not None:
            raise self._line.error
        return Transcript(self._paused_text, self._line.confidence, self._engine.name)

    async def _finish(self) -> Transcript:
        await self._engine.wait(self._line.delay_ms)
        if self._line.error is not None:
            raise self._line.error
        return Transcript(self._line.text, self._line.confidence, self._engine.name)

    def _cancel(self) -> None:
        self._engine.cancelled += 1
