"""A ranking as a page shows it: places, bars, what of the musts is open, and who was invited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.models import User
from interviews.domain.access import OPEN
from interviews.models import Interview
from resumes.models import Resume
from vacancies.domain import candidates, matching_notes, ranking
from vacancies.domain.blind import Line
from vacancies.domain.matching import Match, Part, Verdict
from vacancies.domain.ranking import Ranked
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class Bit:
    """One requirement of one candidate. `share` of its own points in percent, for the bar."""

    part: Part
    number: int

    @property
    def share(self) -> Decimal:
        return 100 * self.part.points / self.part.possible if self.part.possible else Decimal(0)

    @property
    def note(self) -> str:
        return matching_notes.text(self.part.note)


@dataclass(slots=True)
class Row:
    """`place` is that in the whole ranking, whatever is filtered. `name` and `position` are as the reader sees them."""

    place: int
    resume: Resume
    match: Match
    name: str
    position: str
    interviews: list[Interview] = field(default_factory=list)

    @property
    def bits(self) -> list[Bit]:
        return [Bit(part, number) for number, part in enumerate(self.match.parts, start=1)]

    @property
    def musts(self) -> list[Part]:
        return [part for part in self.match.parts if part.kind == "must"]

    @property
    def musts_met(self) -> int:
        return sum(part.verdict == Verdict.MET for part in self.musts)

    @property
    def is_invited(self) -> bool:
        return any(interview.status in OPEN for interview in self.interviews)

    @property
    def open_musts(self) -> list[Part]:
        return [part for part in self.musts if part.verdict != Verdict.MET]


def of(ranked: Sequence[Ranked], user: User) -> list[Row]:
    """The rows that `user` reads."""
    return [row(place, one.resume, one.match, user) for place, one in enumerate(ranked, start=1)]


def row(place: int, resume: Resume, match: Match, user: User) -> Row:
    return Row(place, resume, match, ranking.name_for(resume, user), ranking.position_for(resume, user))


def narrow(rows: Iterable[Row], wanted: dict[str, Any], invited: set[int]) -> list[Row]:
    """Those that fit all of `wanted`: search, least, language, invited, musts. `invited` are ids of resumes."""
    return [row for row in rows if _fits(row, wanted, row.resume.pk in invited)]


def _fits(row: Row, wanted: dict[str, Any], invited: bool) -> bool:
    said = f"{row.name} {row.position}".casefold()
    return (
        all(word in said for word in wanted.get("search", "").casefold().split())
        and row.match.total >= (wanted.get("least") or 0)
        and wanted.get("language", "") in ("", row.resume.language)
        and wanted.get("invited", "") in ("", "yes" if invited else "no")
        and not (wanted.get("musts") and row.open_musts)
    )


def invited(vacancy: Vacancy) -> set[int]:
    """Ids of the resumes that have an interview for the vacancy."""
    rows = Interview.objects.filter(vacancy=vacancy, resume__isnull=False)
    return set(rows.values_list("resume_id", flat=True))


def with_interviews(vacancy: Vacancy, rows: Sequence[Row]) -> None:
    """Put each row's interviews for this vacancy into it, the newest first."""
    known = {row.resume.pk: row for row in rows}
    interviews = Interview.objects.filter(vacancy=vacancy, resume__in=list(known)).select_related("report")
    for interview in interviews.defer("plan", "engine_state").order_by("-created_at", "-id"):
        known[interview.resume_id or 0].interviews.append(interview)


@dataclass(frozen=True, slots=True)
class Fit:
    """A vacancy and how far the resume meets it."""

    vacancy: Vacancy
    row: Row


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of the resume, and the numbers of the requirements that it shows."""

    text: str
    page: int
    start: int
    section: str
    shows: tuple[int, ...]


def passages(row: Row) -> list[Passage]:
    """The resume's lines as matching sees them: without name, contacts and whatever else tells who somebody is."""
    loaded = candidates.load([row.resume.pk])
    lines = loaded[0].blind.lines if loaded else []
    return [
        Passage(
            line.text, line.page, line.start, line.section, tuple(bit.number for bit in row.bits if _shows(bit, line))
        )
        for line in lines
    ]


def _shows(bit: Bit, line: Line) -> bool:
    source = bit.part.source
    if source is None:
        return bool(bit.part.evidence) and bit.part.evidence == line.text
    return line.start <= source["start"] < max(line.end, line.start + 1)
