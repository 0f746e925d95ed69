"""What words say about languages, their levels, degrees, seniority and years: for requirements and resumes alike."""

import functools
import re
from collections.abc import Iterator

from vacancies.domain import lists

NATIVE = 7
NUMBER = r"(\d{1,2}(?:[.,]\d)?)"
UNIT = r"(?:years?|yrs?\.?|y\.o\.e\.|лет|год(?:а|ов)?(?!\w)|年|년)"
UNIT_OF_MONTHS = r"(?:months?|месяц\w*|мес\.|个月|개월)"
RANGE = r"(?:\s*(?:[-–—~～至到]|to|до)\s*\d{1,2})?"
YEARS = re.compile(rf"(?<![\d.,]){NUMBER}{RANGE}\s*[+＋]?\s*(?:х\s+)?(?:-?\s*)?{UNIT}", re.IGNORECASE)
MONTHS = re.compile(rf"(?<![\d.,]){NUMBER}{RANGE}\s*\+?\s*{UNIT_OF_MONTHS}", re.IGNORECASE)
MOST_YEARS = 50


def languages(text: str) -> Iterator[str]:
    """Codes of the human languages that a text names. English names have a capital: nobody asks to polish things."""
    for code, pattern in _patterns("languages"):
        match = pattern.search(text)
        if match and (not match.group()[0].isascii() or match.group()[0].isupper() or text.islower()):
            yield code


def language_level(text: str) -> int:
    """1 (A1) to 6 (C2), 7 for a mother tongue; 0 where the text says nothing of it."""
    return _first(text, "levels")


def degree(text: str) -> int:
    """1 vocational, 2 bachelor, 3 master, 4 doctor; 0 for none. Of several the lowest: `Bachelor or Master`."""
    found = [int(name) for name, pattern in _patterns("degrees") if pattern.search(text)]
    return min((one for one in found if one > 1), default=max(found, default=0))


def highest_degree(text: str) -> int:
    return max((int(name) for name, pattern in _patterns("degrees") if pattern.search(text)), default=0)


def seniority(text: str) -> int:
    """1 junior, 2 middle, 3 senior, 4 lead; 0 where the text says nothing of it."""
    return _first(text, "seniority")


def years(text: str) -> float | None:
    """The least number of years that is asked for: 3 for `3-5 years`, `3+ лет`, `三年以上`, `3년 이상`."""
    if match := YEARS.search(text) or _spelled().search(text):
        return min(_number(next(filter(None, match.groups()))), MOST_YEARS) or None
    if match := MONTHS.search(text):
        return round(_number(match.group(1)) / 12, 2) or None
    return None


def _number(text: str) -> float:
    known = lists.load("wording")["numbers"]
    return float(known[text.casefold()] if text.casefold() in known else text.replace(",", "."))


@functools.cache
def _spelled() -> re.Pattern[str]:
    """`two years`, `三年`, `от двух лет`, `от года`."""
    words = lists.load("wording")["numbers"]
    spoken = "|".join(lists.alternatives([word for word in words if word not in {"год", "года"}]))
    return re.compile(rf"({spoken})\s*\+?\s*(?:или более\s+)?{UNIT}|(?<=от )(года)(?!\w)", re.IGNORECASE)


def _first(text: str, part: str) -> int:
    return next((int(name) for name, pattern in _patterns(part) if pattern.search(text)), 0)


@functools.cache
def _patterns(part: str) -> list[tuple[str, re.Pattern[str]]]:
    """In the file's order."""
    loaded = lists.load("wording")[part]
    return [
        (str(name), re.compile("|".join(lists.alternatives(words)), re.IGNORECASE)) for name, words in loaded.items()
    ]
