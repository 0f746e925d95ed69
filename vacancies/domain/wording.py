"""What words say about degrees, seniority and years: for requirements and resumes alike."""

import functools
import re

from vacancies.domain import lists

NUMBER = r"(\d{1,2}(?:[.,]\d)?)"
UNIT = r"(?:years?|yrs?\.?|y\.o\.e\.|лет|год(?:а|ов)?(?!\w)|年|년)"
UNIT_OF_MONTHS = r"(?:months?|месяц\w*|мес\.|个月|개월)"
RANGE = r"(?:\s*(?:[-–—~～至到]|to|до)\s*\d{1,2})?"
YEARS = re.compile(rf"(?<![\d.,]){NUMBER}{RANGE}\s*[+＋]?\s*(?:х\s+)?(?:-?\s*)?{UNIT}", re.IGNORECASE)
MONTHS = re.compile(rf"(?<![\d.,]){NUMBER}{RANGE}\s*\+?\s*{UNIT_OF_MONTHS}", re.IGNORECASE)
MOST_YEARS = 50
HIGHER, SPECIALIST = 2, 3
LOWER_SCHOOL = re.compile(
    r"high school|secondary|grammar school|школ|лице[йя]|гимнази|колледж|техникум|училищ|高中|中学|中专|职高"
    "|고등학교|중학교|전문대|학원",
    re.IGNORECASE,
)


def degree(text: str) -> int:
    """1 vocational, 2 bachelor, 3 master, 4 doctor; 0 for none. Of several the lowest: `Bachelor or Master`."""
    found = _degrees(text)
    return min((one for one in found if one > 1), default=max(found, default=0))


def highest_degree(text: str) -> int:
    """As `degree`, of what a resume says of its education."""
    specialist = [SPECIALIST] if lists.pattern("wording", "specialist").search(text) else []
    return max([*_degrees(text), *specialist], default=0)


def _degrees(text: str) -> list[int]:
    found = [int(name) for name, pattern in patterns("degrees") if pattern.search(text)]
    higher = lists.pattern("wording", "higher").search(text) and not any(one > 1 for one in found)
    return [*found, HIGHER] if higher else found


def seniority(text: str) -> int:
    """1 junior, 2 middle, 3 senior, 4 lead; 0 where the text says nothing of it."""
    return first(text, "seniority")


def years(text: str) -> float | None:
    """The least number of years that is asked for: 3 for `3-5 years`, `3+ лет`, `三年以上`, `3년 이상`."""
    if match := YEARS.search(text) or _spelled().search(text):
        return min(_number(next(filter(None, match.groups()))), MOST_YEARS) or None
    if match := MONTHS.search(text):
        return round(_number(match.group(1)) / 12, 2) or None
    return None


def without_years(text: str) -> str:
    """The text with what it says of years blanked, letter by letter."""
    for pattern in (YEARS, _spelled(), MONTHS):
        text = pattern.sub(blank, text)
    return text


def blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _number(text: str) -> float:
    known = lists.load("wording")["numbers"]
    return float(known[text.casefold()] if text.casefold() in known else text.replace(",", "."))


@functools.cache
def _spelled() -> re.Pattern[str]:
    """`two years`, `三年`, `от двух лет`, `от года`."""
    words = lists.load("wording")["numbers"]
    spoken = "|".join(lists.alternatives([word for word in words if word not in {"год", "года"}]))
    return re.compile(rf"({spoken})\s*\+?\s*(?:или более\s+)?{UNIT}|(?<=от )(года)(?!\w)", re.IGNORECASE)


def first(text: str, part: str) -> int:
    """The first of a part's numbered lists that has a word of the text; 0 for none."""
    return next((int(name) for name, pattern in patterns(part) if pattern.search(text)), 0)


@functools.cache
def patterns(part: str) -> list[tuple[str, re.Pattern[str]]]:
    """In the file's order."""
    loaded = lists.load("wording")[part]
    return [
        (str(name), re.compile("|".join(lists.alternatives(words)), re.IGNORECASE)) for name, words in loaded.items()
    ]
