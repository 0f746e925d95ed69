"""Asking for a report: the row first, the task second; what a crash left behind is asked for again."""

import logging
from datetime import timedelta

from django.utils import timezone

from config import later
from interviews.models import Interview
from reports.models import Report

log = logging.getLogger(__name__)
TASK = "reports.tasks.evaluate_interview"
MOST_ATTEMPTS = 3
OVERDUE = timedelta(minutes=2)


def request_report(interview: Interview, *, again: bool = False) -> Report:
    """The interview's report, being written from now on. `again` starts a ready or failed one anew."""
    report, made = Report.objects.get_or_create(interview=interview)
    if again and not made and report.status != Report.Status.PENDING:
        report.status, report.attempts = Report.Status.PENDING, 0
        report.save(update_fields=["status", "attempts", "updated_at"])
    if report.status == Report.Status.PENDING:
        enqueue(interview.pk)
    return report


def judged(interview_id: int) -> None:
    """The solution has its verdict: a report that waited for it goes on."""
    if Report.objects.filter(interview_id=interview_id, status=Report.Status.PENDING).exists():
        enqueue(interview_id)


def enqueue(interview_id: int) -> None:
    """Ask for the evaluation once the row is committed."""
    later.ask_after_commit(TASK, interview_id)


def sweep() -> int:
    """Enqueue overdue reports again, give up after three attempts. Returns how many were enqueued."""
    overdue = Report.objects.filter(status=Report.Status.PENDING, updated_at__lt=timezone.now() - OVERDUE)
    given_up = overdue.filter(attempts__gte=MOST_ATTEMPTS).update(
        status=Report.Status.FAILED, updated_at=timezone.now()
    )
    if given_up:
        log.error("%s reports failed after %s attempts", given_up, MOST_ATTEMPTS)
    ids = list(overdue.values_list("interview_id", flat=True)[:100])
    overdue.filter(interview_id__in=ids).update(updated_at=timezone.now())
    for interview_id in ids:
        enqueue(interview_id)
    return len(ids)
