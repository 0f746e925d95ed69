"""Which class of edge case a hidden test stands for: all that a question may tell of it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_READ = 200_000  # characters of an input
LONG, LONGER = 2_000, 20  # characters; times the longest example
BIG = 10**9
NUMBER = re.compile(r"(?<![\w.])-?\d{1,40}(?:\.\d{1,40})?(?![\w.])")
WORD = re.compile(r"\S+")
DEEP = 6  # brackets in each other


class Edge(StrEnum):
    EMPTY = "empty"
    SINGLE = "single"
    LARGE = "large"
    MISSING = "missing"
    NEGATIVE = "negative"
    ZERO = "zero"
    BIG_NUMBERS = "big_numbers"
    LETTERS = "letters"
    BLANK = "blank"
    EQUAL = "equal"
    NESTED = "nested"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Traits:
    """Of one input. `rows`: of data, lines or the elements of JSON arguments; `equal`: the share that comes again."""

    size: int
    rows: int
    least: float
    most: float
    zero: bool
    missing: bool
    letters: bool
    blank: bool
    equal: float
    depth: int


def edge(given: str, examples: Sequence[str]) -> Edge:
    """The class of the input `given`: the first in which it goes beyond every one of the visible `examples`.

    What only its content shows comes before its length; what long inputs have by chance (a zero, equal rows) after.
    """
    one = _traits(given)
    others = [_traits(text) for text in examples] or [_traits("1 2\n1 3\n")]
    return next((name for name, beyond in _differences(one, others) if beyond), Edge.OTHER)


def _differences(one: _Traits, others: list[_Traits]) -> tuple[tuple[Edge, bool], ...]:
    fewest = min(other.rows for other in others)
    return (
        (Edge.EMPTY, one.rows == 0 and fewest > 0),
        (Edge.MISSING, one.missing and not any(other.missing for other in others)),
        (Edge.LETTERS, one.letters and not any(other.letters for other in others)),
        (Edge.NEGATIVE, one.least < 0 <= min(other.least for other in others)),
        (Edge.BIG_NUMBERS, one.most >= BIG > max(other.most for other in others)),
        (Edge.NESTED, one.depth >= DEEP > max(other.depth for other in others)),
        (Edge.LARGE, one.size > LONG and one.size > LONGER * max(other.size for other in others)),
        (Edge.SINGLE, one.rows == 1 and fewest > 1),
        (Edge.EQUAL, one.equal >= 0.5 and one.equal > max(other.equal for other in others)),
        (Edge.BLANK, one.blank and not any(other.blank for other in others)),
        (Edge.ZERO, one.zero and not any(other.zero for other in others)),
    )


def _traits(given: str) -> _Traits:
    text = given[:MOST_READ]
    numbers = [float(number) for number in NUMBER.findall(text)]
    rows, depth = _rows(text)
    return _Traits(
        size=len(given),
        rows=len(rows),
        least=min(numbers, default=0),
        most=max(numbers, default=0),
        zero=0 in numbers,
        missing=re.search(r"\bnull\b", text, re.IGNORECASE) is not None,
        letters=not text.isascii(),
        blank='""' in text or "''" in text or "\n\n" in text.strip("\n"),
        equal=1 - len(set(rows)) / len(rows) if rows else 0,
        depth=depth,
    )


def _rows(text: str) -> tuple[list[str], int]:
    """What the input is made of, and how deep it goes: elements of JSON arguments, rows of SQL, or lines of data.

    A first line that tells what follows is not counted; of a single line each word is.
    """
    if (arguments := _arguments(text)) is not None:
        parts = [part for one in arguments for part in (one if isinstance(one, list) else [])]
        scalars = [one for one in arguments if not isinstance(one, list | dict) and one != ""]
        held = [one for one in arguments if isinstance(one, dict) and one]
        elements = parts if any(isinstance(one, list) for one in arguments) else [*scalars, *held]
        return [json.dumps(one, sort_keys=True) for one in elements], _depth(text)
    if re.match(r"\s*(?:insert|create|--)", text, re.IGNORECASE):
        return [row.strip() for row in re.findall(r"\(([^()]*)\)\s*[,;]", text)], 0
    lines = [line.strip() for line in text.strip("\n").split("\n") if line.strip()]
    return (WORD.findall(lines[0])[1:], 0) if len(lines) == 1 else (lines[1:], 0)


def _arguments(text: str) -> list[Any] | None:
    if not text.lstrip().startswith("["):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _depth(text: str) -> int:
    deepest = depth = 0
    for char in text:
        depth += (char in "[{") - (char in "]}")
        deepest = max(deepest, depth)
    return deepest
