"""Whether a program's answer is the expected one. What counts as equal depends on the kind of task."""

import json
import math
import re
from collections.abc import Iterable
from typing import Any

NUMBER = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?|-?\d+(?:e[+-]?\d+)", re.IGNORECASE)
PLACES = 6  # of a number in SQL's rows
TOLERANCE = 1e-9  # of a fraction in a function's value, relative: sums may be made in another order


def same_output(written: str, expected: str) -> bool:
    """White space at line ends and at the end does not count."""
    return _lines(written) == _lines(expected)


def same_value(written: str, expected: str) -> bool:
    """Both are JSON. Numbers are equal by value (1 and 1.0); true is no number. What is no JSON equals nothing."""
    try:
        return _equal(_loaded(written), _loaded(expected))
    except (ValueError, RecursionError):
        return False


def same_rows(written: str, expected: str, *, ordered: bool) -> bool:
    """Rows a line each, columns joined by `|`. Numbers are compared to six places, so that 2.50 is 2.5."""
    rows, wanted = _rows(written), _rows(expected)
    return rows == wanted if ordered else sorted(rows) == sorted(wanted)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _loaded(text: str) -> Any:
    return json.loads(text, parse_constant=_refuse)


def _refuse(name: str) -> float:
    raise ValueError(name)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return _same_number(one, other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(value, other[key]) for key, value in one.items())
    return type(one) is type(other) and bool(one == other)


def _same_number(one: float, other: float) -> bool:
    if isinstance(one, int) and isinstance(other, int):
        return one == other
    try:
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    except OverflowError:  # an integer that no float holds
        return False


def _rows(text: str) -> list[tuple[str, ...]]:
    return [tuple(_cells(line.split("|"))) for line in _lines(text)]


def _cells(cells: Iterable[str]) -> Iterable[str]:
    for cell in cells:
        yield f"{float(cell):.{PLACES}f}".rstrip("0").rstrip(".") if NUMBER.fullmatch(cell) else cell
