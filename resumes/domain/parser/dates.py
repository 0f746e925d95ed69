"""Dates and periods as resumes write them, in four languages. Results are ISO 8601, cut to what is known: `2021-03`."""

import re
from dataclasses import dataclass

from resumes.domain.parser.words import load

NAMES: dict[str, int] = {name: number for number, names in load("dates")["months"].items() for name in names}
_NAME = "|".join(sorted(NAMES, key=len, reverse=True))
_SEASON = "|".join(re.escape(word) for word in sorted(load("dates")["seasons"], key=len, reverse=True))
_PRESENT = "|".join(re.escape(word) for word in sorted(load("dates")["present"], key=len, reverse=True))
_YEAR = r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_SHORT_YEAR = r"['’‘`]\s?\d\d(?!\d)"
_NAMED = rf"(?<![^\W\d_])(?P<name>{_NAME})[a-zа-я]{{0,2}}(?![^\W\d_])\.?,?"
# The ways to write a point in time, the more telling first.
_POINTS = (
    rf"(?P<y>{_YEAR})\s*[年년]\s*(?P<m>{_MONTH})\s*[月월](?:\s*{_DAY}\s*[日일])?",
    rf"(?P<y>{_YEAR})\s?[-./]\s?(?P<m>{_MONTH})(?:\s?[-./]\s?{_DAY})?(?:\s?\.(?!\d))?",
    rf"(?<!\d)(?P<m>{_MONTH})\s?/\s?(?:3[01]|2\d|1[3-9])\s?/\s?(?P<y>{_YEAR})",
    rf"(?:(?<!\d){_DAY}\s?[./])?(?<!\d)(?P<m>{_MONTH})\s?[./]\s?(?P<y>{_YEAR})",
    (
        rf"(?:(?<!\d){_DAY}\.?(?:st|nd|rd|th)?\s+)?{_NAMED}(?:\s+{_DAY},)?(?:\s*(?:of\s+)?(?P<y>{_YEAR})|\s?(?P<yy>{_SHORT_YEAR}))"
        r"(?:\s?гг?\.|\s+года?\b)?"
    ),
    rf"(?P<y>{_YEAR})\s+{_NAMED}",
    rf"(?P<yy>{_SHORT_YEAR})\s?[.년年]\s?(?P<m>{_MONTH})(?:\s?[월月.](?!\d))?",
    rf"(?<![^\W\d_])(?:{_SEASON})(?![^\W\d_])\s*(?P<y>{_YEAR})",
    rf"(?P<y>{_YEAR})\s*(?:г(?:од|\.)?|[年년])?\s*(?:{_SEASON})(?![a-zа-я])",
    rf"(?P<y>{_YEAR})(?:\s?(?:[年년]|г{{1,2}}\.|год[а-я]{{0,2}}\b))?",
)
_NO_NAMES = re.compile(r"\?P<\w+>")
_POINT = "(?:" + "|".join(_NO_NAMES.sub("?:", point) for point in _POINTS) + ")"
_SEPARATOR = r"(?:\s*(?:-{1,2}|–|—|―|−|－|~|〜|～|∼|→|至|到|부터)\s*|,?\s+(?:to|until|till|through|and|по|до)\s+)"
_NUMBER = r"(?:\d{1,2}|\d\.\d)"
_YEARS = r"(?:years?|yrs?\.?|г\.|год[а-я]*|лет|年|년)"
_MONTHS = r"(?:months?|mos?\.?|мес(?:яц[а-я]*|\.)?|个月|個月|개월)"
_LENGTH = rf"(?:{_NUMBER}\s?{_YEARS}(?:[\s,и]{{0,3}}{_NUMBER}\s?{_MONTHS})?|{_NUMBER}\s?{_MONTHS})"
_DURATION = rf"(?:[\s,·•|/]{{0,4}}(?:[(（\[](?:总|총|около|about)?\s?{_LENGTH}\s?[)）\]]|{_LENGTH}(?!\w)))?"
_FROM = r"(?<!\w)(?:(?:from|since|between|с|со|从|自)\s*)?"
_LAST = rf"(?:(?P<present>{_PRESENT})(?![a-zа-я])(?:\s*[(（](?:{_PRESENT})[)）])?|(?P<end>{_POINT}))"
_TAIL = r"(?:\s*гг?\.?(?!\w)|\s*год[а-я]*\b)?"

