"""The report's page, for the candidate it is about (where shared) and for recruiters."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.views.generic import DetailView

from config.api import person
from interviews.domain import access as interviews
from interviews.models import Interview, Status
from reports.domain import access, presentation


class ReportView(LoginRequiredMixin, DetailView[Interview]):
    """While the report is being written the page says so and looks again."""

    template_name = "reports/detail.html"
    context_object_name = "interview"

    def get_object(self, queryset: Any = None) -> Interview:
        interview = interviews.visible_to(person(self.request)).filter(pk=self.kwargs["pk"]).first()
        if interview is None or interview.status in (Status.CREATED, Status.ACTIVE):
            raise Http404
        return interview

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = access.visible_to(self.request.user).filter(interview=self.object).first()
        return super().get_context_data(**kwargs, **presentation.context(report))
