"""Exact search in this process: one product with every vector that may fit.

100,000 x 384 float32 take 154 MB. Vectors lie in blocks, so that growing copies nothing and a filtered search passes
over blocks in which nothing fits. In a block the numbers of one dimension lie together, a vector is a column of it:
a query that is zero in most dimensions, as those of words and their pieces are, reads the memory of the others only,
and one that is not is multiplied a third faster than with vectors as rows.
"""

import threading
from array import array
from collections import defaultdict
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from providers.vectors.base import Attributes, Hit, Item, Vector, VectorStore, Where

BLOCK = 8_192
SPARSE = 4  # a query of whose numbers at most one in so many is not zero: only these are multiplied
# Where at most so many vectors of a block fit, they are picked out before they are multiplied: measured at 384.
FEW, FEW_OF_SPARSE = BLOCK // 256, BLOCK // 32
GROUP = 16
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
        size = max(-(-int(alive.sum()) // BLOCK), 1) * BLOCK
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
                self._bury(item.id)
            while items:
                room = len(self._blocks) * BLOCK - self._rows
                if not room:
                    self._blocks.append(np.zeros((self.dimensions, BLOCK), dtype=np.float32))
                self._append(items[: room or BLOCK])
                items = items[room or BLOCK :]
            self._tidy()

    def _append(self, items: list[Item]) -> None:
        """Into the last block, which has room for them."""
        place = self._rows % BLOCK
        self._blocks[-1][:, place : place + len(items)] = np.stack([item.vector for item in items], axis=1)
        for item in items:
            self._columns.append(self._rows, item)
            self._row_of[item.id] = self._rows
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
            self._blocks[row // BLOCK][:, row % BLOCK] = 0.0  # nothing stays in memory of somebody who is gone

    def _search(self, vector: Vector, count: int, ways: list[Where]) -> list[list[Hit]]:
        with self._lock:
            masks = [self._columns.mask(len(self._blocks) * BLOCK, way) for way in ways]
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
        """The product with each vector that fits; something else for the others."""
        used = np.flatnonzero(vector)
        sparse = len(used) * SPARSE <= len(vector)
        scores = np.empty(len(fits), dtype=np.float32)
        for number, block in enumerate(self._blocks):
            part = fits[number * BLOCK : (number + 1) * BLOCK]
            target = scores[number * BLOCK : (number + 1) * BLOCK]
            fitting = int(np.count_nonzero(part))
            if fitting > (FEW_OF_SPARSE if sparse else FEW):
                np.dot(vector[used] if sparse else vector, block.take(used, axis=0) if sparse else block, out=target)
            elif fitting:
                rows = np.flatnonzero(part)
                target[rows] = vector[used] @ block[np.ix_(used, rows)]
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
    maxima = scores[: len(scores) // GROUP * GROUP].reshape(GROUP, -1).max(axis=0)
    if count < len(maxima):  # so many groups reach the least of their `count` highest: no lower score is among the best
        high = np.flatnonzero(scores >= np.partition(maxima, -count)[-count])
        return np.asarray(high[np.argpartition(scores[high], -count)[-count:]])
    return np.argpartition(scores, -count)[-count:]


def _gathered(blocks: list[NDArray[np.float32]], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    """A block of these rows, which are in their order."""
    block = np.zeros_like(blocks[0])
    numbers, filled = rows // BLOCK, 0
    for number in np.unique(numbers):
        places = rows[numbers == number] % BLOCK
        block[:, filled : filled + len(places)] = blocks[number][:, places]
        filled += len(places)
    return block


def _sized(column: NDArray[Scalar], size: int) -> NDArray[Scalar]:
    made = np.zeros(size, dtype=column.dtype)
    made[: len(column)] = column
    return made
