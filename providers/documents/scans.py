"""Lines from a picture of a page."""

import math
from dataclasses import dataclass, replace
from statistics import median

from providers.documents.cleaning import clean
from providers.documents.geometry import Box, around, turned
from providers.documents.layout import Piece, Row, rows_of
from providers.ocr.base import Ocr, Picture, Reading, Text

SIZE = 0.7  # of a line's box that is its font's size: the box stands a little off the letters
ALIKE = 0.2  # a line's height is only about right; sizes this near to the page's usual one are that one
DOUBT = 0.25  # of what is written, by its width
LONGEST_SIDE = 1600  # pixels: A4 at 137 dots an inch; more is slower and no better


@dataclass(frozen=True)
class Scan:
    """`rows` with boxes in points on the page as it lies. `unread` is the share that OCR could not make sense of."""

    rows: list[Row]
    unread: float

    @property
    def doubtful(self) -> bool:
        return self.unread > DOUBT


def read_scan(ocr: Ocr, image: Picture, size: tuple[float, float]) -> Scan:
    """The rows of a page of `size` points that `image` shows."""
    reading = ocr.read(image)
    lying = (size[1], size[0]) if reading.quarters % 2 else size
    scale = lying[0] / (image.shape[0] if reading.quarters % 2 else image.shape[1])
    rows = rows_of(evened([piece_of(text, scale, lying[1]) for text in reading.texts if text.readable and text.text]))
    placed = [replace(row, box=placed_back(row.box, reading, lying)) for row in rows]
    return Scan([row for row in placed if row.text], unread_share(reading.texts))


def piece_of(text: Text, scale: float, height: float) -> Piece:
    left, top, right, bottom = (edge * scale for edge in text.box)
    return Piece(clean(text.text).strip(), left, height - bottom, right, height - top, SIZE * (bottom - top))


def evened(pieces: list[Piece]) -> list[Piece]:
    usual = median(piece.size for piece in pieces) if pieces else 0.0
    return [replace(piece, size=usual) if abs(piece.size - usual) <= ALIKE * usual else piece for piece in pieces]


def placed_back(box: Box, reading: Reading, size: tuple[float, float]) -> Box:
    """A row's box on the page as it lies, leaning and turned as it may be. `size` is the turned page's."""
    cos, sin = math.cos(reading.slope), math.sin(reading.slope)
    corners = [(x, size[1] - y) for x in (box[0], box[2]) for y in (box[1], box[3])]  # y downwards, as in a picture
    leaning = [(x * cos - y * sin, size[1] - (x * sin + y * cos)) for x, y in corners]
    return turned(around([(x, y, x, y) for x, y in leaning]), -reading.quarters, size)


def unread_share(texts: list[Text]) -> float:
    widths = [(text.box[2] - text.box[0], text.readable) for text in texts]
    return sum(width for width, readable in widths if not readable) / max(sum(width for width, _ in widths), 1.0)
