"""Who may read a timeline: those who review, never the candidate it is about."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from interviews.domain.access import visible_to
from proctoring.models import ProctoringEvent


def timeline_of(user: Any, interview_id: int) -> QuerySet[ProctoringEvent]:
    """The events of an interview, oldest first. Raises `Http404` for who may not read them; one query."""
    if not user.is_recruiter or not visible_to(user).filter(pk=interview_id).exists():
        raise Http404
    return ProctoringEvent.objects.filter(interview_id=interview_id).order_by("at_ms", "id")
