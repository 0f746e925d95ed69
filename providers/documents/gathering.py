"""Gathers characters into pieces: those that stand close together on one base line."""

from collections.abc import Iterable, Iterator

from providers.documents.cleaning import clean
from providers.documents.geometry import Box, around
from providers.documents.glyphs import NOTHING, Glyph, Run
from providers.documents.layout import Piece


def pieces_of(glyphs: Iterable[Glyph]) -> Iterator[Piece]:
    """Pieces in the order of the characters. White space ends none, but a wide gap or another base line does."""
    gathering = _Gathering()
    for glyph in glyphs:
        if glyph.letter == "\n":
            yield from gathering.take()
        elif glyph.letter.isspace():
            gathering.space = True
        else:
            if not gathering.continues(glyph.box):
                yield from gathering.take()
            gathering.add(glyph)
    yield from gathering.take()


def follows(before: Box, box: Box) -> bool:
    """Whether a character stands on the base line of the one before it, and no further off than a space or two."""
    height = max(before[3] - before[1], 1.0)
    overlap = min(before[3], box[3]) - max(before[1], box[1])
    return overlap > 0.5 * min(height, box[3] - box[1]) and -0.8 * height < box[0] - before[2] < 1.0 * height


class _Gathering:
    """The piece that grows."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.letters: list[str] = []
        self.boxes: list[Box] = []
        self.run: Run = NOTHING
        self.space = False

    def continues(self, box: Box) -> bool:
        return not self.boxes or follows(self.boxes[-1], box)

    def add(self, glyph: Glyph) -> None:
        if not self.boxes:
            self.run = glyph.run
        elif self.space:
            self.letters.append(" ")
        self.space = False
        self.letters.append(glyph.letter)
        self.boxes.append(glyph.box)

    def take(self) -> Iterator[Piece]:
        text = clean("".join(self.letters)).strip()
        if text:
            left, bottom, right, top = around(self.boxes)
            yield Piece(text, left, bottom, right, top, self.run.size or top - bottom, self.run.bold)
        self._clear()
