"""A vacancy's candidates as rows for a file."""

from collections.abc import Iterator, Sequence

from accounts.models import User
from vacancies.domain import ranking
from vacancies.models import Vacancy

COLUMNS = ("place", "resume_id", "name", "expected_position", "language", "years", "total")


def of(vacancy: Vacancy, user: User) -> Iterator[Sequence[object]]:
    """A header, then a row a candidate that `user` may see: verdict and points of each requirement, no contacts."""
    ranked = ranking.candidates_for(vacancy, user)
    wanted = [part.text for part in ranked[0].match.parts] if ranked else []
    yield (*COLUMNS, *(column for text in wanted for column in (text, f"{text} (points)")))
    for place, one in enumerate(ranked, start=1):
        resume = one.resume
        years = "" if resume.years is None else resume.years
        told = (value for part in one.match.parts for value in (part.verdict.value, part.points))
        shown = (ranking.name_for(resume, user), ranking.position_for(resume, user))
        yield (place, resume.pk, *shown, resume.language, years, one.match.total, *told)
