"""Interviews for recruiters: to find, to read and to stop. Nothing that was said or written is edited."""

from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.admin import NOTHING, Unchanged
from interviews.admin import replay, waits
from interviews.admin.exchanges import ModelExchangeInline
from interviews.coding import offering
from interviews.domain import ending, lifecycle, written
from interviews.domain.recording import playing
from interviews.domain.transcript import turns
from interviews.models import Interview, Status, StatusChange
from proctoring.admin import ProctoringEventInline


class History(Unchanged, admin.TabularInline[StatusChange, Interview]):
    model = StatusChange
    fields = ("reason", "at")  # from which status to which is the row's title
    readonly_fields = fields
    extra = 0
    can_delete = False


@admin.register(Interview)
class InterviewAdmin(Unchanged, admin.ModelAdmin[Interview]):
    change_form_template = "admin/read_only.html"
    list_display = (
        "position_name",
        "owner",
        "status",
        "phase",
        "report_link",
        "created_at",
        "position_type",
        "language",
    )
    list_filter = ("status", "position_type", "language", "created_at", ("vacancy", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("owner", "report")
    list_per_page = 50
    search_fields = ("position_name", "company_name", "owner__email", "owner__name", "external_user")
    date_hierarchy = "created_at"
    inlines = (ProctoringEventInline, ModelExchangeInline, History)
    actions = ("stop",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("owner", "resume"),
                    ("position_name", "position_type"),
                    "vacancy",
                    ("status", "phase"),
                    "report_link",
                )
            },
        ),
        (gettext_lazy("Transcript"), {"fields": ("transcript",)}),
        (gettext_lazy("Code"), {"fields": ("task_title", "code")}),
        (
            gettext_lazy("Details"),
            {
                "classes": ("collapse",),
                "fields": (
                    "company_name",
                    "position_description",
                    "position_requirements",
                    ("language", "external_user"),
                    ("interview_time", "created_at"),
                    ("started_at", "completed_at"),
                    ("last_seen_at", "seconds_left"),
                    ("speech_engine", "voice_engine"),
                ),
            },
        ),
    )
    readonly_fields = ("transcript", "code", "report_link", "task_title")

    class Media:
        css: ClassVar = {"all": ("waits.css", "recording.css")}
        js = ("recording.js",)

    def get_urls(self) -> list[URLPattern]:
        return [*replay.urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Interview]:
        """The list needs neither plans nor states, which are long."""
        rows = super().get_queryset(request)
        match = request.resolver_match
        lists = match is not None and match.url_name == "interviews_interview_changelist"
        return rows.defer("plan", "engine_state", "code_task_document") if lists else rows

    @admin.display(description=gettext_lazy("Report"))
    def report_link(self, interview: Interview) -> str | SafeString:
        report = getattr(interview, "report", None)
        if report is None:
            return NOTHING
        address = reverse("admin:reports_report_change", args=[report.pk])
        return format_html('<a href="{}">{}</a>', address, report.get_status_display())

    @admin.display(description=gettext_lazy("What was said"))
    def transcript(self, interview: Interview) -> SafeString:
        rows = playing.beside(turns(interview), playing.pieces_of(interview))
        said = {"interview": interview, "transcript": waits.beside(rows, interview)}
        return render_to_string("interviews/transcript.html", said)

    @admin.display(description=gettext_lazy("Coding task"))
    def task_title(self, interview: Interview) -> str | SafeString:
        """With the way to another one, as long as the interview has not begun."""
        title = offering.title(interview.code_task) if interview.code_task else NOTHING
        if interview.status != Status.CREATED:
            return title
        address = reverse("admin:interviews_codingtask_pin", args=[interview.pk])
        return format_html('{} <a href="{}">{}</a>', title, address, _("Choose"))

    @admin.display(description=gettext_lazy("What was written"))
    def code(self, interview: Interview) -> str | SafeString:
        code = written.code(interview, tests=True)
        shown = {"interview": interview, "code": code, "replay": replay.address(interview)}
        return render_to_string("interviews/code.html", shown) if code else NOTHING

    @admin.action(description=gettext_lazy("Stop the selected interviews"), permissions=["view"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Interview]) -> None:
        stopped = sum(self._stopped(interview, f"stopped by user {request.user.pk}") for interview in queryset)
        passed_over = len(queryset) - stopped
        if stopped:
            text = ngettext("%(count)s interview was stopped.", "%(count)s interviews were stopped.", stopped)
            self.message_user(request, text % {"count": stopped}, messages.SUCCESS)
        if passed_over:
            self.message_user(request, _("Interviews that are over stay as they are."), messages.WARNING)

    @staticmethod
    def _stopped(interview: Interview, reason: str) -> bool:
        try:
            ending.end(interview, Status.STOPPED, reason)
        except lifecycle.IllegalTransition:
            return False
        return True
