"""How alike two texts are, and numbers that an index finds alike texts by.

Texts are compared by their sequences of three words (Broder, "On the resemblance and containment of documents", 1997);
MinHash in bands (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", 3.4) finds whom to compare with.
"""

import hashlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from resumes.domain.words import words

LENGTH = 3
BANDS, ROWS = 16, 3  # two texts with half of their sequences in common meet in 88 of 100 cases, with 0.7 always
MOST_WORDS = 20_000
LEAST = 20  # sequences, below which alike says nothing
_CHOICES = np.random.Generator(np.random.PCG64(20_261_121)).integers(
    1, np.iinfo(np.uint64).max, size=(BANDS * ROWS, 2), dtype=np.uint64
)
Hashes = npt.NDArray[np.uint64]


def sequences(text: str) -> Hashes:
    """One number for each sequence of three words, each once and sorted; none for a text that is too short."""
    said = [word for word, _ in zip(words(text), range(MOST_WORDS), strict=False)]
    found = {number(" ".join(said[at : at + LENGTH])) for at in range(len(said) - LENGTH + 1)}
    return np.array(sorted(found) if len(found) >= LEAST else [], dtype=np.uint64)


def likeness(first: Hashes, second: Hashes) -> float:
    """The share of all sequences that both have, 0 to 1."""
    both = np.intersect1d(first, second, assume_unique=True).size
    return both / max(first.size + second.size - both, 1)


def bands(hashes: Hashes) -> Iterator[int]:
    """`BANDS` numbers of 64 bits with a sign: alike texts share some of them."""
    if not hashes.size:
        return
    factors, addends = _CHOICES[:, :1] | np.uint64(1), _CHOICES[:, 1:]
    least = (hashes[None, :] * factors + addends).min(axis=1).reshape(BANDS, ROWS)
    for band, row in enumerate(least):
        yield signed(hashlib.blake2b(row.tobytes(), digest_size=8, key=bytes([band])).digest())


def number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest(), "big")


def signed(data: bytes) -> int:
    """Eight bytes as databases keep a whole number."""
    return int.from_bytes(data[:8], "big", signed=True)
