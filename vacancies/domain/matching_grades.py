"""How far a resume meets one requirement: a grade of 0 to 100, the line that shows it, and what is to be said."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviews.domain import positions
from resumes.domain.parser import languages, skills
from vacancies.domain.blind import ENGINEER, TITLE, Blind
from vacancies.domain.matching_notes import Note
from vacancies.domain.requirements import Need, NeedKind

FULL = 100
NEAREST = 0.4  # a skill that is less near shows nothing
NEAR = 60  # of a skill as near as can be to the one that is wanted
LISTED = 60  # a skill without years, of somebody who has worked for as long
UNTOLD = 30  # a skill without years, of somebody who has not
HALF = 50  # a level or a degree below what is wanted, or a language without a level
LOWER = 20
OTHERWISE = 40  # at most, for years of which no position says of what
ASSUMED = 60  # a rank that no title says, by years of work
CLOSE_YEARS = 0.95  # 2.9 years are three
SURE, UNLIKE = 0.5, 0.24  # cosines of hashed texts: above it says the same, below it nothing
SOFTLY = 0.4  # what anybody may say of themselves has to be said in nearly these words
OWN_LANGUAGE = {"en": 4, "zh": 6, "ru": 6, "ko": 6}  # the level that writing a whole resume in it shows
TECHNICAL = frozenset({"backend", "frontend", "algo", "qa"})
BY_YEARS = ((6.0, 3), (2.0, 2), (0.0, 1))


@dataclass(frozen=True, slots=True)
class Grade:
    """`line` is a number of `Blind.lines`, -1 for none."""

    grade: int
    line: int = -1
    note: Note = Note.NONE


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidate as graded: `likeness` is each line's cosine to the requirement's topic, None where nobody asked."""

    blind: Blind
    likeness: NDArray[np.float32] | None = None


def grade(need: Need, seen: Seen) -> Grade:
    return GRADERS[need.kind](need, seen)


def _skills(need: Need, seen: Seen) -> Grade:
    """The mean of what is wanted; of alternatives the best."""
    found = [max((_skill(key, seen.blind) for key in group), key=_better) for group in need.skills]
    return _mean(found, _shared(found, need, seen.blind))


def _skill(key: str, blind: Blind) -> Grade:
    if key in blind.skills:
        return Grade(FULL, _first(blind.skills[key]))
    near = ((closeness, other) for other, closeness in _teaching(key).items() if other in blind.skills)
    closeness, other = max(near, default=(0.0, ""))
    if closeness < NEAREST:
        return Grade(0)
    line = _first(blind.skills[other])
    return Grade(FULL, line) if closeness == 1 else Grade(round(NEAR * closeness), line, Note.NEIGHBOUR)


@functools.cache
def _teaching(key: str) -> dict[str, float]:
    """Skills whose owners have this one, or are near it."""
    known = {skills.key_of(name) for name in skills.taxonomy().fields}
    return {other: near for other in known if (near := skills.neighbours(other).get(key))}


def _first(lines: list[int]) -> int:
    return lines[0] if lines else -1


def _shared(found: Iterable[Grade], need: Need, blind: Blind) -> int:
    """The line that shows most of what is wanted."""
    wanted = [key for group in need.skills for key in group if key in blind.skills]
    counted: dict[int, int] = {}
    for key in wanted:
        for number in blind.skills[key]:
            counted[number] = counted.get(number, 0) + 1
    best = max((one for one in found if one.line >= 0), key=_better, default=Grade(0)).line
    most = max(counted.values(), default=0)
    return best if most <= 1 else min(number for number, count in counted.items() if count == most)


def _years(need: Need, seen: Seen) -> Grade:
    if need.skills:
        found = [max((_skill_years(key, need, seen.blind) for key in group), key=_better) for group in need.skills]
        return _mean(found, max(found, key=_better).line)
    blind, wanted = seen.blind, need.years or 0.0
    if not need.position:
        return _all_years(need, seen)
    own = blind.position_years.get(need.position, 0.0)
    engineer = blind.position_years.get(ENGINEER, 0.0) if need.position in TECHNICAL else 0.0
    near = min(_lasting(own + engineer / 2, wanted), ASSUMED if engineer else OTHERWISE)
    elsewhere = min(_lasting((blind.years or 0.0) / 2, wanted), LOWER)
    reached = max(_lasting(own, wanted), near, LOWER if own else elsewhere)
    known = blind.position_lines.get(need.position, -1)
    return Grade(reached, known if own else blind.years_line, Note.NONE if own or not reached else Note.OTHER_WORK)


def _all_years(need: Need, seen: Seen) -> Grade:
    """Years in whatever work; where they are wanted in something that the resume does not speak of, a part at most.

    Whether it does cannot be told of a resume in another language.
    """
    reached = _lasting(seen.blind.years or 0.0, need.years or 0.0)
    line = seen.blind.years_line if reached else -1
    if seen.likeness is None or not len(seen.likeness) or not _same_language(need.text, seen.blind):
        return Grade(reached, line)
    best = int(np.argmax(seen.likeness))
    if float(seen.likeness[best]) < UNLIKE:
        return Grade(min(reached, OTHERWISE), line, Note.OTHER_WORK if reached else Note.NONE)
    return Grade(reached, best if reached else -1)


