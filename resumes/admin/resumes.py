"""Resumes for recruiters: to find and to read. Nothing here is edited; a resume belongs to its owner."""

from django.contrib import admin
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.admin import ErasedWithItsOwner, ReadOnly
from resumes.admin import duplicates
from resumes.admin.search import SearchPage
from resumes.domain import reasons
from resumes.domain.original import showing
from resumes.models import Resume, ResumeStatusChange


class History(ReadOnly, admin.TabularInline[ResumeStatusChange, Resume]):
    model = ResumeStatusChange
    fields = ("reason", "at")  # from which status to which is the row's title
    readonly_fields = fields
    extra = 0


@admin.register(Resume)
class ResumeAdmin(SearchPage, ErasedWithItsOwner, ReadOnly, admin.ModelAdmin[Resume]):
    list_display = ("name", "owner", "expected_position", "status", "flagged", "language", "years", "updated_at")
    list_filter = ("status", "flagged", "language", "updated_at")
    list_select_related = ("owner",)
    list_per_page = 50
    search_fields = ("name", "expected_position", "owner__email", "owner__name", "skills__key", "text")
    date_hierarchy = "created_at"
    inlines = (History,)
    change_form_template = "admin/read_only.html"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "owner"),
                    ("expected_position", "language"),
                    ("status", "years"),
                    "why",
                    "alike",
                    "download",
                    "parsed",
                )
            },
        ),
    )
    readonly_fields = ("why", "alike", "download", "parsed")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resume]:
        resumes = super().get_queryset(request)
        lists = request.resolver_match is not None and request.resolver_match.url_name == "resumes_resume_changelist"
        return resumes.defer("text", "profile", "sources", "findings", "warnings") if lists else resumes

    @admin.display(description=_("Reason"))
    def why(self, resume: Resume) -> str:
        return reasons.text(resume.status_reason) or "—"

    @admin.display(description=_("Possible duplicates"))
    def alike(self, resume: Resume) -> str | SafeString:
        return duplicates.of(resume)

    @admin.display(description=_("File"))
    def download(self, resume: Resume) -> SafeString:
        file = format_html('<a href="{}">{}</a>', reverse("resumes:file", args=[resume.pk]), resume.file_name)
        if not resume.is_usable:
            return file
        links = [
            (reverse("api-resume-json", args=[resume.pk]), _("JSON Resume")),
            (reverse("admin:vacancies_vacancy_openings", args=[resume.pk]), _("Vacancies that fit")),
        ]
        if resume.owner_id is None:
            links.append((reverse("resumes:detail", args=[resume.pk]), _("Correct it or hand it over")))
        return format_html("{} · {}", file, format_html_join(" · ", '<a href="{}">{}</a>', links))

    @admin.display(description=_("Parsed"))
    def parsed(self, resume: Resume) -> SafeString:
        """The file beside what was read. Corrections are the owner's, on the resume's own page."""
        return render_to_string("resumes/beside.html", showing.beside(resume, is_recruiter=True, may_edit=False))

    class Media:
        css = {"all": ["resume.css"]}
        js = [Script("beside.js", type="module")]
