"""Puts pieces of text that a page holds in any order into the order a person reads them.

A page is cut into bands by the lines that span it. In a band, a vertical gutter with left-aligned text to its right
makes two columns, each read to its end; everything else is read line by line. Coordinates are points, y grows upwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

ALIGNED = 3.0  # points between left edges that still look like one edge
LEAST_COLUMN_LINES = 5
LEAST_COLUMN_SHARE = 0.06
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Piece:
    """Characters that stand close together on one baseline."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool = False

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True)
class Row:
    """A line of a page, its pieces joined; `gap` tells of white space above."""

    text: str
    size: float
    bold: bool
    gap: bool
    box: tuple[float, float, float, float]


def rows_of(pieces: list[Piece]) -> list[Row]:
    """The rows of one page in reading order."""
    rows: list[Row] = []
    for region in regions(pieces):
        rows.extend(_with_gaps(_lines(region)))
    return rows


def regions(pieces: list[Piece]) -> list[list[Piece]]:
    """Groups of pieces to be read one after the other."""
    gutter = find_gutter(pieces)
    if gutter is None:
        return [pieces] if pieces else []
    found: list[list[Piece]] = []
    for band in _bands(pieces, gutter):
        left = [piece for piece in band if piece.right <= gutter + 1]
        right = [piece for piece in band if piece.left >= gutter - 1]
        if len(left) + len(right) == len(band) and left and right and _is_columns(left, right):
            found.extend([left, right])
        else:
            found.append(band)
    return found


def find_gutter(pieces: list[Piece]) -> float | None:
    """The x where a right column begins: many lines start there and few cross it."""
    if len(pieces) < 2 * LEAST_COLUMN_LINES:
        return None
    outer_left, outer_right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = outer_right - outer_left
    edges = sorted({round(piece.left, 1) for piece in pieces})
    candidates = [x for x in edges if outer_left + 0.15 * width < x < outer_left + 0.8 * width]
    best = max(candidates, key=lambda x: _score(pieces, x), default=None)
    return best - 1.5 if best is not None and _score(pieces, best) > 0 else None


def _score(pieces: list[Piece], x: float) -> int:
    starting = sum(abs(piece.left - x) <= ALIGNED for piece in pieces)
    crossing = sum(piece.left < x - ALIGNED and piece.right > x + ALIGNED for piece in pieces)
    return starting - crossing if starting >= LEAST_COLUMN_LINES else 0


def _bands(pieces: list[Piece], gutter: float) -> Iterator[list[Piece]]:
    """Runs of pieces, top to bottom, which all cross the gutter or all keep off it."""
    band: list[Piece] = []
    spanning = False
    for line in _clusters(pieces):
        crosses = any(piece.left < gutter - ALIGNED and piece.right > gutter + ALIGNED for piece in line)
        if band and crosses != spanning:
            yield band
            band = []
        spanning = crosses
        band.extend(line)
    if band:
        yield band


def _is_columns(left: list[Piece], right: list[Piece]) -> bool:
    """Whether two sides of a gutter are columns, rather than the cells of a table such as dates and employers."""
    lines = [_clusters(left), _clusters(right)]
    letters = [sum(len(piece.text) for piece in side) for side in (left, right)]
    if min(map(len, lines)) < LEAST_COLUMN_LINES or min(letters) < LEAST_COLUMN_SHARE * sum(letters):
        return False
    dated = [sum(bool(YEAR.search(cell.text)) for line in side for cell in line) for side in lines]
    return max(count / len(side) for count, side in zip(dated, lines, strict=True)) < 0.5


def _clusters(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces by line, top to bottom, each line from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.middle, piece.left)):
        if lines and _same_line(lines[-1][0], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]


def _same_line(first: Piece, other: Piece) -> bool:
    overlap = min(first.top, other.top) - max(first.bottom, other.bottom)
    return overlap > 0.5 * min(first.top - first.bottom, other.top - other.bottom)


def _lines(pieces: list[Piece]) -> list[Row]:
    return [_join(line) for line in _clusters(pieces)]


def _join(line: list[Piece]) -> Row:
    text = line[0].text
    for before, piece in pairwise(line):
        text += ("\t" if piece.left - before.right > 0.9 * piece.size else " ") + piece.text
    main = max(line, key=lambda piece: len(piece.text))
    box = (line[0].left, min(p.bottom for p in line), max(p.right for p in line), max(p.top for p in line))
    return Row(text=text, size=main.size, bold=main.bold, gap=False, box=box)


def _with_gaps(rows: list[Row]) -> list[Row]:
    """Mark the rows whose distance to the one above is clearly more than is usual in this region."""
    steps = [above.box[1] - row.box[1] for above, row in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    marked = [step > 1.35 * usual for step in steps]
    return rows[:1] + [replace(row, gap=gap) for row, gap in zip(rows[1:], marked, strict=True)]