def _same_language(text: str, blind: Blind) -> bool:
    return languages.detect(text).partition("-")[0] == blind.written_in


def _lasting(years: float, wanted: float) -> int:
    """All for all the years, a proportion from a third of them."""
    share = years / wanted if wanted else 1.0
    if share >= CLOSE_YEARS:
        return FULL
    return round(80 * share) if share >= 1 / 3 else 0


def _skill_years(key: str, need: Need, blind: Blind) -> Grade:
    known = _skill(key, blind)
    wanted, told = need.years or 0.0, blind.skill_years.get(key)
    if known.grade < FULL:
        return Grade(known.grade * 2 // 3, known.line, known.note)
    if told is not None and told >= wanted * CLOSE_YEARS:
        return Grade(FULL, known.line)
    listed = LISTED if (blind.years or 0.0) >= wanted * CLOSE_YEARS else UNTOLD
    if told is None:
        return Grade(listed, known.line, Note.YEARS_UNKNOWN)
    return Grade(UNTOLD + round(50 * told / wanted), known.line, Note.FEWER_YEARS)


def _language(need: Need, seen: Seen) -> Grade:
    found = [_spoken(code, level, seen.blind) for code, level in need.languages]
    return max(found, key=_better) if need.any_language else _mean(found, max(found, key=_better).line)


def _spoken(code: str, wanted: int, blind: Blind) -> Grade:
    level, line = blind.languages.get(code, (-1, -1))
    own = OWN_LANGUAGE.get(code, 0) if blind.written_in == code else -1
    if own > level:
        level, line = own, _longest(blind) if line < 0 else line
    if level < 0:
        return Grade(0)
    if level >= wanted:
        return Grade(FULL, line)
    if level == 0:
        return Grade(HALF, line, Note.LEVEL_UNKNOWN)
    return Grade({1: HALF, 2: LOWER}.get(wanted - level, 0), line)


def _longest(blind: Blind) -> int:
    """A line as a sample of the language that the resume is written in."""
    return max(range(len(blind.lines)), key=lambda number: len(blind.lines[number].text), default=-1)


def _education(need: Need, seen: Seen) -> Grade:
    level, line = seen.blind.degree
    if level >= need.degree:
        return Grade(FULL, line)
    return Grade(HALF, line) if level and level == need.degree - 1 else Grade(0)


def _seniority(need: Need, seen: Seen) -> Grade:
    level, line = seen.blind.seniority
    if level >= need.seniority:
        return Grade(FULL, line)
    if not level and seen.blind.years is not None:
        assumed = next(rank for least, rank in BY_YEARS if seen.blind.years >= least)
        return Grade(ASSUMED if assumed >= need.seniority else 0, seen.blind.years_line, Note.ASSUMED)
    return Grade(HALF, line) if level and level == need.seniority - 1 else Grade(0)


def _other(need: Need, seen: Seen) -> Grade:
    """By likeness of words; a position that is named is met by having held it, whatever the language."""
    told = _alike(need, seen)
    held = seen.blind.position_lines.get(_position(need.topic))
    best = max(Grade(FULL, held), told, key=_better) if held is not None else told
    return Grade(best.grade, best.line, Note.HARDLY_JUDGED if need.soft else best.note)


@functools.lru_cache(maxsize=4096)
def _position(topic: str) -> str:
    """The type of position that a short text names; `?` for none."""
    return (positions.named(topic) or "?") if len(topic) <= 40 else "?"


def _alike(need: Need, seen: Seen) -> Grade:
    shown = _skills(need, seen) if need.skills else Grade(0)
    if seen.likeness is None or not len(seen.likeness):
        return shown
    told = np.array([line.section != TITLE for line in seen.blind.lines], dtype=np.float32)
    line = int(np.argmax(seen.likeness * told))
    cosine = float(seen.likeness[line] * told[line])
    if cosine < (SOFTLY if need.soft else UNLIKE):
        return shown
    share = min((cosine - UNLIKE) / (SURE - UNLIKE), 1.0)
    alike = Grade(FULL if share == 1 else 30 + round(50 * share), line)
    return max(shown, alike, key=_better)


def _mean(found: list[Grade], line: int) -> Grade:
    mean = sum(one.grade for one in found) // len(found)
    notes = [one.note for one in found if one.note]
    return Grade(mean, line if mean else -1, notes[0] if notes and mean < FULL else Note.NONE)


def _better(one: Grade) -> tuple[int, bool]:
    return one.grade, one.line >= 0


GRADERS = {
    NeedKind.SKILL: _skills,
    NeedKind.YEARS: _years,
    NeedKind.LANGUAGE: _language,
    NeedKind.EDUCATION: _education,
    NeedKind.SENIORITY: _seniority,
    NeedKind.OTHER: _other,
}
