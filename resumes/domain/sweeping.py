"""Asks again for readings that a crash, a kill or a lost queue left behind."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from resumes.domain import lifecycle, reading, reasons
from resumes.domain.uploads import enqueue
from resumes.models import Resume, Status

logger = logging.getLogger(__name__)
PENDING_AFTER = timedelta(minutes=1)
PARSING_AFTER = timedelta(minutes=6)  # the reader's own limits are 15 s, and 240 s for pictures of text
MOST_AT_ONCE = 500


def sweep(now: datetime | None = None) -> int:
    """Enqueue what waits or hangs too long; give a resume up after three readings. Returns how many were enqueued."""
    now = now or timezone.now()
    hanging = Resume.objects.filter(status=Status.PARSING, status_changed_at__lt=now - PARSING_AFTER)
    waiting = Resume.objects.filter(status=Status.PENDING, status_changed_at__lt=now - PENDING_AFTER)
    late = list(waiting.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(map(_release, hanging[:MOST_AT_ONCE])) + sum(map(_ask_again, late))


def _release(resume: Resume) -> int:
    """Take a resume away from a reader that is gone: for another try, or for good."""
    again = not reading.is_hopeless(resume)
    try:
        if again:
            lifecycle.move(resume, Status.PENDING)
        else:
            lifecycle.move(resume, Status.FAILED, reason=reasons.GAVE_UP)
    except lifecycle.Superseded:
        return 0
    logger.warning("reading %d of resume %d was broken off", resume.attempts, resume.pk)
    if again:
        enqueue(resume.pk)
    return int(again)


def _ask_again(resume_id: int) -> int:
    """The clock starts anew, so that a long queue is not filled with copies."""
    changed = Resume.objects.filter(pk=resume_id, status=Status.PENDING).update(status_changed_at=timezone.now())
    if changed:
        enqueue(resume_id)
    return changed
