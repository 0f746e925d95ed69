"""What an embedder is: the public method keeps limits, the vendor class computes."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from providers.base import BadInputError, ProviderError

Vectors = NDArray[np.float32]
MOST_TEXTS = 10_000
PAUSES_S = (0.5, 2.0)  # before the second and the third attempt


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`batch`: texts a call takes; `most_chars`: what is read of a text; `local`: it needs no network."""

    batch: int
    most_chars: int
    local: bool


class Embedder(ABC):
    """Turns texts into vectors of which near ones mean alike.

    `name` identifies the model and its version: vectors of different names cannot be compared. Texts that have
    nothing in common may still come as near as `noise`.
    """

    name: str
    noise: float = 0.0
    capabilities: Capabilities

    def __init__(
        self,
        *,
        deadline_s: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._deadline_s = deadline_s
        self._clock = clock
        self._sleep = sleep

    @property
    @abstractmethod
    def dimensions(self) -> int:
        """Of every vector. A remote model is asked for it once. Raises ProviderError."""

    def embed(self, texts: Sequence[str], deadline_s: float | None = None) -> Vectors:
        """float32 `[len(texts), dimensions]`, each row of length 1; a text without words is a row of zeros.

        Reads the first `capabilities.most_chars` of each text. Tries again what may pass, for at most `deadline_s`
        (its own by default) in all. Raises BadInputError for more than 10,000 texts, ProviderError for the rest.
        """
        if len(texts) > MOST_TEXTS:
            raise BadInputError(f"At most {MOST_TEXTS} texts at once.", code="too_large")
        until = self._clock() + (self._deadline_s if deadline_s is None else deadline_s)
        full = [number for number, text in enumerate(texts) if text.strip()]
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for numbers in _batches(full, self.capabilities.batch):
            batch = [texts[number][: self.capabilities.most_chars] for number in numbers]
            rows[numbers] = self._checked(self._tried(batch, until), len(batch))
        return rows

    @abstractmethod
    def _embed(self, texts: list[str], timeout_s: float) -> Any:
        """A vector of any length above 0 for each text, within `timeout_s`. Raises ProviderError."""

    def _tried(self, batch: list[str], until: float) -> Any:
        for pause_s in (*PAUSES_S, None):
            left_s = until - self._clock()
            if left_s <= 0:
                break
            try:
                return self._embed(batch, left_s)
            except ProviderError as error:
                if not error.retryable or pause_s is None or self._clock() + pause_s >= until:
                    raise
                self._sleep(pause_s)
        raise ProviderError(f"{self.name} took too long.", retryable=True)

    def _checked(self, answer: Any, count: int) -> Vectors:
        rows = as_rows(answer, self.name)
        if rows.shape != (count, self.dimensions):
            raise ProviderError(f"{self.name} answered vectors of shape {rows.shape}.", retryable=False)
        return normalised(rows)


def as_rows(answer: Any, name: str) -> Vectors:
    """The numbers of an answer. Raises ProviderError for anything else, infinities included."""
    try:
        rows = np.asarray(answer, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise ProviderError(f"{name} answered something else than vectors.", retryable=False) from error
    if not np.isfinite(rows).all():
        raise ProviderError(f"{name} answered numbers that are none.", retryable=False)
    return rows


def normalised(rows: Vectors) -> Vectors:
    """Each row divided by its length; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


def _batches(numbers: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
