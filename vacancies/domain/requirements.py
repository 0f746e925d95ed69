"""What a requirement asks for, understood from its words in four languages."""

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from interviews.domain import positions
from resumes.domain.parser import skills
from vacancies.domain import lists, requirements_skills, wording, wording_languages

SHORT = 6  # words: a longer text that names a language or a rank in passing is about something else


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
    positions of the type `position`. `languages` are ISO 639-1 with a level, 1 (A1) to 7 (mother tongue), 0 for any;
    with `any_language` one of them is enough. `degree` is 1 to 4 and `seniority` 1 to 4 as in `wording`. `topic` is
    what the words say beside that they require it. `soft` is what no resume shows.
    """

    kind: NeedKind
    text: str
    skills: tuple[tuple[str, ...], ...] = ()
    years: float | None = None
    position: str = ""
    languages: tuple[tuple[str, int], ...] = ()
    any_language: bool = False
    degree: int = 0
    seniority: int = 0
    topic: str = ""
    soft: bool = False


@functools.lru_cache(maxsize=4096)
def understand(text: str, language: str = "") -> Need:
    """`language` is the vacancy's; the words tell their own, so that English terms in a Russian text are met too."""
    spoken = _languages(text)
    wanted = () if spoken else requirements_skills.groups(text)
    years = wording.years(text)
    degree = 0 if spoken else wording.degree(text)
    soft = not spoken and _is_soft(text, wanted)
    own = _short(text) and not lists.pattern("wording", "others").search(text)
    seniority = wording.seniority(text) if own and not (wanted or spoken or degree or soft) else 0
    has_skills = bool(wanted) and not soft
    kind = _kind(spoken=bool(spoken), years=years, degree=degree, skills=has_skills, seniority=seniority)
    return Need(
        kind=kind,
        text=text,
        skills=wanted,
        years=years,
        position=(positions.named(text) or "") if years and not wanted else "",
        languages=tuple(spoken.items()),
        any_language=len(spoken) > 1 and bool(lists.pattern("wording", "either").search(text)),
        degree=degree,
        seniority=seniority,
        topic=topic(text),
        soft=soft and kind is NeedKind.OTHER,
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


def _languages(text: str) -> dict[str, int]:
    """Human languages, where the requirement is about them."""
    found = wording_languages.told(text)
    about = found and (_short(text) or any(found.values()) or lists.pattern("wording", "spoken").search(text))
    return found if about else {}


def _is_soft(text: str, wanted: requirements_skills.Groups) -> bool:
    """Whether it asks for nothing but what no resume shows."""
    fields = skills.taxonomy().fields
    known = {skills.key_of(name) for name, field in fields.items() if field == requirements_skills.SOFT}
    if wanted:
        return all(key in known for group in wanted for key in group)
    return bool(lists.pattern("wording", "soft").search(text))


def topic(text: str) -> str:
    """The text without the words that only say that it is required."""
    return " ".join(re.sub(r"\s+", " ", lists.pattern("wording", "filler").sub(" ", text)).split())


def subject(need: Need) -> str:
    """What the years of a requirement are wanted in, where that is neither a skill nor a known type of position."""
    if need.kind is not NeedKind.YEARS or need.skills or need.position:
        return ""
    bare = lists.pattern("wording", "general").sub(" ", topic(wording.without_years(need.text)))
    words = [word for word in re.findall(r"[^\W\d_]+", bare) if len(word) > 2 or lists.UNSPACED.search(word)]
    return " ".join(words)
