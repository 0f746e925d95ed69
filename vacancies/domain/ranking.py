"""Candidates for a vacancy and vacancies for a candidate, the best first."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from resumes.domain import access as resume_access
from resumes.domain.search.indexing import while_less_than
from resumes.models import USABLE, Resume
from vacancies.domain import access, blind_masks, candidates, matching
from vacancies.domain.matching import Match, Wanted
from vacancies.models import Status, Vacancy

#: Of more resumes those are ranked that have the most of the wanted skills: a thousand take about half a second.
MOST_RANKED = 5_000
AT_ONCE_S = 5.0  # of reading what was uploaded a moment ago; some 30 ms a resume
PIECE = 20
MOST_VACANCIES = 500
SHOWN = ("pk", "name", "status", "language", "expected_position", "years", "flagged", "updated_at", "owner_id")


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
    if not access.visible_to(user).filter(pk=vacancy.pk).exists():
        return []
    wanted = matching.prepare(vacancy)
    resumes = {resume.pk: resume for resume in _considered(wanted)}
    ensure(resumes.values())
    matched = [
        (one.resume_id, matching.judge(wanted, one.blind, one.vectors))
        for one in candidates.load(list(resumes))
        if one.resume_id in resumes
    ]
    matched.sort(key=lambda pair: (-pair[1].total, lot(vacancy.pk, pair[0])))
    return [Ranked(resumes[pk], match) for pk, match in matched]


def vacancies_for(resume: Resume, user: User) -> list[Opening]:
    """The open vacancies that `user` may see, those that the resume meets best first; none for a candidate."""
    if not resume.is_usable:
        return []
    vacancies = list(access.visible_to(user).filter(status=Status.OPEN).order_by("-updated_at", "-pk")[:MOST_VACANCIES])
    ensure([resume])
    found = candidates.load([resume.pk]) if vacancies else []
    openings = [
        Opening(vacancy, matching.judge(matching.prepare(vacancy), one.blind, one.vectors))
        for one in found
        for vacancy in vacancies
    ]
    return sorted(openings, key=lambda opening: (-opening.match.total, lot(opening.vacancy.pk, resume.pk)))


def resumes_for(user: User) -> QuerySet[Resume]:
    """The resumes whose vacancies `user` may ask for: recruiters all, a hiring manager the usable ones."""
    if user.is_hiring_manager and access.visible_to(user).exists():
        return Resume.objects.filter(status__in=USABLE)
    return resume_access.visible_to(user) if user.is_recruiter else Resume.objects.none()


def name_for(resume: Resume, user: User) -> str:
    """The resume's name; a hiring manager reads it without the contacts that somebody may have put there."""
    return without_contacts(resume.name, user) or _("Resume")


def position_for(resume: Resume, user: User) -> str:
    """What the candidate looks for, for the same reader."""
    return without_contacts(resume.expected_position, user)


def without_contacts(text: str, user: User) -> str:
    """What a candidate is called, as a recruiter (unchanged) or a hiring manager may read it."""
    if user.is_recruiter:
        return text
    bare = blind_masks.CONTACT.sub("", text)
    spaced = bare.replace("_", " ")  # many are called as their file, where `_` parts a number from a name
    cut = blind_masks.CONTACT.sub("", spaced)
    return " ".join((bare if cut == spaced else cut).split())


def lot(vacancy_id: int, resume_id: int) -> bytes:
    """The same each time, and no advantage to anybody: not by name, nor by who came first."""
    return hashlib.blake2b(f"{vacancy_id}:{resume_id}".encode(), digest_size=8).digest()


def _considered(wanted: Wanted) -> Sequence[Resume]:
    usable = Resume.objects.filter(status__in=USABLE).only(*SHOWN)
    rows = list(usable.order_by("pk")[: MOST_RANKED + 1])
    if len(rows) <= MOST_RANKED:
        return rows
    keys = {key for wish in wanted.wishes for group in wish.need.skills for key in group}
    counted = usable.annotate(held=Count("skills", filter=Q(skills__key__in=keys)))
    return list(counted.order_by("-held", "-pk")[:MOST_RANKED])


def ensure(resumes: Iterable[Resume]) -> None:
    """Make the features that some of `resumes` lack, for some seconds at most; the background makes the rest."""
    wanted = {resume.pk for resume in resumes}
    missing = [pk for pk in candidates.stale().values_list("pk", flat=True) if pk in wanted]
    may_go_on = while_less_than(AT_ONCE_S)
    while missing and may_go_on():
        piece, missing = missing[:PIECE], missing[PIECE:]
        candidates.remake(Resume.objects.filter(pk__in=piece).select_related("owner"))


def waiting() -> int:
    """How many usable resumes are still to be read for matching."""
    return candidates.stale().count()
