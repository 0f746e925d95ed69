"""The characters of a PDF page with their places and looks, as PDFium gives them."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from providers.documents.geometry import Box, View

BOLD_WEIGHT = 600
BOLD_NAMES = (b"bold", b"black", b"heavy")
SIDEWAYS = 10.0  # degrees off the quarter turns, from which text is a watermark rather than a line
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """What characters that look alike share.

    `size` in points as seen, `slimness` the width of its letters against that size. `quarters` tells which way its
    lines run, clockwise; None for askew. `colour` None for a pattern. `unmapped`: its font does not say what it writes.
    """

    size: float
    slimness: float = 1.0
    bold: bool = False
    quarters: int | None = 0
    mode: int = raw.FPDF_TEXTRENDERMODE_FILL
    colour: Colour | None = (0, 0, 0)
    alpha: int = 255
    unmapped: bool = False


@dataclass(slots=True)
class Glyph:
    """One character; a `letter` that is white space ends a word, and "\\n" a line. `box` as seen."""

    letter: str
    box: Box
    run: Run


NOTHING = Run(size=0.0)
BREAK, SPACE = Glyph("\n", (0, 0, 0, 0), NOTHING), Glyph(" ", (0, 0, 0, 0), NOTHING)


@dataclass
class Reader:
    """Reads one page's text. The same object's looks are asked for once."""

    text: Any  # FPDF_TEXTPAGE
    count: int
    view: View
    runs: dict[int, Run] = field(default_factory=dict)  # by the address of a text object
    looks: dict[Run, Run] = field(default_factory=dict)  # one of each that are equal, to be compared by `is`
    weights: dict[int, bool] = field(default_factory=dict)  # by the address of a font

    def glyphs(self) -> Iterator[Glyph]:
        rectangle = raw.FS_RECTF()
        reference = ctypes.byref(rectangle)
        for index in range(self.count):
            letter = chr(raw.FPDFText_GetUnicode(self.text, index))
            if letter.isspace():
                yield BREAK if letter in "\r\n" else SPACE
                continue
            raw.FPDFText_GetLooseCharBox(self.text, index, reference)
            low, high = sorted((rectangle.bottom, rectangle.top))
            yield Glyph(letter, self.view.seen((rectangle.left, low, rectangle.right, high)), self._run(index))

    def _run(self, index: int) -> Run:
        handle = raw.FPDFText_GetTextObject(self.text, index)
        if not handle:  # a hyphen of PDFium's own
            return next(reversed(self.runs.values()), NOTHING)
        address = ctypes.addressof(handle.contents)
        known = self.runs.get(address)
        if known is None:
            run = self._look(index, handle)
            known = self.runs[address] = self.looks.setdefault(run, run)
        return known

    def _look(self, index: int, handle: Any) -> Run:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix))
        across, upwards = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
        colour, alpha = _colour(handle)
        return Run(
            size=round(raw.FPDFText_GetFontSize(self.text, index) * upwards, 1),
            slimness=round(across / upwards, 1) if upwards else 0.0,
            bold=self._is_bold(index, handle),
            quarters=quarters_of(matrix.a, matrix.b, self.view.quarters),
            mode=raw.FPDFTextObj_GetTextRenderMode(handle),
            colour=colour,
            alpha=alpha,
            unmapped=raw.FPDFText_HasUnicodeMapError(self.text, index) == 1,
        )

    def _is_bold(self, index: int, handle: Any) -> bool:
        font = ctypes.cast(raw.FPDFTextObj_GetFont(handle), ctypes.c_void_p).value or 0
        known = self.weights.get(font)
        if known is None:
            known = self.weights[font] = is_bold(self.text, index)
        return known


def quarters_of(a: float, b: float, page: int) -> int | None:
    """The clockwise quarter turns of text whose base line runs along (a, b) on a page turned `page` times."""
    degrees = math.degrees(math.atan2(-b, a))
    nearest = round(degrees / 90)
    return (nearest + page) % 4 if abs(degrees - 90 * nearest) <= SIDEWAYS else None


def is_bold(text: Any, index: int) -> bool:
    """By the declared weight or, where a font declares none, by its name: `Helvetica-Bold`."""
    if raw.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(text, index, name, 100, None)
    return any(word in name.value.lower() for word in BOLD_NAMES)


def _colour(handle: Any) -> tuple[Colour | None, int]:
    """What fills the letters, and how opaque it is, 0 to 255."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    parts = (ctypes.byref(part) for part in (red, green, blue, alpha))
    if not raw.FPDFPageObj_GetFillColor(handle, *parts):
        return None, 255
    return (red.value, green.value, blue.value), alpha.value
