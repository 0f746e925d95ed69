"""Schools and degrees."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resumes.domain import schema
from resumes.domain.parser import columns, dates, hints, texts
from resumes.domain.parser.lines import Text
from resumes.domain.parser.sections import Sections
from resumes.domain.parser.words import CJK

DIVIDER = re.compile(
    r"\t+|\s+[|•·—–-]\s+|\s*—\s*|\s*[，、；;]\s*|,\s+(?![^(]*\))|\s{2,}|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
SCORE = re.compile(r"(?:gpa|绩点|средний балл|학점|평점)\s*[:：]?\s*([\d.]+(?:\s*/\s*[\d.]+)?)", re.IGNORECASE)
OF = re.compile(r"^\s*(?:degree\s+)?(?:in|of|по|на|в области)\s+", re.IGNORECASE)
SCIENCES = re.compile(r"^\s*наук(?!\w)\s*", re.IGNORECASE)
AREA_MARK = re.compile(r"^(?:主修|专业[:：]?|전공[:：]?|факультет|специальность|major[:：]?)\s*", re.IGNORECASE)
ABBREVIATED = re.compile(r"\s*\([A-Z][A-Za-z.]{1,5}\)$")  # the degree once more: `Nursing (BSN)`
NOISE = re.compile(
    r"^(?:졸업|수료|재학|전공|전공자|毕业|在读|graduated|expected|학위|학사학위|г\.|#+|학력|과정|辅修.*|minor .*)*$",
    re.IGNORECASE,
)
#: `경영학과 졸업` is the area and that it was finished.
FINISHED = re.compile(r"\s+(?:졸업|수료|재학|중퇴)(?:\s?예정)?$|\s*(?:毕业|肄业|在读)$")
FIELDS = ("institution", "study_type", "area", "period", "score")


@dataclass(frozen=True)
class Fact:
    """One thing that a line says about a school."""

    field: str
    value: str
    period: dates.Period | None = None


def read(parts: Sections) -> list[schema.Education]:
    """Schools in the resume's order; a fact that is there already begins the next school."""
    found: list[dict[str, Fact]] = []
    for line in columns.rejoined(columns.without_tables(parts.of("education"))) or _labelled_top(parts):
        for fact in _facts(line):
            if not found or _begins(found[-1], fact, line):
                found.append({})
            found[-1].setdefault(fact.field, fact)
    schools = [_school(facts) for facts in found]
    return _without_repetition([school for school in schools if school.institution or school.study_type])[:100]


def _without_repetition(schools: list[schema.Education]) -> list[schema.Education]:
    """A school told twice, once beside the name and once in its section, is one: the later tells more of its dates."""
    kept: list[schema.Education] = []
    for school in schools:
        same = next((other for other in kept if _is_same(other, school)), None)
        if same is None:
            kept.append(school)
        elif school.start_date:
            same.start_date, same.end_date = school.start_date, school.end_date
    return kept


def _is_same(one: schema.Education, other: schema.Education) -> bool:
    names = sorted((one.institution, other.institution), key=len)
    return bool(names[0]) and names[1].startswith(names[0]) and one.study_type == other.study_type


def _begins(current: dict[str, Fact], fact: Fact, line: Text) -> bool:
    if fact.field == "area":
        return False
    return fact.field in current and not (
        fact.field in ("score", "period") and "institution" not in current and not line.gap
    )


def _labelled_top(parts: Sections) -> list[Text]:
    """Some resumes have no such section and say `学校：…` beside the name."""
    wanted = ("institution", "degree", "area", "graduated")
    return [line for line in parts.of("top") if hints.labelled_as(line.text, *wanted)[1]]


def _facts(line: Text) -> Iterator[Fact]:
    text = line.text
    field, value = hints.labelled_as(text, "institution", "degree", "area", "graduated", "period", "score")
    if field:
        yield from _of_label(field, value)
        return
    if score := SCORE.search(text):
        text = text[: score.start()] + text[score.end() :]
    period = dates.find(text)
    rest = dates.cut(text, period) if period else text
    divided = [part for piece in DIVIDER.split(rest) if piece for part in _apart(piece.strip())]
    pieces = [texts.trimmed(piece) for piece in divided]
    known = [fact for piece in pieces if piece for fact in _of_piece(piece, long=len(rest) > 150)]
    yield from sorted(known, key=lambda fact: FIELDS.index(fact.field) if fact.field != "institution" else -1)
    if period:
        yield Fact("period", "", period)
    if score:
        yield Fact("score", score.group(1))