RANGE = re.compile(
    rf"{_FROM}(?P<start>{_POINT})(?:{_SEPARATOR}{_LAST}|\s+(?P<open>по\s+(?:{_PRESENT})|present))(?:\s*까지)?{_TAIL}{_DURATION}",
    re.IGNORECASE,
)
#: `Mar – Aug 2020`, `2020年3月至8月`, `2015-17`, `19.03 ~ 21.02`: one end says only what differs.
SHORTENED = re.compile(
    rf"(?P<first>{_NAMED.replace('?P<name>', '')}){_SEPARATOR}(?P<end>{_POINT}){_DURATION}"
    rf"|(?P<start>{_YEAR}\s*[年년]\s*{_MONTH}\s*[月월]){_SEPARATOR}(?P<month>{_MONTH})\s*[月월]{_DURATION}"
    rf"|(?P<year>{_YEAR})\s?[-–—/]\s?(?P<until>\d\d)(?![\d./-]){_DURATION}"
    r"|(?<![\d.'’/-])(?P<a>\d\d\.(?:0[1-9]|1[0-2]))\.?\s*[-–—~]\s*(?P<b>\d\d\.(?:0[1-9]|1[0-2])|"
    rf"(?:{_PRESENT}))(?![\d.]?\d){_DURATION}",
    re.IGNORECASE,
)
SINGLE = re.compile(_POINT, re.IGNORECASE)
PRESENT = re.compile(rf"^(?:{_PRESENT})(?![a-zа-я])", re.IGNORECASE)
SINCE = re.compile(rf"(?<!\w)(?:since|from|с|со|自|从)\s*({_POINT})(?:\s*起)?(?!\w)", re.IGNORECASE)
BEGUN = re.compile(rf"({_POINT})\s*(?:부터|起|\s(?:-|–|—|~))\s*(?=$|[|\t)）])|({_POINT})\s*[-–—~]$", re.IGNORECASE)
_EACH = tuple(re.compile(point, re.IGNORECASE) for point in _POINTS)
LATEST_SHORT_YEAR = 40
#: Where `cut` ends a piece: marks that held the date.
HELD_BEFORE = re.compile(r"[\s(（\[【,，、|•·:：;/–—-]+$")
HELD_AFTER = re.compile(r"^[\s)）\]】,，、|•·:：;/–—-]+")


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
        start, end = iso(match["start"]), iso(match["end"]) if match["end"] else ""
        if not end or end >= start[: len(end)]:
            return Period(start, end, not end, match.span())
    return _shortened(text) or _begun(text)


def _shortened(text: str) -> Period | None:
    for match in SHORTENED.finditer(text):
        start, end = _ends(match)
        if start and (not end or end >= start):
            return Period(start, end, not end, match.span())
    return None


def _ends(match: re.Match[str]) -> tuple[str, str]:
    if match["first"]:
        end = iso(match["end"])
        return f"{end[:4]}-{_month(match['first']):02d}", end
    if match["start"]:
        start = iso(match["start"])
        return start, f"{start[:4]}-{int(match['month']):02d}"
    if match["year"]:
        end = match["year"][:2] + match["until"]
        return (match["year"], end) if int(match["until"]) > max(12, int(match["year"][2:])) else ("", "")
    return _of_short(match["a"]), _of_short(match["b"]) if match["b"][:1].isdigit() else ""


def _begun(text: str) -> Period | None:
    match = SINCE.search(text) or BEGUN.search(text)
    if match is None:
        return None
    return Period(iso(next(group for group in match.groups() if group)), "", True, match.span())


def find_date(text: str) -> Period | None:
    """The first single date in `text`, as the start of a period without an end."""
    match = SINGLE.search(text)
    return Period(iso(match.group()), span=match.span()) if match else None


def find(text: str) -> Period | None:
    return find_period(text) or find_date(text)


def iso(point: str) -> str:
    """`March 2019`, `'19.3`, `2019年3月` are `2019-03`; a season is its year."""
    match = next(
        match for pattern in _EACH if (match := pattern.fullmatch(point.strip())) or (match := pattern.match(point))
    )
    found = match.groupdict()
    year = found.get("y") or _full_year(found["yy"])
    month = found.get("name") or found.get("m")
    return f"{year}-{_month(month):02d}" if month else str(year)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    lowered = text.casefold()
    return next(NAMES[lowered[:length]] for length in range(len(lowered), 1, -1) if lowered[:length] in NAMES)


def _full_year(short: str) -> str:
    year = int(re.sub(r"\D", "", short))
    return str(year + (2000 if year <= LATEST_SHORT_YEAR else 1900))


def _of_short(text: str) -> str:
    year, _, month = text.partition(".")
    return f"{_full_year(year)}-{month}"


def cut(text: str, period: Period) -> str:
    """`text` without the period and the punctuation that held it; a tab stands where it divided two pieces."""
    before = HELD_BEFORE.sub("", text[: period.span[0]])
    after = HELD_AFTER.sub("", text[period.span[1] :])
    return "\t".join(part for part in (before.strip(), after.strip()) if part)
