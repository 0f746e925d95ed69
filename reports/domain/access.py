"""Whose report a person may read."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from reports.models import Report


def visible_to(user: Any) -> QuerySet[Report]:
    """Recruiters all; a candidate their own, where the company shares it."""
    reports = Report.objects.select_related("interview")
    if user.is_recruiter:
        return reports
    return reports.filter(interview__owner=user) if settings.SHARE_REPORT_WITH_CANDIDATE else reports.none()
