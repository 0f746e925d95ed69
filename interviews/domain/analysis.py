"""What an answer shows by itself: length, points covered, reasoning, specifics. Plain functions over text."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from interviews.domain import markers

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
SENTENCE = re.compile(r"[^.!?。！？\n]+[.!?。！？]*")
UNSPACED = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
IDEOGRAPHS_A_WORD = 1.6  # mean length of a Chinese word in running text


@dataclass(frozen=True, slots=True)
class Point:
    """Something a good answer mentions, and words that show it."""

    text: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Of one answer. Counts are of occurrences; `coverage` is 0 to 1, or None where nothing was expected."""

    words: int
    coverage: float | None
    covered: tuple[str, ...]
    missing: tuple[str, ...]
    specifics: int
    reasoning: int
    teamwork: int
    ownership: int
    fillers: int


def analyse(text: str, language: str, points: Iterable[Point] = ()) -> Analysis:
    plain = fold(text)
    expected = tuple(points)
    hit = tuple(point.text for point in expected if mentions(plain, point))
    return Analysis(
        words=count_words(text),
        coverage=len(hit) / len(expected) if expected else None,
        covered=hit,
        missing=tuple(point.text for point in expected if point.text not in hit),
        specifics=count_specifics(text),
        reasoning=occurrences(plain, markers.entries(markers.REASONING, language)),
        teamwork=occurrences(plain, markers.entries(markers.TEAMWORK, language)),
        ownership=occurrences(plain, markers.entries(markers.OWNERSHIP, language)),
        fillers=occurrences(plain, markers.entries(markers.FILLERS, language)),
    )


def fold(text: str) -> str:
    """Lower case, one kind of space, full-width letters as plain ones; a space at both ends so that words begin."""
    return f" {' '.join(unicodedata.normalize('NFKC', text).casefold().split())} "


def count_words(text: str) -> int:
    """Words of running text; Chinese, which has no spaces, is counted by its ideographs."""
    ideographs = len(IDEOGRAPH.findall(text))
    return len(WORD.findall(IDEOGRAPH.sub(" ", text))) + round(ideographs / IDEOGRAPHS_A_WORD)


def count_specifics(text: str) -> int:
    """Numbers and names (words with a capital inside a sentence, or written as identifiers)."""
    numbers = re.findall(r"\d+(?:[.,]\d+)?", text)
    names = re.findall(r"(?<=[a-zа-я,;] )[A-ZА-Я][\w+#.-]+", text)
    mixed = re.findall(r"(?<=[\u3040-\ud7af])\s?[A-Za-z][\w+#.-]+", text)
    return len(numbers) + len(names) + len(mixed)


def mentions(plain: str, point: Point) -> bool:
    return occurs(plain, folded(point.keywords))


@lru_cache(maxsize=2048)
def folded(keywords: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(keyword).strip() for keyword in keywords)


def occurs(plain: str, entries: tuple[str, ...]) -> bool:
    return bool(entries) and pattern(entries).search(plain) is not None


def occurrences(plain: str, entries: tuple[str, ...]) -> int:
    return len(pattern(entries).findall(plain)) if entries else 0


@lru_cache(maxsize=2048)
def pattern(entries: tuple[str, ...]) -> re.Pattern[str]:
    """Longest first, so that "if " never hides "if and only if"; see `markers` for where an entry may match.

    What begins a word is looked for at the beginnings of words alone, which is several times as quick.
    """
    longest = sorted(entries, key=len, reverse=True)
    anywhere = "|".join(re.escape(entry) for entry in longest if UNSPACED.search(entry))
    beginning = "|".join(re.escape(entry) for entry in longest if not UNSPACED.search(entry))
    return re.compile(
        "|".join(part for part in (anywhere, rf"(?<![^\W_])(?:{beginning})" if beginning else "") if part)
    )


def sentences(text: str) -> list[str]:
    """The text's sentences, each found in it letter for letter. Speech without punctuation is one sentence."""
    return [match.group().strip() for match in SENTENCE.finditer(text) if match.group().strip()]
