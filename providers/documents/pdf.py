"""Reads a PDF's text layer with PDFium, by layout. Pictures are never decoded."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from providers.documents.base import Document, DocumentError, Limits, Line, Reason
from providers.documents.cleaning import clean
from providers.documents.layout import Piece, rows_of

BOLD_WEIGHT = 600
BOLD_NAMES = (b"bold", b"black", b"heavy")
LEAST_LETTERS = 5  # fewer on a page are a page number, not a text layer


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Raises DocumentError for anything that has no readable text within the limits."""
    document = _open(data)
    pages = len(document)
    if pages > limits.pages:
        raise DocumentError(Reason.TOO_MANY_PAGES)
    lines: list[Line] = []
    blank: list[int] = []
    for number in range(1, pages + 1):
        found = list(_page(document, number, limits))
        lines.extend(found)
        if sum(len(line.text) for line in found) < LEAST_LETTERS:
            blank.append(number)
        if sum(len(line.text) for line in lines) > limits.characters:
            raise DocumentError(Reason.TOO_LONG)
    if len(blank) == pages:
        raise DocumentError(Reason.NO_TEXT_LAYER if pages else Reason.EMPTY)
    return Document(lines=lines, pages=pages, blank_pages=blank)


def _open(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise DocumentError(Reason.PASSWORD_PROTECTED if locked else Reason.CORRUPT) from error


def _page(document: Any, number: int, limits: Limits) -> Iterator[Line]:
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise DocumentError(Reason.CORRUPT) from error
    if text.count_chars() > limits.characters:
        raise DocumentError(Reason.TOO_LONG)
    for row in rows_of(list(pieces_of(text.raw, text.count_chars()))):
        box = tuple(round(edge, 1) for edge in row.box)
        yield Line(text=row.text, page=number, size=round(row.size, 1), bold=row.bold, gap=row.gap, box=box)  # type: ignore[arg-type]  # four numbers
    text.close()
    page.close()


def pieces_of(page: Any, count: int) -> Iterator[Piece]:
    """The page's characters, gathered while they follow each other on one baseline without a wide gap."""
    gathering = _Gathering()
    for index in range(count):
        letter = chr(raw.FPDFText_GetUnicode(page, index))
        if letter in "\r\n":
            yield from gathering.take()
        elif letter.isspace():
            gathering.space = True
        else:
            box, size = _box(page, index), raw.FPDFText_GetFontSize(page, index)
            if not gathering.continues(box):
                yield from gathering.take()
            gathering.add(letter, box, size, lambda at=index: is_bold(page, at))
    yield from gathering.take()


def is_bold(page: Any, index: int) -> bool:
    """By the declared weight or, where a font declares none, by its name: `Helvetica-Bold`."""
    if raw.FPDFText_GetFontWeight(page, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(100)
    raw.FPDFText_GetFontInfo(page, index, name, 100, None)
    return any(word in name.value.lower() for word in BOLD_NAMES)


def _box(page: Any, index: int) -> tuple[float, float, float, float]:
    rectangle = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(page, index, ctypes.byref(rectangle))
    low, high = sorted((rectangle.bottom, rectangle.top))
    return (rectangle.left, low, rectangle.right, high)


class _Gathering:
    """The piece that grows."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self.letters: list[str] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self.bold = False
        self.space = False

    def continues(self, box: tuple[float, float, float, float]) -> bool:
        if not self.boxes:
            return True
        _, low, right, high = self.boxes[-1]
        height = max(high - low, 1.0)
        level = min(high, box[3]) - max(low, box[1]) > 0.5 * min(height, box[3] - box[1])
        return level and -0.8 * height < box[0] - right < 1.0 * height

    def add(self, letter: str, box: tuple[float, float, float, float], size: float, is_bold: Any) -> None:
        if not self.boxes:
            self.size, self.bold = size, is_bold()
        elif self.space:
            self.letters.append(" ")
        self.space = False
        self.letters.append(letter)
        self.boxes.append(box)

    def take(self) -> Iterator[Piece]:
        text = clean("".join(self.letters)).strip()
        if text:
            left, bottom, right, top = zip(*self.boxes, strict=True)
            height = max(top) - min(bottom)
            size = self.size if self.size > 2 else height  # some fonts are scaled by the matrix and claim 1 point
            yield Piece(text, min(left), min(bottom), max(right), max(top), size, self.bold)
        self._clear()
