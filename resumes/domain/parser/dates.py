"""Dates and periods as resumes write them, in four languages. Results are ISO 8601, cut to what is known: `2021-03`."""

import re
from dataclasses import dataclass

MONTHS = {
    1: "january jan январ янв",
    2: "february feb феврал фев",
    3: "march mar март мар",
    4: "april apr апрел апр",
    5: "may май мая",
    6: "june jun июн",
    7: "july jul июл",
    8: "august aug август авг",
    9: "september sept sep сентябр сен",
    10: "october oct октябр окт",
    11: "november nov ноябр ноя",
    12: "december dec декабр дек",
}
NAMES = {name: number for number, names in MONTHS.items() for name in names.split()}
_NAME = "|".join(sorted(NAMES, key=len, reverse=True))
_YEAR = r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_POINTS = (
    rf"(?P<y{{0}}1>{_YEAR})\s*[年년]\s*(?P<m{{0}}1>{_MONTH})\s*[月월](?:\s*{_DAY}\s*[日일])?",
    rf"(?P<y{{0}}2>{_YEAR})\s?[-./]\s?(?P<m{{0}}2>{_MONTH})(?:\s?[-./]\s?{_DAY})?\.?",
    rf"(?:{_DAY}\s?[./])?(?<!\d)(?P<m{{0}}3>{_MONTH})\s?[./]\s?(?P<y{{0}}3>{_YEAR})",
    rf"(?:{_DAY}\.?\s+)?(?<!\w)(?P<m{{0}}4>{_NAME})[a-zа-я]{{{{0,2}}}}\.?,?(?:\s+{_DAY},)?\s*(?P<y{{0}}4>{_YEAR})(?:\s?гг?\.)?",
    rf"(?P<y{{0}}5>{_YEAR})\s?(?:[年년]|гг?\.)?",
)
_PRESENT = (
    r"(?:present|current(?:ly)?|now|today|ongoing|(?:по\s+)?н\.\s?в\.|(?:по\s+)?наст(?:оящее|\.)?\s*время"
    r"|по\s+сей\s+день|сейчас|至今|现在|目前|今|현재|재직\s?중|재학\s?중)(?![a-zа-я])"
)
_SEPARATOR = r"\s*(?:-{1,2}|–|—|―|−|~|〜|～|∼|→|\bto\b|\buntil\b|\bпо\b|\bдо\b|至|到|부터)\s*"
_GROUP = re.compile(r"[ym]\w*\d")


def _point(name: str) -> str:
    return "(?:" + "|".join(point.format(name) for point in _POINTS) + ")"


_FROM = r"(?:(?:from|since|с|从|自)\s+)?"
RANGE = re.compile(
    rf"{_FROM}{_point('a')}(?:{_SEPARATOR}(?:(?P<present>{_PRESENT})|{_point('b')}))(?:\s*г(?:\.|од\w*))?",
    re.IGNORECASE,
)
SINGLE = re.compile(rf"{_point('a')}", re.IGNORECASE)
SINCE = re.compile(rf"(?:since|с|自|从)\s+{_point('a')}(?!\w)", re.IGNORECASE)
OPEN = re.compile(rf"{_point('a')}\s*(?:-|–|—|~|부터)\s*$", re.IGNORECASE)
PRESENT = re.compile(rf"^{_PRESENT}", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """`end` is empty while it lasts (`current`) and where only one date is written, which then is `start`."""

    start: str
    end: str = ""
    current: bool = False
    span: tuple[int, int] = (0, 0)


def find_period(text: str) -> Period | None:
    """The first period in `text`, such as `Jan 2021 – Present`, `2019.03~2021.02`, `с мая 2020 по н.в.`."""
    for match in RANGE.finditer(text):
        start, end = _iso(match, "a"), "" if match["present"] else _iso(match, "b")
        if end and end < start[: len(end)]:
            continue
        return Period(start, end, bool(match["present"]), match.span())
    if since := SINCE.search(text):
        return Period(_iso(since, "a"), "", True, since.span())
    return None


def find_date(text: str) -> Period | None:
    """The first single date in `text`, as the start of a period without an end."""
    match = SINGLE.search(text)
    return Period(_iso(match, "a"), span=match.span()) if match else None


def find(text: str) -> Period | None:
    return find_period(text) or find_date(text)


def _iso(match: re.Match[str], name: str) -> str:
    groups = match.groupdict()
    year = next(value for key, value in groups.items() if key.startswith(f"y{name}") and value)
    month = next((value for key, value in groups.items() if key.startswith(f"m{name}") and value), None)
    return f"{year}-{_month_number(month):02d}" if month else str(year)


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else NAMES[text.casefold()]


def cut(text: str, period: Period) -> str:
    """`text` without the period and the punctuation that held it."""
    before, after = text[: period.span[0]], text[period.span[1] :]
    before = re.sub(r"[\s(（\[,，|•·:：–—-]+$", "", before)
    after = re.sub(r"^[\s)）\],，|•·:：–—-]+", "", after)
    return "\t".join(part for part in (before.strip(), after.strip()) if part)