def _apart(piece: str) -> list[str]:
    """`동백여자대학교 소프트웨어학 박사`, `Eastvale University Statistics BSc`: a school and what stands behind it."""
    words = piece.split()
    for count in range(1, len(words)):
        told = hints.is_institution(words[count - 1]) and not hints.degree(words[count - 1])
        behind = words[count]
        if (
            told
            and count > 1 - bool(CJK.search(piece))
            and (CJK.search(behind) or behind[:1].isupper())
            and not hints.is_institution(behind)
        ):
            rest = " ".join(words[count:])
            return [" ".join(words[:count]), *(rest.split() if CJK.search(rest) and hints.degree(rest) else [rest])]
    return [piece]


def _of_label(field: str, value: str) -> Iterator[Fact]:
    period = dates.find(value)
    if field in ("graduated", "period") and period:
        graduated = dates.Period("", period.start) if field == "graduated" else period
        yield Fact("period", "", graduated)
    elif field in ("institution", "area", "score", "degree") and value:
        yield Fact("study_type" if field == "degree" else field, value)


def _of_piece(piece: str, *, long: bool) -> Iterator[Fact]:
    degree = hints.degree(piece)
    if degree and not (hints.is_institution(piece) and not _degree_leads(piece, degree)):
        yield from _of_degree(piece, degree)
    elif hints.is_institution(piece):
        yield Fact("institution", piece)
    elif not long and not hints.is_place(piece) and not NOISE.match(piece) and len(piece) <= 80:
        yield Fact("area", AREA_MARK.sub("", piece))


def _degree_leads(piece: str, degree: re.Match[str]) -> bool:
    return degree.start() <= 2 or bool(OF.match(piece[degree.end() :]))


def _of_degree(piece: str, degree: re.Match[str]) -> Iterator[Fact]:
    """`Master of Science in Data Science`, `Магистр лингвистики`, `정보보호학 학사`, `B.Tech`."""
    before, after, written = piece[: degree.start()].strip(), piece[degree.end() :], degree.group()
    if sciences := SCIENCES.match(after):
        written, after = f"{written} {sciences.group().strip()}", after[sciences.end() :]
    study, _, area = re.sub(r"^\s*'s\b", "", after).partition(" in ")
    if re.match(r"\s*of\b", after) and not area:
        area = _science(study)
        study = study[: len(study) - len(area)] if area else study
    elif not area:
        study, area = "", OF.sub("", study).strip(" .'’s") if study.strip(" .'’s") else ""
    name = texts.trimmed(written + study, " ")
    yield Fact("study_type", name)
    area = ABBREVIATED.sub("", AREA_MARK.sub("", texts.trimmed(area) or texts.trimmed(before)))
    if area and not NOISE.match(area):
        yield Fact("area", area)


def _science(study: str) -> str:
    """The area in `Bachelor of Arts Communications` is what follows the faculty's name; mostly nothing."""
    words = study.split()
    return " ".join(words[2:]) if len(words) > 2 and words[1].lower() in ("science", "arts", "engineering") else ""


def _school(facts: dict[str, Fact]) -> schema.Education:
    start, end = _years(facts["period"].period if "period" in facts else None)
    institution, study_type, area, score = (
        facts[field].value[:300] if field in facts else "" for field in ("institution", "study_type", "area", "score")
    )
    return schema.Education(
        institution=institution,
        study_type=study_type,
        area=FINISHED.sub("", area),
        score=score,
        start_date=start,
        end_date=end,
    )


def _years(period: dates.Period | None) -> tuple[str, str]:
    """A single year is the year of the degree."""
    if period is None:
        return "", ""
    if not period.end and not period.current:
        return "", period.start
    return period.start, period.end
