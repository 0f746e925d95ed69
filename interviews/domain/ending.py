"""Interviews that are ended from outside their live session, and those that nobody came back to."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from interviews.domain import lifecycle, outbox
from interviews.models import Interview, Status

log = logging.getLogger(__name__)
UNOPENED_DAYS = 30  # an interview that was made and never entered, counted from when it was planned for
BATCH = 200


def end(interview: Interview, to: str, reason: str) -> None:
    """End the interview now and tell its live session, if there is one. Raises `lifecycle.IllegalTransition`."""
    with transaction.atomic():
        if lifecycle.move(interview, to, reason):
            outbox.send(interview.pk, "stop", {"status": to})


def sweep() -> int:
    """Abandon what nobody came back to within RESUME_WINDOW_HOURS; how many."""
    now = timezone.now()
    left = Q(status=Status.ACTIVE, last_seen_at__lt=now - timedelta(hours=settings.RESUME_WINDOW_HOURS))
    planned_before = now - timedelta(days=UNOPENED_DAYS)
    unopened = Q(status=Status.CREATED, created_at__lt=planned_before, interview_time__lt=planned_before)
    return sum(_abandon(interview) for interview in Interview.objects.filter(left | unopened)[:BATCH])


def _abandon(interview: Interview) -> bool:
    try:
        return lifecycle.move(interview, Status.ABANDONED, "nobody came back")
    except lifecycle.IllegalTransition:
        log.info("interview %s ended while it was being swept", interview.pk)
        return False
