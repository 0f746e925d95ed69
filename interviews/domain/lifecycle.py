"""The one way to change `Interview.status`: a table of legal transitions, compare-and-set, a history row."""

import logging

from django.db import transaction
from django.utils import timezone

from interviews.models import Interview, Status, StatusChange
from resumes.domain import lifecycle as resume_lifecycle
from resumes.models import Resume
from resumes.models import Status as ResumeStatus

log = logging.getLogger(__name__)

LEGAL: dict[str, frozenset[str]] = {
    Status.CREATED: frozenset({Status.ACTIVE, Status.STOPPED, Status.ABANDONED, Status.FAILED}),
    Status.ACTIVE: frozenset({Status.COMPLETED, Status.FAILED, Status.STOPPED, Status.ABANDONED}),
    Status.COMPLETED: frozenset(),
    Status.FAILED: frozenset(),
    Status.STOPPED: frozenset(),
    Status.ABANDONED: frozenset(),
}
# `Interview.phase` of an interview that is over, in the engine's words.
LAST_PHASE: dict[str, str] = {
    Status.COMPLETED: "finished",
    Status.FAILED: "failed",
    Status.STOPPED: "stopped",
    Status.ABANDONED: "abandoned",
}


class IllegalTransition(Exception):
    """The table does not lead from `before` to `to`. Nothing changed."""

    def __init__(self, before: str, to: str) -> None:
        super().__init__(f"{before} does not lead to {to}")
        self.before = before
        self.to = to


def move(interview: Interview, to: str, reason: str = "") -> bool:
    """Move to status `to`; `interview` is brought up to date. False when it already was there: nothing is written.

    Of several who race, one writes; the others see the row it left and are judged by the table again.
    Raises `IllegalTransition`.
    """
    while True:
        interview.refresh_from_db(fields=["status"])
        if interview.status == to:
            return False
        if to not in LEGAL[interview.status]:
            raise IllegalTransition(interview.status, to)
        if _compare_and_set(interview, to, reason):
            return True


def is_over(interview: Interview) -> bool:
    return not LEGAL[interview.status]


def _compare_and_set(interview: Interview, to: str, reason: str) -> bool:
    before, fields = interview.status, _fields(to)
    with transaction.atomic():
        if not Interview.objects.filter(pk=interview.pk, status=before).update(**fields):
            return False
        StatusChange.objects.create(interview=interview, before=before, after=to, reason=reason[:200])
        if before == Status.ACTIVE:
            _left(interview)
        if to == Status.COMPLETED:
            _completed(interview)
    for name, value in fields.items():
        setattr(interview, name, value)
    log.info("interview %s: %s -> %s", interview.pk, before, to)
    return True


def _fields(to: str) -> dict[str, object]:
    now = timezone.now()
    if to == Status.ACTIVE:
        return {"status": to, "started_at": now, "last_seen_at": now}
    return {"status": to, "completed_at": now, "phase": LAST_PHASE[to]}


def _left(interview: Interview) -> None:
    # As below: `coding` tells `reports` of what was judged.
    from interviews.coding import leaving

    leaving.take(interview.pk)


def _completed(interview: Interview) -> None:
    # reports.domain reads interviews: imported at the top, the two would form a circle.
    from reports.domain import start

    # Asked of the database: the resume may have been deleted since `interview` was loaded.
    if resume := Resume.objects.filter(interviews=interview).first():
        _interviewed(resume)
    start.request_report(interview)


def _interviewed(resume: Resume) -> None:
    try:
        resume_lifecycle.reach(resume, ResumeStatus.INTERVIEWED)
    except (resume_lifecycle.IllegalTransition, resume_lifecycle.Superseded, Resume.DoesNotExist) as error:
        # Its file was replaced or found unreadable meanwhile, or it was deleted. The interview was held all the same.
        log.warning("resume %s cannot become interviewed: %s", resume.pk, error)
