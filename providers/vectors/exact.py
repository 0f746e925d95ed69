"""Exact search in this process: one product with every vector that fits.

100,000 x 384 float32 take 154 MB. Vectors lie in blocks, so that growing copies nothing and a filtered search passes
over blocks in which nothing fits.
"""

import threading
from array import array
from collections import defaultdict
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from providers.vectors.base import Attributes, Hit, Item, Vector, VectorStore, Where

BLOCK = 4_096
FEW = 2  # where at most one row in so many fits, they are picked out before they are multiplied
MOST_DEAD = 0.25
Mask = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)


class Columns:
    """Attributes of the rows in use, in arrays that double when they are full; texts become rows of a posting list."""

    def __init__(self) -> None:
        self.ids = np.zeros(BLOCK, dtype=np.int64)
        self.years = np.full(BLOCK, np.nan, dtype=np.float32)
        self.alive = np.zeros(BLOCK, dtype=np.bool_)
        self.postings: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("i"))

    def append(self, row: int, item: Item) -> None:
        if row == len(self.ids):
            self._double()
        self.ids[row] = item.id
        self.years[row] = np.nan if item.attributes.years is None else item.attributes.years
        self.alive[row] = True
        for term in _terms(item.attributes):
            self.postings[term].append(row)

    def mask(self, rows: int, where: Where) -> Mask:
        """Which of the first rows fit."""
        fits = self.alive[:rows].copy()
        for term in _terms(where):
            fits &= self._having(term, rows)
        if where.years_min is not None:
            fits &= self.years[:rows] >= where.years_min
        if where.ids is not None:
            fits &= np.isin(self.ids[:rows], np.fromiter(where.ids, dtype=np.int64, count=len(where.ids)))
        return fits

    def kept(self, rows: int) -> "Columns":
        """A copy without the dead rows, the others in their order."""
        alive = self.alive[:rows]
        moved = np.cumsum(alive, dtype=np.int32) - 1
        copy = Columns()
        size = max(BLOCK, int(alive.sum()))
        copy.ids, copy.years = _sized(self.ids[:rows][alive], size), _sized(self.years[:rows][alive], size)
        copy.alive = _sized(alive[alive], size)
        for term, posting in self.postings.items():
            listed = np.frombuffer(posting, dtype=np.int32)
            if len(left := moved[listed[alive[listed]]]):
                copy.postings[term] = array("i", left.tobytes())
        return copy

    def _having(self, term: tuple[str, str], rows: int) -> Mask:
        having = np.zeros(rows, dtype=np.bool_)
        if term in self.postings:
            having[np.frombuffer(self.postings[term], dtype=np.int32)] = True
        return having

    def _double(self) -> None:
        size = len(self.ids) * 2
        self.ids, self.years = _sized(self.ids, size), _sized(self.years, size)
        self.alive = _sized(self.alive, size)


class ExactStore(VectorStore):
    """Rows are only added: a replaced or removed item leaves a dead row, and many dead rows a smaller copy.

    One lock for everything: two searches at once would share the memory's bandwidth anyway.
    """

    def __init__(self, dimensions: int) -> None:
        super().__init__(dimensions)
        self._lock = threading.Lock()
        self._empty()

    def count(self) -> int:
        return len(self._row_of)

    def clear(self) -> None:
        with self._lock:
            self._empty()

    def _empty(self) -> None:
        self._blocks: list[NDArray[np.float32]] = []
        self._columns = Columns()
        self._row_of: dict[int, int] = {}
        self._rows = 0

    def _put(self, items: list[Item]) -> None:
        with self._lock:
            for item in items:
                self._append(item)
            self._tidy()

    def _append(self, item: Item) -> None:
        self._bury(item.id)
        row = self._rows
        if row == len(self._blocks) * BLOCK:
            self._blocks.append(np.empty((BLOCK, self.dimensions), dtype=np.float32))
        self._blocks[row // BLOCK][row % BLOCK] = item.vector
        self._columns.append(row, item)
        self._row_of[item.id] = row
        self._rows += 1

    def _remove(self, ids: list[int]) -> None:
        with self._lock:
            for one in ids:
                self._bury(one)
            self._tidy()

    def _bury(self, item_id: int) -> None:
        row = self._row_of.pop(item_id, None)
        if row is not None:
            self._columns.alive[row] = False
            self._blocks[row // BLOCK][row % BLOCK] = 0.0  # nothing stays in memory of somebody who is gone

    def _search(self, vector: Vector, count: int, ways: list[Where]) -> list[list[Hit]]:
        with self._lock:
            masks = [self._columns.mask(self._rows, way) for way in ways]
            if not masks:
                return []
            scores = self._scores(vector, np.logical_or.reduce(masks))
            return [self._nearest(scores, mask, count) for mask in masks]

    def _nearest(self, scores: Vector, fits: Mask, count: int) -> list[Hit]:
        rows = np.flatnonzero(fits)
        best = rows[_best(scores[rows], count)]
        hits = map(Hit, self._columns.ids[best].tolist(), scores[best].tolist())
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))

    def _scores(self, vector: Vector, fits: Mask) -> Vector:
        """The product of each row that fits; minus infinity for the others."""
        scores = np.full(self._rows, -np.inf, dtype=np.float32)
        for number, block in enumerate(self._blocks):
            part = fits[number * BLOCK : (number + 1) * BLOCK]
            target = scores[number * BLOCK : (number + 1) * BLOCK]
            fitting = int(np.count_nonzero(part))
            if fitting * FEW > len(part):
                np.dot(block[: len(part)], vector, out=target)
                target[~part] = -np.inf
            elif fitting:
                rows = np.flatnonzero(part)
                target[rows] = block.take(rows, axis=0) @ vector
        return scores

    def _tidy(self) -> None:
        """Copy what is alive once dead rows are a quarter of a large index."""
        dead = self._rows - len(self._row_of)
        if dead < BLOCK or dead < self._rows * MOST_DEAD:
            return
        old, alive = self._blocks, self._columns.alive[: self._rows]
        rows = np.flatnonzero(alive)
        self._columns = self._columns.kept(self._rows)
        self._rows = len(rows)
        self._blocks = [_gathered(old, rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK)]
        self._row_of = {int(one): row for row, one in enumerate(self._columns.ids[: self._rows])}


def _terms(given: Attributes | Where) -> list[tuple[str, str]]:
    """What a row is listed under, and what a search asks for."""
    terms = [("skill", skill) for skill in given.skills]
    terms += [(name, value) for name, value in (("language", given.language), ("status", given.status)) if value]
    return terms


def _best(scores: Vector, count: int) -> NDArray[np.intp]:
    """The places of the highest scores, in no order."""
    if count >= len(scores):
        return np.arange(len(scores))
    return np.argpartition(scores, len(scores) - count)[-count:]


def _gathered(blocks: list[NDArray[np.float32]], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    block = np.empty((BLOCK, blocks[0].shape[1]), dtype=np.float32)
    for position, row in enumerate(rows):
        block[position] = blocks[row // BLOCK][row % BLOCK]
    return block


def _sized(column: NDArray[Scalar], size: int) -> NDArray[Scalar]:
    made = np.zeros(size, dtype=column.dtype)
    made[: len(column)] = column
    return made
