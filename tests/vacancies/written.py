"""Resumes that are not stored, read by the product's own parser from lines of text."""

from providers.documents.base import Document, Line
from resumes.domain import sources, years
from resumes.domain.parser.assembly import parse
from resumes.models import Resume
from vacancies.domain import writing
from vacancies.domain.blind import Blind
from vacancies.domain.blind_reading import blind_of
from vacancies.models import Vacancy


def resume(text: str) -> Resume:
    document = Document(list(_lines(text)))
    parsed = parse(document)
    return Resume(
        text=document.text,
        profile=parsed.profile,
        language=parsed.language,
        years=years.total_years(parsed.profile),
        sources=sources.locate(document, parsed.profile),
    )


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    gap = False
    for line in map(str.strip, text.splitlines()):
        if line:
            found.append(Line(line, gap=gap and bool(found)))
        gap = not line
    return found


def blind(text: str) -> Blind:
    return blind_of(resume(text))


def vacancy(*musts: str, nice: tuple[str, ...] = (), **fields: str) -> Vacancy:
    rows = [writing.requirement(text) for text in musts] + [writing.requirement(text, "nice") for text in nice]
    return Vacancy(requirements=rows, **{"title": "", "position_type": "backend", "language": "en", **fields})
