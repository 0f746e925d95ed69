"""Tells the text that a person sees on a PDF page from the text that only a machine would find there.

What counts is how the page looks: it is drawn with its text and without, and a word that makes no difference is hidden,
whether by its colour, by what lies over it, by a clipping path or by a layer that is switched off.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2.raw as raw

from providers.documents.base import Why
from providers.documents.drawing import Drawing, Looks, Pixels
from providers.documents.gathering import follows
from providers.documents.geometry import Box, View, around
from providers.documents.glyphs import Colour, Glyph, Run

TINY = 2.0  # points on a page as wide as A4
A4_WIDTH = 595.0
ALIKE = 26  # of 255, in the channel that differs most: light grey #e6e6e6 on white
TRACE = 4  # of 255: the least difference that is ink; drawing the same thing twice differs nowhere
INK = 40  # of 255: the contrast of a scanned letter with its paper
SCAN = 0.5  # of the page: a picture this large with invisible text is a scan that was made searchable
INKLESS = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
FILLED = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)


@dataclass
class Inspection:
    """What is asked of each word of a page."""

    view: View
    looks: Looks | None
    is_scan: bool

    def why_hidden(self, word: list[Glyph]) -> Why | None:
        """None for a word that is seen."""
        run, box = word[0].run, around([glyph.box for glyph in word])
        if self._is_off(box):
            return Why.OFF_PAGE
        if self._is_tiny(run):
            return Why.TINY
        if run.mode in INKLESS or run.alpha * 10 < 255:
            return None if self.is_scan and self._lies_on_ink(box) else Why.INVISIBLE
        if self.looks is None or not any(glyph.letter.isalnum() for glyph in word):
            return None
        return self._why_unseen(self.looks, run, box)

    def _is_off(self, box: Box) -> bool:
        width, height = self.view.size
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return not (0 <= x <= width and 0 <= y <= height)

    def _is_tiny(self, run: Run) -> bool:
        least = TINY * min(1.0, self.view.size[0] / A4_WIDTH)
        return run.size * min(1.0, run.slimness) < least

    def _why_unseen(self, looks: Looks, run: Run, box: Box) -> Why | None:
        there = looks.cut(core(box), self.view)
        if not there.ink.size:
            return None
        if run.colour is not None and run.mode in FILLED and is_alike(run.colour, run.alpha, there.paper):
            return Why.WHITE
        return Why.COVERED if there.ink.max() < TRACE else None

    def _lies_on_ink(self, box: Box) -> bool:
        if self.looks is None:
            return False
        paper = self.looks.cut(box, self.view).paper
        return bool(paper.size) and int(paper.max()) - int(paper.min()) >= INK


def is_alike(colour: Colour, alpha: int, paper: Pixels) -> bool:
    """Whether letters have the colour that lies behind most of them. Asks a few pixels before it asks all."""
    least = ALIKE * 255 / max(alpha, 1)
    middle, width = paper.shape[0] // 2, paper.shape[1]
    few = (paper[middle, at] for at in (0, width // 2, width - 1))
    if all(max(abs(int(a) - b) for a, b in zip(pixel, colour, strict=True)) > least for pixel in few):
        return False
    apart = np.abs(paper.astype(np.int16) - np.asarray(colour, np.int16)).max(axis=2)
    return bool(np.median(apart) <= least)


def inspect(glyphs: list[Glyph], drawing: Drawing, view: View) -> list[tuple[Glyph, Why | None]]:
    """Each character with the reason why nobody sees it; white space goes with the word before it."""
    unseen = [glyph for glyph in glyphs if not glyph.letter.isspace() and glyph.run.mode in INKLESS]
    seen = sum(not glyph.letter.isspace() for glyph in glyphs) - len(unseen)
    is_scan = drawing.covered_by_pictures(view) >= SCAN and seen * 5 < len(unseen)
    inspection = Inspection(view, drawing.looks() if glyphs else None, is_scan)
    found: list[tuple[Glyph, Why | None]] = []
    for word, spaces in words(glyphs):
        why = inspection.why_hidden(word)
        found.extend((glyph, why) for glyph in [*word, *spaces])
    return found


def words(glyphs: list[Glyph]) -> Iterator[tuple[list[Glyph], list[Glyph]]]:
    """The characters of one look between white space, and the white space after them."""
    word: list[Glyph] = []
    spaces: list[Glyph] = []
    for glyph in glyphs:
        if glyph.letter.isspace():
            spaces.append(glyph)
            continue
        if word and (spaces or glyph.run is not word[0].run or not follows(word[-1].box, glyph.box)):
            yield word, spaces
            word, spaces = [], []
        word.append(glyph)
    if word:
        yield word, spaces


def core(box: Box) -> Box:
    """The middle half of a line's height, where no neighbouring line leaves ink."""
    quarter = (box[3] - box[1]) / 4
    return (box[0], box[1] + quarter, box[2], box[3] - quarter)
