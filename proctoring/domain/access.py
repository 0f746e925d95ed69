"""Who may read a timeline: those who review, never the candidate it is about."""

from typing import Any

from django.db.models import QuerySet

from interviews.domain.access import visible_to
from interviews.models import Interview


def reviewed_by(user: Any) -> QuerySet[Interview]:
    """The interviews whose timeline a person may read."""
    return visible_to(user) if user.is_recruiter else Interview.objects.none()
