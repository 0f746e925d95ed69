"""What a requirement asks for, understood from its words in four languages."""

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from interviews.domain import positions
from resumes.domain.parser import skills
from vacancies.domain import lists, wording

SHORT = 6  # words: a longer text that names a language or a rank in passing is about something else
COMMAS = re.compile(r"^\W*$")
Mention = tuple[str, int, int]


class NeedKind(StrEnum):
    SKILL = "skill"
    YEARS = "years"
    LANGUAGE = "language"
    EDUCATION = "education"
    SENIORITY = "seniority"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Need:
    """What a requirement asks for. What it does not speak of is empty or 0.

    `skills` are groups of taxonomy keys: one of each group is wanted. `years` counts with those skills, or else in
    positions of the type `position`. `languages` are ISO 639-1, `level` 1 (A1) to 7 (mother tongue); `degree` 1 to 4
    and `seniority` 1 to 4 as in `vacancies.domain.wording`. `topic` is what the words say beside that.
    """

    kind: NeedKind
    text: str
    skills: tuple[tuple[str, ...], ...] = ()
    years: float | None = None
    position: str = ""
    languages: tuple[str, ...] = ()
    level: int = 0
    degree: int = 0
    seniority: int = 0
    topic: str = ""


@functools.lru_cache(maxsize=4096)
def understand(text: str, language: str = "") -> Need:
    """`language` is the vacancy's; the words tell their own, so that English terms in a Russian text are met too."""
    spoken = _languages(text)
    mentions = [] if spoken else skills.find(text)
    years = wording.years(text)
    degree = 0 if spoken else wording.degree(text)
    seniority = wording.seniority(text) if _short(text) and not (mentions or spoken or degree) else 0
    return Need(
        kind=_kind(spoken=bool(spoken), years=years, degree=degree, skills=bool(mentions), seniority=seniority),
        text=text,
        skills=groups(text, mentions),
        years=years,
        position=(positions.named(text) or "") if years and not mentions else "",
        languages=spoken,
        level=wording.language_level(text) if spoken else 0,
        degree=degree,
        seniority=seniority,
        topic=topic(text),
    )


def _kind(*, spoken: bool, years: float | None, degree: int, skills: bool, seniority: int) -> NeedKind:
    asked = (
        (spoken, NeedKind.LANGUAGE),
        (bool(years), NeedKind.YEARS),
        (bool(degree), NeedKind.EDUCATION),
        (skills, NeedKind.SKILL),
        (bool(seniority), NeedKind.SENIORITY),
    )
    return next((kind for told, kind in asked if told), NeedKind.OTHER)


def _short(text: str) -> bool:
    return len(text.split()) <= SHORT and len(text) <= 60


def _languages(text: str) -> tuple[str, ...]:
    """Human languages, where the requirement is about them."""
    found = tuple(wording.languages(text))
    about = found and (_short(text) or wording.language_level(text) or lists.pattern("wording", "spoken").search(text))
    return found if about else ()


def groups(text: str, mentions: list[Mention]) -> tuple[tuple[str, ...], ...]:
    """Skills by alternatives: `Docker and Kubernetes or ECS` is (docker), (kubernetes, ecs)."""
    found: list[list[str]] = []
    for number, (key, _start, _end) in enumerate(mentions):
        if number and _joined(text, mentions, number):
            found[-1].append(key)
        else:
            found.append([key])
    return tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in found))


def _joined(text: str, mentions: list[Mention], number: int) -> bool:
    """Whether a mention is an alternative to the one before it."""
    between = text[mentions[number - 1][2] : mentions[number][1]]
    if _either(between) or between.strip() == "/":
        return True
    if not COMMAS.match(between) or between.count("(") + between.count("（"):
        return False
    return _enumerates_alternatives(text, mentions, number)


def _enumerates_alternatives(text: str, mentions: list[Mention], number: int) -> bool:
    """Of an enumeration by commas: it ends in `or`, stands in brackets, or begins with `such as`."""
    for index in range(number, len(mentions) - 1):
        between = text[mentions[index][2] : mentions[index + 1][1]]
        if _either(between):
            return True
        if not COMMAS.match(between):
            break
    before, after = text[: mentions[number][1]], text[mentions[number][2] :]
    bracketed = before.count("(") + before.count("（") > before.count(")") + before.count("）")
    told = lists.pattern("wording", "examples").search(before[-60:]) or re.match(r"\W{0,2}(?:等|등)", after)
    return bracketed or bool(told) or bool(re.search("one of|any of|один из|одн[уо]\\w* из", before, re.IGNORECASE))


def _either(text: str) -> bool:
    return bool(lists.pattern("wording", "either").search(text))


def topic(text: str) -> str:
    """The text without the words that only say that it is required."""
    return " ".join(lists.pattern("wording", "filler").sub(" ", text).split())
