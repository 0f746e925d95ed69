"""Vectors without a model or a network: words and their pieces, hashed into 384 places.

The hashing trick with signs: Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009. Pieces of
words bring the forms of a word together: Bojanowski et al., Enriching Word Vectors with Subword Information, 2017.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from providers.embeddings.base import Capabilities, Embedder, Vectors

DIMENSIONS = 384
VERSION = 1
PIECES_WEIGHT = 1.0  # all pieces of a word together, beside 1 for the word
HAN_WEIGHT = 0.7  # a run of Chinese gives as many overlapping pairs as it has characters
HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
HANGUL = "\uac00-\ud7a3"
WORD = re.compile(rf"[{HAN}]+|[{HANGUL}]+|(?:(?![{HAN}{HANGUL}])[^\W_])+[+#]*")
_LITTLE = """
a an and are as at be been by for from had has have i in is it its my of on or our that the their this to was we were
which who will with you your
а без был была были в во вы для до его ее же за и из или к как их ко мы на над не но о об от по под при с со так также
то у что это я
및 등 그 이 저 수 을 를 의 에 와 과 으로 에서 있는
的 了 和 与 及 在 是 我 有 等 并 或 为 于
"""
SAY_LITTLE = frozenset(_LITTLE.split())


class HashedEmbedder(Embedder):
    """Alike is what shares words or their pieces, in English, Chinese, Russian and Korean.

    `fold` rewrites a text before it is hashed, so that other spellings of one thing meet; `version` names it, since
    vectors of different folds cannot be compared.
    """

    capabilities = Capabilities(batch=256, most_chars=100_000, local=True)
    noise = 0.15  # three standard deviations of what 384 places give unrelated texts

    def __init__(self, fold: Callable[[str], str] | None = None, version: str = "") -> None:
        super().__init__()
        self._fold = fold
        self.name = "-".join(filter(None, ("hashed", str(DIMENSIONS), f"v{VERSION}", version)))

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    def _embed(self, texts: list[str], timeout_s: float) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        counted = Counter(words(self._fold(text) if self._fold else text))
        if not counted:
            return np.zeros(DIMENSIONS, dtype=np.float32)
        pieces = [_pieces(word) for word in counted]
        tf = [1.0 + math.log(count) for count in counted.values()]  # the tenth mention says less than the first
        places = np.concatenate([place for place, _ in pieces])
        weights = np.concatenate([weight * scale for (_, weight), scale in zip(pieces, tf, strict=True)])
        return np.bincount(places, weights, minlength=DIMENSIONS).astype(np.float32)


def words(text: str) -> Iterator[str]:
    """Words without case and width; Chinese as overlapping pairs of characters, as it has no spaces."""
    for match in WORD.finditer(unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")):
        word = match.group()
        if is_chinese(word):
            yield from pairs(word)
        elif word not in SAY_LITTLE:
            yield word


def is_chinese(word: str) -> bool:
    return "\u3040" <= word[0] <= "\u9fff"


def pairs(run: str) -> Iterator[str]:
    """Overlapping pairs of characters; a single one is itself."""
    if len(run) == 1:
        if run not in SAY_LITTLE:
            yield run
        return
    for start in range(len(run) - 1):
        yield run[start : start + 2]


@lru_cache(maxsize=50_000)
def _pieces(word: str) -> tuple[NDArray[np.int64], Vectors]:
    """Places and signed weights of a word and its pieces."""
    grams = list(_grams(word))
    each = PIECES_WEIGHT / math.sqrt(len(grams)) if grams else 0.0
    whole = HAN_WEIGHT if is_chinese(word) else 1.0
    hashes = np.array([crc32(piece.encode()) for piece in (word, *grams)], dtype=np.int64)
    weights = np.array([whole, *[each] * len(grams)], dtype=np.float32)
    return hashes % DIMENSIONS, weights * np.where(hashes >> 31, 1.0, -1.0).astype(np.float32)


def _grams(word: str) -> Iterator[str]:
    """Three and four letters with the word's borders; Korean by pairs of syllables, Chinese and short words whole."""
    if is_chinese(word):
        return
    sizes = (2,) if "\uac00" <= word[0] <= "\ud7a3" else (3, 4)
    bordered = f"<{word}>"
    for size in sizes:
        if len(word) >= size:
            for start in range(len(bordered) - size + 1):
                yield bordered[start : start + size]
