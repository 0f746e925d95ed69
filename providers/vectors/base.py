"""What a vector store is: items with a vector and attributes, found by nearness among those that fit."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from providers.base import BadInputError

Vector = NDArray[np.float32]
MOST_HITS = 1_000


@dataclass(frozen=True, slots=True)
class Attributes:
    """What an item can be filtered by. Texts are compared as they are."""

    skills: frozenset[str] = frozenset()
    years: float | None = None
    language: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """`vector` is float32 of the store's dimensions and of length 1."""

    id: int
    vector: Vector
    attributes: Attributes = field(default_factory=Attributes)


@dataclass(frozen=True, slots=True)
class Where:
    """All that is given must hold: every skill, at least so many years, one of `ids`.

    An item without years has too few for any `years_min`.
    """

    skills: frozenset[str] = frozenset()
    years_min: float | None = None
    language: str = ""
    status: str = ""
    ids: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.years_min is not None and not (math.isfinite(self.years_min) and self.years_min >= 0):
            raise BadInputError("A number of years is 0 or more.", code="invalid")


@dataclass(frozen=True, slots=True)
class Hit:
    """`score` is the product of two vectors of length 1: 1 means the same, 0 unrelated."""

    id: int
    score: float


class VectorStore(ABC):
    """One index: vectors of one model. Methods may be called from any thread. Raise ProviderError."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions

    def put(self, items: Sequence[Item]) -> None:
        """Add items, or replace those of the same ids; of two with one id the later one stays."""
        for item in items:
            self._check(item.vector)
        unique = {item.id: item for item in items}
        if unique:
            self._put(list(unique.values()))

    def remove(self, ids: Iterable[int]) -> None:
        """Unknown ids are passed over."""
        if given := sorted({int(one) for one in ids}):
            self._remove(given)

    def search(self, vector: Vector, count: int, where: Where | None = None) -> list[Hit]:
        """The nearest items that fit, the best first, at most `count` (1 to 1,000) of them."""
        return self.search_each(vector, count, [where or Where()])[0]

    def search_each(self, vector: Vector, count: int, ways: Sequence[Where]) -> list[list[Hit]]:
        """`search` once for each of `ways`; a store that can computes a nearness once for all of them."""
        self._check(vector)
        possible = [way for way in ways if way.ids is None or way.ids]
        hits = self._search(vector.astype(np.float32, copy=False), min(max(count, 1), MOST_HITS), possible)
        found = iter(hits)
        return [next(found) if way.ids is None or way.ids else [] for way in ways]

    @abstractmethod
    def count(self) -> int:
        """How many items there are."""

    @abstractmethod
    def clear(self) -> None:
        """Remove everything."""

    @abstractmethod
    def _put(self, items: list[Item]) -> None: ...

    @abstractmethod
    def _remove(self, ids: list[int]) -> None: ...

    @abstractmethod
    def _search(self, vector: Vector, count: int, ways: list[Where]) -> list[list[Hit]]: ...

    def _check(self, vector: Vector) -> None:
        if vector.shape != (self.dimensions,):
            raise BadInputError(f"The index holds vectors of {self.dimensions}, not {vector.shape}.", code="dimensions")
