"""One utterance of the interviewer, from its words as they are written to what was heard of them."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from interviews.live.playback import Playback
from interviews.live.sentences import SentenceCutter
from interviews.live.tape import Tape
from interviews.live.words import UNIT_MS, going_on_ms, heard_part, weight


@dataclass(eq=False, slots=True)
class Piece:
    """A sentence or so, and where its sound lies on the tape (bytes; None: not known yet)."""

    text: str
    start: int | None = None
    end: int | None = None


class Spoken:
    """Words go in at `write`, their sound onto `tape`; `on_ready` is told once, when there is something to say.

    `confirm`: the interview goes on with this utterance, so its end is news. One that is spoken while it is still being
    written may also turn out never to have been asked.
    """

    def __init__(
        self, utterance_id: str, rate: int, time: Callable[[], float], on_ready: Callable[["Spoken"], None]
    ) -> None:
        self.utterance_id = utterance_id
        self.tape = Tape(rate)
        self.playback = Playback(time)
        self.pieces: list[Piece] = []
        self.told = 0  # pieces whose words were sent
        self.chunks = 0  # sent so far: the index of the next
        self.started = False
        self.confirmed = asyncio.Event()
        self.gone = asyncio.Event()  # nothing more is done about it
        self.recording: asyncio.Task[None] | None = None
        self._on_ready: Callable[[Spoken], None] | None = on_ready
        self._cutter = SentenceCutter()
        self._text = ""
        self._ended = False
        self._news = asyncio.Event()

    @property
    def text(self) -> str:
        """All that was written so far."""
        return self._text

    def write(self, delta: str) -> None:
        """More words. Nothing that comes after `end` is spoken."""
        if not self._ended:
            self._text += delta
            self._add(self._cutter.feed(delta))

    def end(self) -> None:
        """The text is over. Safe to call twice."""
        if not self._ended:
            rest = self._cutter.rest()
            self._ended = True
            self._add([rest] if rest else [])
            self._ready()

    def confirm(self) -> None:
        self.confirmed.set()

    async def written(self) -> None:
        """Wait for the end of the text."""
        while not self._ended:
            await self._change()

    async def as_written(self) -> AsyncGenerator[Piece, None]:
        """Each piece as soon as it is there, until the text ends."""
        number = 0
        while number < len(self.pieces) or not self._ended:
            if number == len(self.pieces):
                await self._change()
            else:
                yield self.pieces[number]
                number += 1

    @property
    def border(self) -> int | None:
        """Where on the tape the first piece begins whose words were not sent."""
        return self.pieces[self.told].start if self.told < len(self.pieces) else None

    @property
    def heard_text(self) -> str:
        """What was heard, up to the last whole word."""
        heard, heard_ms = "", self.playback.heard_ms
        for piece in self.pieces:
            if piece.start is None:
                break
            part = heard_part(piece.text, heard_ms - self.tape.ms(piece.start), self.length_ms(piece))
            heard += part
            if part != piece.text:
                break
        return heard.strip()

    @property
    def unheard_ms(self) -> float:
        """Where the first word begins that was not heard."""
        heard_ms = self.playback.heard_ms
        for piece in self.pieces:
            if piece.start is not None and (piece.end is None or self.tape.ms(piece.end) > heard_ms):
                start_ms = self.tape.ms(piece.start)
                return start_ms + going_on_ms(piece.text, heard_ms - start_ms, self.length_ms(piece))
        return heard_ms

    def length_ms(self, piece: Piece) -> float:
        """How long the piece sounds; estimated by this voice's pace so far where it is not known yet."""
        if piece.start is not None and piece.end is not None:
            return self.tape.ms(piece.end - piece.start)
        known = [(one.end - one.start, weight(one.text)) for one in self.pieces if one.start is not None and one.end]
        units = sum(units for _, units in known)
        unit_ms = self.tape.ms(sum(length for length, _ in known)) / units if units else UNIT_MS
        return weight(piece.text) * unit_ms

    async def drop(self) -> None:
        """Stop its synthesis: nothing more of it will be heard."""
        if self.recording is not None:
            self.recording.cancel()
            await asyncio.gather(self.recording, return_exceptions=True)
        self.gone.set()

    def _add(self, texts: list[str]) -> None:
        self.pieces += map(Piece, texts)
        self._news.set()
        if texts:
            self._ready()

    def _ready(self) -> None:
        on_ready, self._on_ready = self._on_ready, None
        if on_ready is not None:
            on_ready(self)

    async def _change(self) -> None:
        self._news.clear()
        await self._news.wait()
