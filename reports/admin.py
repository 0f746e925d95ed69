"""Reports in the admin: read only, with scores, evidence and transcript on one page."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.admin import NOTHING, ErasedWithItsOwner, Unchanged
from interviews.domain import written
from interviews.domain.transcript import turns
from proctoring.domain import findings
from reports.domain import presentation, start
from reports.models import Report


@admin.register(Report)
class ReportAdmin(ErasedWithItsOwner, Unchanged, admin.ModelAdmin[Report]):
    change_form_template = "admin/read_only.html"
    list_display = ("interview", "candidate", "status", "overall", "recommendation", "confidence", "created_at")
    list_filter = ("status", "recommendation", "confidence")
    search_fields = ("interview__position_name", "interview__owner__email", "interview__owner__name")
    list_select_related = ("interview__owner",)
    fields = (
        "interview",
        "vacancy",
        "status",
        "overall",
        "recommendation",
        "confidence",
        "findings",
        "transcript",
        "code",
        "noticed",
        "evaluated_by",
    )
    readonly_fields = fields
    actions = ("evaluate_again",)

    @admin.display(description=_("candidate"))
    def candidate(self, report: Report) -> str:
        return str(report.interview.owner)

    @admin.display(description=_("vacancy"))
    def vacancy(self, report: Report) -> str | SafeString:
        vacancy = report.interview.vacancy
        if vacancy is None:
            return NOTHING
        return format_html('<a href="{}">{}</a>', reverse("admin:vacancies_vacancy_change", args=[vacancy.pk]), vacancy)

    @admin.display(description=_("findings"))
    def findings(self, report: Report) -> SafeString:
        return render_to_string("reports/findings.html", presentation.context(report))

    @admin.display(description=_("transcript"))
    def transcript(self, report: Report) -> SafeString:
        said = {"interview": report.interview, "transcript": turns(report.interview)}
        return render_to_string("interviews/transcript.html", said)

    @admin.display(description=_("Code"))
    def code(self, report: Report) -> str | SafeString:
        code = written.code(report.interview, tests=True)
        address = reverse("admin:interviews_interview_replay", args=[report.interview_id])
        shown = {"interview": report.interview, "code": code, "replay": address}
        return render_to_string("interviews/code.html", shown) if code else NOTHING

    @admin.display(description=_("noticed in the writing of the code"))
    def noticed(self, report: Report) -> str | SafeString:
        """Signals for a person to look at. They take no part in the scores above."""
        found = findings.of_code(report.interview)
        return render_to_string("reports/noticed.html", {"findings": found}) if found else NOTHING

    @admin.display(description=_("evaluator"))
    def evaluated_by(self, report: Report) -> str:
        return " · ".join(filter(None, report.evaluator.values())) or NOTHING

    @admin.action(description=_("Evaluate again"), permissions=["view"])
    def evaluate_again(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        for report in queryset.select_related("interview"):
            start.request_report(report.interview, again=True)
