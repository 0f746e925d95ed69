"""The one place where a resume's status changes: a table, a compare-and-set, a history row."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone

from resumes.models import USABLE, Resume, ResumeStatusChange, Status

TRANSITIONS: dict[str, frozenset[str]] = {
    Status.PENDING: frozenset({Status.PARSING, Status.FAILED}),
    # Back to pending: the process that was reading it died, and the sweeper lets another try.
    Status.PARSING: frozenset({Status.PARSED, Status.FAILED, Status.PENDING}),
    Status.PARSED: frozenset({Status.INTERVIEW_SCHEDULED, Status.INTERVIEWED}),
    Status.INTERVIEW_SCHEDULED: frozenset({Status.INTERVIEWED}),
    Status.INTERVIEWED: frozenset(),
    Status.FAILED: frozenset({Status.PENDING}),
}


class IllegalTransition(Exception):
    """The table has no such step."""


class Superseded(Exception):
    """Somebody else changed the resume first; nothing was written."""


def move(resume: Resume, to: str, reason: str = "", **fields: Any) -> None:
    """Change the status, and `fields` with it, if the row still is as `resume` was read.

    `reason` is a machine code. Raises IllegalTransition, or Superseded when the row's status or its number of
    readings is no longer that of `resume`.
    """
    before, attempts = resume.status, resume.attempts
    if to not in TRANSITIONS[before]:
        raise IllegalTransition(f"{before} -> {to}")
    changes = {"status": to, "status_reason": reason, "status_changed_at": timezone.now(), **fields}
    with transaction.atomic():
        row = Resume.objects.filter(pk=resume.pk, status=before, attempts=attempts)
        if not row.update(updated_at=timezone.now(), **changes):
            raise Superseded(f"resume {resume.pk} is no longer {before}")
        ResumeStatusChange.objects.create(resume=resume, before=before, after=to, reason=reason)
    for name, value in changes.items():
        setattr(resume, name, value)


def reach(resume: Resume, to: str) -> None:
    """Bring a usable resume to `to`, or leave it where it is when it is there or further already.

    For interviews: `interview_scheduled` with the first token or stream, `interviewed` with completion. A second
    interview on the same resume takes nothing back. Raises IllegalTransition for a resume that is not usable, and
    Resume.DoesNotExist for one that was deleted.
    """
    for _ in USABLE:  # whoever was faster brought it a step further: after so many there is no step left
        resume.refresh_from_db(fields=["status", "attempts"])
        if resume.status not in USABLE:
            raise IllegalTransition(f"{resume.status} -> {to}")
        if USABLE.index(Status(resume.status)) >= USABLE.index(Status(to)):
            return
        with suppress(Superseded):
            move(resume, to)
            return
    raise Superseded(f"resume {resume.pk} does not stay as it is")
