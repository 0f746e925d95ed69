"""Whose report a person may read."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from interviews.domain import access as interviews
from interviews.models import Interview
from reports.models import Report


def visible_to(user: Any) -> QuerySet[Report]:
    """Recruiters all; a hiring manager their vacancies'; a candidate their own, where the company shares it."""
    reports = Report.objects.select_related("interview")
    if user.is_recruiter:
        return reports
    if user.is_hiring_manager:
        return reports.filter(interview__vacancy__managers=user)
    return reports.filter(interview__owner=user) if settings.SHARE_REPORT_WITH_CANDIDATE else reports.none()


def interviews_of(user: Any) -> QuerySet[Interview]:
    """The interviews whose report a person may open or ask for, written or not."""
    if user.is_hiring_manager:
        return interviews.reviewed_by(user)
    return interviews.visible_to(user)
