"""The report's page, for the candidate it is about (where shared) and for recruiters."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404
from django.views.generic import DetailView

from config.api import person
from interviews.models import Interview, Status
from reports.domain import access, presentation


class ReportView(LoginRequiredMixin, DetailView[Interview]):
    """While the report is being written the page says so and looks again."""

    template_name = "reports/detail.html"
    context_object_name = "interview"

    def interviews(self) -> QuerySet[Interview]:
        return access.interviews_of(person(self.request))

    def get_object(self, queryset: Any = None) -> Interview:
        interview = self.interviews().select_related("vacancy").filter(pk=self.kwargs["pk"]).first()
        if interview is None or interview.status in (Status.CREATED, Status.ACTIVE):
            raise Http404
        return interview

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = access.visible_to(self.request.user).filter(interview=self.object).first()
        user = person(self.request)
        manages = user.is_hiring_manager  # the transcript's page is not theirs
        judges = user.is_recruiter or manages
        replay = judges and self.object.documents.filter(seq__gt=0).exists()
        return super().get_context_data(**kwargs, **presentation.context(report), manages=manages, replay=replay)
