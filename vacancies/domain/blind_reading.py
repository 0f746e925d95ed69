"""What a parsed resume shows to matching."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from interviews.domain import positions
from resumes.domain import years
from resumes.domain.parser import skills
from resumes.domain.profiles import keys_of
from resumes.models import Resume
from vacancies.domain import blind_lines, blind_masks, lists, wording, wording_languages
from vacancies.domain.blind import ENGINEER, TITLE, Blind, Line

#: Where a skill is shown best: by work done with it.
BEST = ("work", "projects", "summary", "volunteer", "skills")
SPEAKING = frozenset({"languages", "skills", "summary", "certificates", "top", "other", "education"})
SHORT = 60
LASTING = frozenset({"skills", "summary", "top", TITLE})
MOST_SHOWN = 12
HIGHER = 2
SENIOR = 3
LONGEST_TITLE = 90
TELLABLE = {"skills": ("name", "keywords"), "work": ("position", "summary", "highlights"), "languages": ("language",)}
Shown = tuple[int, int]
Spans = list[tuple[int, int]]


def blind_of(resume: Resume) -> Blind:
    """Made of the resume's text and profile, both without what was found poisoned."""
    today = years.today()
    profile: dict[str, Any] = resume.profile
    lines = list(_titled(profile, [*blind_lines.of(resume), *_written_later(resume)]))
    shown = _mentions(profile, lines)
    jobs = _Jobs(profile, today, lines)
    total, total_line = _total(profile, lines, today)
    return Blind(
        lines=lines,
        skills=shown,
        skill_years=_most(jobs.skill_years(), _told_years(lines)),
        years=total,
        years_line=total_line if total_line >= 0 else jobs.latest_line(),
        position_years=jobs.position_years(),
        position_lines=jobs.position_lines(),
        languages=_languages(profile, lines),
        written_in=resume.language.partition("-")[0],
        degree=_degree(profile, lines),
        seniority=jobs.seniority(),
    )


def _titled(profile: dict[str, Any], lines: list[Line]) -> Iterator[Line]:
    """Lines that give a position its name tell less of the work than those below them: their section is `title`."""
    titles = [row["position"] for row in profile.get("work", []) if row.get("position")]
    titles.append(profile.get("basics", {}).get("label") or "\n")
    for line in lines:
        short = len(line.text) <= LONGEST_TITLE and line.section in {"work", "top"}
        named = short and any(title.casefold() in line.text.casefold() for title in titles)
        yield msgspec.structs.replace(line, section=TITLE) if named else line


def _written_later(resume: Resume) -> list[Line]:
    """What the profile has and the text lacks: its owner's corrections."""
    masks = blind_lines.masks_of(resume)
    held, keys = _plain(resume.text), {key for key, _start, _end in skills.find(resume.text)}
    new = dict.fromkeys(
        (part, text)
        for part, pointer, text in _tellable(resume.profile)
        if "page" not in resume.sources.get(pointer, {})
        and _plain(text) not in held
        and not blind_masks.is_personal(text)
        and not (part == "skills" and skills.key_of(text) in keys)
    )
    return [Line(text[start:end], section=part) for part, text in new for start, end in masks.spans(text)]


