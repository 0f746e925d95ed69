"""Candidates for a vacancy and vacancies for a candidate, the best first."""

from dataclasses import dataclass

from accounts.models import User
from resumes.models import Resume
from vacancies.domain.matching import Match
from vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class Ranked:
    """A resume and how far it meets the vacancy. `resume` has its name, status and language, no text and no profile."""

    resume: Resume
    match: Match


@dataclass(frozen=True, slots=True)
class Opening:
    """A vacancy and how far the resume meets it."""

    vacancy: Vacancy
    match: Match


def candidates_for(vacancy: Vacancy, user: User) -> list[Ranked]:
    """All usable resumes that `user` may see for this vacancy, the best first; equals in an order drawn by lot.

    Nobody but recruiters and the vacancy's hiring managers gets any.
    """
    raise NotImplementedError


def vacancies_for(resume: Resume, user: User) -> list[Opening]:
    """The open vacancies that `user` may see, those that the resume meets best first; none for a candidate."""
    raise NotImplementedError
