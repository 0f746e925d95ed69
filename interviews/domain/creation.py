"""How interviews begin: created by their candidate, or from a bare resume."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.domain import languages
from accounts.models import User
from interviews.domain import access, plan, positions
from interviews.models import Interview, Status
from resumes.domain import lifecycle as resume_lifecycle
from resumes.models import Resume
from resumes.models import Status as ResumeStatus
from vacancies.models import Status as VacancyStatus
from vacancies.models import Vacancy

SENT_AGAIN = timedelta(minutes=10)  # a form that is sent again so soon means the interview that it made


class TooManyOpen(Exception):
    """The person has `limit` interviews that are not over."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} open interviews")
        self.limit = limit

    @property
    def text(self) -> str:
        """For the person."""
        text = ngettext(
            "You have %(limit)s interview that is not over. Finish or end it first.",
            "You have %(limit)s interviews that are not over. Finish or end one of them first.",
            self.limit,
        )
        return text % {"limit": self.limit}

    @property
    def text_for_recruiter(self) -> str:
        text = ngettext(
            "The candidate has %(limit)s interview that is not over.",
            "The candidate has %(limit)s interviews that are not over.",
            self.limit,
        )
        return text % {"limit": self.limit}


class ResumeNotUsable(Exception):
    """The resume has not been read, or could not be."""

    @property
    def text(self) -> str:
        """For the person."""
        return gettext("This resume has not been read yet, or could not be read.")


class NobodysResume(ResumeNotUsable):
    """An imported resume that was not handed over to its candidate's account."""

    @property
    def text(self) -> str:
        """For the recruiter."""
        return gettext(
            "This resume was imported and belongs to nobody's account. Invite the candidate first, and hand the resume "
            "over to their account."
        )


class VacancyClosed(Exception):
    """Nobody is invited for a closed vacancy."""

    @property
    def text(self) -> str:
        """For the recruiter."""
        return gettext("This vacancy is closed. Reopen it before you invite candidates.")


class ResumeTaken(Exception):
    """The interview has begun with another resume."""


@transaction.atomic
def create(owner: User, *, resume: Resume | None = None, language: str = "", **fields: Any) -> Interview:
    """A new interview of `owner`; `fields` are columns that were validated before.

    With a resume its plan is ready; without one it gets its plan by `prepare`. Raises TooManyOpen, ResumeNotUsable.
    """
    _lock(owner)
    return _create(owner, resume=resume, language=language, **fields)


@transaction.atomic
def create_once(owner: User, *, resume: Resume, language: str, **fields: Any) -> Interview:
    """As `create`, for a form that may arrive twice: the interview it made lately, while nobody has entered that."""
    _lock(owner)
    chosen = languages.choose(language, owner.language)
    same = Interview.objects.filter(owner=owner, resume=resume, language=chosen, **fields)
    lately = same.filter(status=Status.CREATED, created_at__gt=timezone.now() - SENT_AGAIN)
    return lately.first() or _create(owner, resume=resume, language=chosen, **fields)


@transaction.atomic
def open_for_resume(resume: Resume) -> Interview:
    """The resume's latest interview that is not over, else a new one of its owner whose type is guessed.

    Ready to be taken: the plan is built, the resume is `interview_scheduled`. Raises as `create` does.
    """
    if resume.owner is None:
        raise NobodysResume
    owner = resume.owner
    _lock(owner)
    unfinished = Interview.objects.filter(resume=resume, status__in=access.OPEN)
    interview = unfinished.order_by("-created_at", "-id").first() or _create(
        owner,
        resume=resume,
        language=languages.normalise(resume.language) or owner.language,
        **position(resume.expected_position),
    )
    return prepare(interview, resume)


@transaction.atomic
def invite(vacancy: Vacancy, resume: Resume, **fields: Any) -> tuple[Interview, bool]:
    """The resume's interview for the vacancy, and whether it is new; one that is not over is enough.

    `fields` are columns such as `interview_time` and `language`. Interviews that have begun outlive the vacancy's
    closing, new ones are refused. Raises VacancyClosed, ResumeNotUsable, TooManyOpen.
    """
    if not Vacancy.objects.select_for_update().filter(pk=vacancy.pk, status=VacancyStatus.OPEN).exists():
        raise VacancyClosed
    _check(resume)
    assert resume.owner is not None  # noqa: S101  # checked
    _lock(resume.owner)
    open_ones = Interview.objects.filter(resume=resume, vacancy=vacancy, status__in=access.OPEN)
    if found := open_ones.order_by("-created_at", "-id").first():
        return found, False
    language = fields.pop("language", "") or vacancy.language or resume.language
    wanted = {**_position_of(vacancy), "vacancy": vacancy, **fields}
    return _create(resume.owner, resume=resume, language=language, **wanted), True


def _position_of(vacancy: Vacancy) -> dict[str, str]:
    """Kept with the interview, as it was asked, whatever becomes of the vacancy."""
    return {
        "position_name": vacancy.title,
        "position_type": vacancy.position_type,
        "position_description": vacancy.description,
        "position_requirements": "\n".join(row["text"] for row in vacancy.requirements),
        "company_name": vacancy.company_name,
    }


@transaction.atomic
def prepare(interview: Interview, resume: Resume | None) -> Interview:
    """Make the interview ready to be taken with `resume` (of the same owner): binds it, builds the plan, once.

    Until the interview is active another resume may be chosen, which makes another plan. Doing it again changes
    nothing. Raises ResumeNotUsable, ResumeTaken.
    """
    if resume is not None:
        _check(resume)
        if interview.resume_id not in (None, resume.pk) and interview.status != Status.CREATED:
            raise ResumeTaken
        resume_lifecycle.reach(resume, ResumeStatus.INTERVIEW_SCHEDULED)
    if interview.status == Status.CREATED and (not interview.plan or _changes(interview, resume)):
        interview.resume = resume or interview.resume
        plan.store(interview, interview.resume)
        interview.save(update_fields=["resume", "plan"])
    return interview


def position(text: str) -> dict[str, str]:
    """`position_name` and `position_type` for a position in a few words, such as a resume's or a caller's."""
    kind = positions.guess(text)
    return {"position_name": text.strip()[:200] or str(kind.label), "position_type": kind}


def _changes(interview: Interview, resume: Resume | None) -> bool:
    return resume is not None and interview.resume_id != resume.pk


def _check(resume: Resume) -> None:
    """Raises ResumeNotUsable."""
    if resume.owner_id is None:
        raise NobodysResume
    if not resume.is_usable:
        raise ResumeNotUsable


def _lock(owner: User) -> None:
    """Two creations of one person follow each other, or both would find a place left."""
    User.objects.select_for_update().filter(pk=owner.pk).values_list("pk").get()


def _create(owner: User, *, resume: Resume | None, language: str, **fields: Any) -> Interview:
    limit = settings.MAX_OPEN_INTERVIEWS_PER_USER
    if access.own(owner).filter(status__in=access.OPEN).count() >= limit:
        raise TooManyOpen(limit)
    if resume is not None:
        _check(resume)
    chosen = languages.choose(language, owner.language)
    interview = Interview.objects.create(owner=owner, resume=resume, language=chosen, **fields)
    if resume is not None:
        plan.store(interview, resume)
        interview.save(update_fields=["plan"])
    return interview