def _tellable(profile: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(section, JSON pointer, text) of what tells of work and skills."""
    for part, names in TELLABLE.items():
        for index, row in enumerate(profile.get(part, [])):
            for name in names:
                value = row.get(name, "")
                pointer = f"/{part}/{index}/{name}"
                if isinstance(value, list):
                    yield from ((part, f"{pointer}/{number}", text) for number, text in enumerate(value))
                else:
                    yield part, pointer, value


def _plain(text: str) -> str:
    """Without white space: a text that was broken over lines is in it all the same."""
    return "".join(text.casefold().split())


def _mentions(profile: dict[str, Any], lines: list[Line]) -> dict[str, list[int]]:
    """The lines of each skill, the most telling first. Employers' names alone show none."""
    listed = set(keys_of(profile))
    firms = {skills.key_of(row.get("name", "")) for row in profile.get("work", [])} - listed
    found: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for key in dict.fromkeys(key for key, _start, _end in skills.find(line.text)):
            if key not in firms:
                found[key].append(number)
    for key, name in _named(profile):
        if key not in found:
            at = [number for number, line in enumerate(lines) if name.casefold() in line.text.casefold()]
            found[key] = at
    return {key: sorted(at, key=lambda number: _place(lines[number]))[:MOST_SHOWN] for key, at in found.items()}


def _named(profile: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for row in profile.get("skills", []):
        yield from ((skills.key_of(name), name) for name in (row.get("name", ""), *row.get("keywords", [])) if name)


def _place(line: Line) -> int:
    return BEST.index(line.section) if line.section in BEST else len(BEST)


def _told_years(lines: list[Line]) -> dict[str, float]:
    """`Python (5 years)`, `5+ years of Python and Django`."""
    found: dict[str, float] = {}
    for line in lines:
        told = wording.years(line.text) if line.section in LASTING else None
        if told:
            named = skills.find(line.text)
            for index, (key, _start, end) in enumerate(named):
                until = named[index + 1][1] if index + 1 < len(named) else len(line.text)
                behind = wording.years(line.text[end:until])
                ahead = wording.years(line.text[: named[0][1]]) if len(named) <= 3 else None
                if behind or ahead:
                    found[key] = max(found.get(key, 0.0), behind or ahead or 0.0)
    return found


def _most(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    return {key: max(one.get(key, 0.0), other.get(key, 0.0)) for key in [*one, *other]}


def _total(profile: dict[str, Any], lines: list[Line], today: date) -> tuple[float | None, int]:
    """Years in jobs without overlaps; where no job has a date, what the resume says of them."""
    told = [
        (years_, number)
        for number, line in enumerate(lines)
        if line.section in LASTING
        and blind_lines.EXPERIENCED.search(line.text)
        and (years_ := wording.years(line.text))
    ]
    most, line = max(told, default=(None, -1), key=lambda one: one[0])
    return (years.total_years(profile, today) or most), line


def _languages(profile: dict[str, Any], lines: list[Line]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(lines):
        if line.section in SPEAKING:
            for code, level in wording_languages.told(line.text).items():
                if line.section == "languages" or (level and len(line.text) <= SHORT * 2):
                    found[code] = max(found.get(code, (0, number)), (level, number), key=lambda one: one[0])
    for row in profile.get("languages", []):
        for code, level in wording_languages.told(f"{row.get('language', '')} {row.get('fluency', '')}").items():
            if level > found.get(code, (-1, -1))[0]:
                found[code] = (level, found[code][1] if code in found else _line_of(row.get("language", ""), lines))
    return found


def _degree(profile: dict[str, Any], lines: list[Line]) -> Shown:
    """The highest, with the line that names it. A school without a degree counts as a bachelor's, whichever it is."""
    told = [
        (wording.highest_degree(line.text), number) for number, line in enumerate(lines) if line.section == "education"
    ]
    best = max(told, default=(0, -1), key=lambda one: one[0])
    rows = profile.get("education", [])
    named = max((wording.highest_degree(row.get("studyType", "")) for row in rows), default=0)
    untold = [row["institution"] for row in rows if row.get("institution") and not row.get("studyType")]
    schools = any(not wording.LOWER_SCHOOL.search(name) for name in untold)
    level = max(best[0], named, HIGHER if schools else 0)
    return level, (best[1] if best[0] == level and level else -1)


def _line_of(text: str, lines: list[Line]) -> int:
    wanted = text.casefold()
    return next((number for number, line in enumerate(lines) if wanted and wanted in line.text.casefold()), -1)


class _Jobs:
    """The dated jobs of a profile."""

    def __init__(self, profile: dict[str, Any], today: date, lines: list[Line]) -> None:
        self._rows: list[dict[str, Any]] = profile.get("work", [])
        self._label: str = profile.get("basics", {}).get("label", "")
        self._spans: list[Spans] = [list(years.spans_of([row], today)) for row in self._rows]
        self._lines = lines

    def skill_years(self) -> dict[str, float]:
        """Of each skill that a job names, or that one of those it names implies."""
        spans: dict[str, Spans] = defaultdict(list)
        for row, lasted in zip(self._rows, self._spans, strict=True):
            told = [
                row.get("position", ""),
                row.get("summary", ""),
                row.get("description", ""),
                *row.get("highlights", []),
            ]
            keys = {key for key, _start, _end in skills.find("\n".join(told))}
            implied = {other for key in keys for other, near in skills.neighbours(key).items() if near == 1}
            for key in keys | implied:
                spans[key] += lasted
        return {key: _length(lasted) for key, lasted in spans.items() if lasted}

    def position_years(self) -> dict[str, float]:
        spans: dict[str, Spans] = defaultdict(list)
        for row, lasted in zip(self._rows, self._spans, strict=True):
            title = row.get("position", "")
            other = ENGINEER if lists.pattern("wording", "engineer").search(title) else ""
            spans[positions.named(title) or other] += lasted
        return {str(kind): _length(lasted) for kind, lasted in spans.items() if lasted}

    def position_lines(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for title in [*(row.get("position", "") for row in self._rows), self._label]:
            if (kind := positions.named(title)) and kind not in found:
                found[str(kind)] = _line_of(title, self._lines)
        return found

    def latest_line(self) -> int:
        latest = self._latest()
        return _line_of(latest[0].get("position", ""), self._lines) if latest else -1

    def seniority(self) -> Shown:
        """Of the last position or of what somebody calls themselves; of the one before it where that was higher."""
        titles = [row.get("position", "") for row in self._latest()[:2]]
        told = [(wording.seniority(title), _line_of(title, self._lines)) for title in [*titles[:1], self._label]]
        before = [(wording.seniority(title), _line_of(title, self._lines)) for title in titles[1:]]
        return max([*told, *(rank for rank in before if rank[0] >= SENIOR)], key=lambda one: one[0])

    def _latest(self) -> list[dict[str, Any]]:
        dated = [
            (max((end, start) for start, end in lasted), row)
            for row, lasted in zip(self._rows, self._spans, strict=True)
            if lasted
        ]
        return [row for _when, row in sorted(dated, key=lambda one: one[0], reverse=True)] or self._rows


def _length(spans: Spans) -> float:
    return round(sum(end - start for start, end in years.merged(spans)) / 12, 1)
