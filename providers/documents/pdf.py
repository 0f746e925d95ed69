"""Reads a PDF's text layer with PDFium, by layout, and tells what of it nobody sees."""

import ctypes
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from providers.documents.base import Document, DocumentError, Hidden, Limits, Line, PicturesOfText, Reason, Why
from providers.documents.cleaning import clean
from providers.documents.drawing import Drawing, draw, render
from providers.documents.engines import ocr_of
from providers.documents.gathering import pieces_of
from providers.documents.geometry import View, around, rounded, turned
from providers.documents.glyphs import Glyph, Reader
from providers.documents.hidden import INKLESS, SCAN, inspect, words
from providers.documents.layout import Row, rows_of
from providers.documents.legibility import is_garbled
from providers.documents.scans import LONGEST_SIDE, Scan, read_scan

LEAST_LETTERS = 5  # fewer on a page are a page number, not a text layer
SHELL = 1_000  # letters on the page of an XFA form that other programs are given: Adobe's has 600
CAPTION = 100  # letters on a scan that are a scanner's advertisement
PICTURE = 0.1  # of a page without text: smaller ones are a logo
OUTLINES = 100  # shapes on a page without text: letters drawn as such


@dataclass
class Page:
    """One page read: `rows` in reading order, what is hidden, and how far OCR had to help."""

    number: int
    size: tuple[float, float]
    rows: list[Row]
    hidden: list[Hidden]
    scan: Scan | None = None
    is_unread: bool = False

    @property
    def letters(self) -> int:
        return sum(len(row.text) for row in self.rows)

    def lines(self) -> Iterator[Line]:
        for row in self.rows:
            yield Line(row.text, self.number, round(row.size, 1), row.bold, gap=row.gap, box=rounded(row.box))


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Raises DocumentError for anything that has no readable text within the limits, PicturesOfText without OCR."""
    document = open_pdf(data)
    if len(document) > limits.pages:
        raise DocumentError(Reason.TOO_MANY_PAGES)
    pages: list[Page] = []
    length = scanned = 0
    latest = time.monotonic() + limits.ocr_begin
    for number in range(1, len(document) + 1):
        page = read_page(document, number, limits, may_scan=scanned < limits.ocr_pages and time.monotonic() < latest)
        length += page.letters
        scanned += page.scan is not None
        if length > limits.characters:
            raise DocumentError(Reason.TOO_LONG)
        pages.append(page)
    if is_shell(document, pages):
        raise DocumentError(Reason.FORM)
    return assemble(pages)


def is_shell(document: Any, pages: list[Page]) -> bool:
    """Whether the file's one page only says to wait: the form is drawn by programs that know XFA."""
    return document.get_formtype() == raw.FORMTYPE_XFA_FULL and len(pages) == 1 and pages[0].letters < SHELL


def assemble(pages: list[Page]) -> Document:
    blank = [page.number for page in pages if page.letters < LEAST_LETTERS and not page.is_unread]
    unread = [page.number for page in pages if page.is_unread]
    scans = [(page.number, page.scan) for page in pages if page.scan is not None]
    if len(scans) + len(unread) == len(pages) and all(scan.unread > 0.5 for _, scan in scans):
        raise DocumentError(Reason.OCR_LANGUAGE if pages else Reason.EMPTY)
    if len(blank) + len(unread) == len(pages):
        raise DocumentError(Reason.NO_TEXT_LAYER)
    return Document(
        lines=[line for page in pages for line in page.lines()],
        pages=len(pages),
        blank_pages=blank,
        hidden=[item for page in pages for item in page.hidden],
        read_by_ocr=[number for number, _ in scans],
        doubtful_pages=[number for number, scan in scans if scan.doubtful],
        unread_pages=unread,
        page_sizes=[(round(page.size[0], 1), round(page.size[1], 1)) for page in pages],
    )


def open_pdf(data: bytes) -> Any:
    """A pypdfium2.PdfDocument. Raises DocumentError."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise DocumentError(Reason.PASSWORD_PROTECTED if locked else Reason.CORRUPT) from error


def read_page(document: Any, number: int, limits: Limits, may_scan: bool) -> Page:
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise DocumentError(Reason.CORRUPT) from error
    if text.count_chars() > limits.characters:
        raise DocumentError(Reason.TOO_LONG)
    view = view_of(page)
    drawing = draw(page, view)
    glyphs = list(Reader(text.raw, text.count_chars(), view).glyphs())
    seen, unseen = part(glyphs, drawing, view)
    found = Page(number, view.size, rows_as_seen(seen, view), list(hidden_of(unseen, number)))
    if needs_ocr(seen, drawing, view):
        found.is_unread = not may_scan
        if may_scan:
            scan(found, page, limits)
    text.close()
    page.close()
    return found


def needs_ocr(seen: list[Glyph], drawing: Drawing, view: View) -> bool:
    """Whether the page is a picture of text, or letters drawn as shapes, or its letters are not what they look like."""
    inked = [word for word, _ in words(seen)]
    letters, pictured = sum(map(len, inked)), drawing.covered_by_pictures(view)
    if letters < LEAST_LETTERS:
        return pictured >= PICTURE or drawing.shapes >= OUTLINES
    if letters < CAPTION and pictured >= SCAN and all(word[0].run.mode not in INKLESS for word in inked):
        return True  # a scanner's own line stands on it
    return is_garbled(inked)


def scan(found: Page, page: Any, limits: Limits) -> None:
    """Put what OCR reads in place of the text layer, unless that is the better of the two."""
    if not limits.ocr:
        raise PicturesOfText
    image = render(page, LONGEST_SIDE / max(found.size))
    scanned = read_scan(ocr_of(limits), image, found.size)
    if found.letters < CAPTION or not scanned.doubtful:
        found.rows, found.scan = scanned.rows, scanned


def view_of(page: Any) -> View:
    """The crop box within the media box; both may be inherited, which only this call of PDFium's knows."""
    edges = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(edges))
    return View(edges.left, edges.bottom, edges.right, edges.top, page.get_rotation() // 90)


def part(glyphs: list[Glyph], drawing: Drawing, view: View) -> tuple[list[Glyph], list[tuple[Glyph, Why]]]:
    """What is seen, and what is not, with the reason."""
    inspected = inspect(glyphs, drawing, view)
    return [glyph for glyph, why in inspected if why is None], [(glyph, why) for glyph, why in inspected if why]


def rows_as_seen(glyphs: list[Glyph], view: View) -> list[Row]:
    """Rows in reading order: the lines of each direction for themselves, then what stands askew: a watermark."""
    streams = by_direction(glyphs)
    askew = streams.pop(None, [])
    rows = [row for quarters, stream in sorted(streams.items()) for row in _rows_along(stream, quarters or 0, view)]
    return rows + list(_askew_rows(askew))


def by_direction(glyphs: list[Glyph]) -> dict[Any, list[Glyph]]:
    """The characters by the quarter turns of their lines; white space stays with what it follows."""
    streams: dict[Any, list[Glyph]] = {}
    direction: int | None = 0
    for glyph in glyphs:
        if not glyph.letter.isspace():
            direction = glyph.run.quarters
        streams.setdefault(direction, []).append(glyph)
    return streams


def _rows_along(glyphs: list[Glyph], quarters: int, view: View) -> Iterator[Row]:
    """Rows of lines that run upwards, downwards or upside down: read as if the page were turned back."""
    size = view.size
    if not quarters:
        yield from rows_of(list(pieces_of(glyphs)))
        return
    upright = [replace(glyph, box=turned(glyph.box, -quarters, size)) for glyph in glyphs]
    turned_size = (size[1], size[0]) if quarters % 2 else size
    for row in rows_of(list(pieces_of(upright))):
        yield replace(row, box=turned(row.box, quarters, turned_size))


def _askew_rows(glyphs: list[Glyph]) -> Iterator[Row]:
    for is_break, group in groupby(glyphs, key=lambda glyph: glyph.letter == "\n"):
        letters = [] if is_break else list(group)
        inked = [glyph for glyph in letters if not glyph.letter.isspace()]
        text = clean("".join(glyph.letter for glyph in letters)).strip()
        if inked and text:
            yield Row(text, inked[0].run.size, inked[0].run.bold, gap=True, box=around([glyph.box for glyph in inked]))


def hidden_of(unseen: list[tuple[Glyph, Why]], page: int) -> Iterator[Hidden]:
    """What is hidden for one reason after the other, as lines."""
    for why in Why:
        glyphs = [glyph for glyph, its_why in unseen if its_why is why]
        for row in rows_of(list(pieces_of(glyphs))):
            yield Hidden(row.text, page, why, rounded(row.box))
