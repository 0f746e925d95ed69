"""Vacancies for recruiters, who write them, and for hiring managers, who read those that name them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.admin import NOTHING, Unchanged, or_404, own_urls
from config.api import person
from interviews.coding import offering
from vacancies.domain import access
from vacancies.forms import VacancyForm
from vacancies.models import Status, Vacancy, VacancyStatusChange
from vacancies.views import exchange, ranking, writing

ABOUT = (None, {"fields": ("title", "company_name", ("position_type", "language"), "description")})
READ = (
    ABOUT,
    (_("Requirements"), {"fields": ("requirement_list",)}),
    (_("Interviews"), {"fields": ("task_title",)}),
    (_("Details"), {"fields": ("status", "made_by", "created_at", "updated_at")}),
)
WRITTEN = (
    ABOUT,
    (_("Requirements"), {"fields": ("requirements",)}),
    (_("Interviews"), {"fields": ("code_task",)}),
    (_("Who sees it"), {"fields": ("managers",), "description": _("Recruiters see every vacancy.")}),
)
KEPT = (_("Details"), {"fields": ("status", "made_by", "created_at", "updated_at", "seen")})


class History(Unchanged, admin.TabularInline[VacancyStatusChange, Vacancy]):
    """Written by `vacancies.domain.lifecycle` alone."""

    model = VacancyStatusChange
    fields = ("reason", "by", "at")  # from which status to which is the row's title
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return access.may_write(person(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[VacancyStatusChange]:
        return super().get_queryset(request).select_related("by")


@admin.register(Vacancy)
class VacancyAdmin(admin.ModelAdmin[Vacancy]):
    form = VacancyForm
    change_form_template = "vacancies/change_form.html"
    change_list_template = "vacancies/change_list.html"
    delete_confirmation_template = "vacancies/delete.html"
    delete_selected_confirmation_template = "vacancies/delete_selected.html"
    list_display = ("title", "ranking_link", "company_name", "position_type", "status", "language", "updated_at")
    list_filter = (
        "status",
        "position_type",
        "language",
        ("managers", admin.RelatedOnlyFieldListFilter),
        "updated_at",
    )
    list_per_page = 50
    search_fields = ("title", "company_name", "description")
    readonly_fields = ("status", "made_by", "created_at", "updated_at", "requirement_list", "task_title")
    inlines = (History,)

    class Media:
        css = {"all": ("vacancies.css",)}

    def get_urls(self) -> list[URLPattern]:
        """Before Django's own, the last of which takes any path for a key."""
        pages = (
            ("from-file/", writing.from_file, "from_file"),
            ("from-csv/", exchange.from_csv, "from_csv"),
            ("csv/", exchange.to_csv, "csv"),
            ("<int:pk>/candidates.csv", exchange.candidates_csv, "candidates_csv"),
            ("<int:pk>/close/", writing.close, "close"),
            ("<int:pk>/reopen/", writing.reopen, "reopen"),
            ("<int:pk>/candidates/", ranking.candidates, "candidates"),
            ("<int:pk>/candidates/<int:resume_pk>/", ranking.candidate, "candidate"),
            ("for-resume/<int:resume_pk>/", ranking.openings, "openings"),
        )
        return [*own_urls(pages, self), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Vacancy]:
        return access.visible_to(person(request)).select_related("created_by")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Vacancy:
        return or_404(super().get_object(request, object_id, from_field))

    def get_fieldsets(self, request: HttpRequest, obj: Vacancy | None = None) -> Any:
        if not access.may_write(person(request)):
            return READ
        return (*WRITTEN, KEPT) if obj else WRITTEN

    def get_list_filter(self, request: HttpRequest) -> Any:
        """A hiring manager is not shown who else is one."""
        if access.may_write(person(request)):
            return self.list_filter
        return [name for name in self.list_filter if isinstance(name, str)]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What was read out of a file, to be looked through."""
        return writing.parsed(request) if "from_file" in request.GET else {}

    def save_model(self, request: HttpRequest, obj: Vacancy, form: forms.ModelForm[Vacancy], change: bool) -> None:
        if not change:
            obj.created_by = person(request)
            writing.forget_parsed(request)
        super().save_model(request, obj, form, change)
        if doubt := offering.doubt(obj.code_task):
            messages.warning(request, doubt)

    @admin.display(description=_("created by"))
    def made_by(self, vacancy: Vacancy) -> str:
        """No link: accounts are the administrators'."""
        return str(vacancy.created_by or NOTHING)

    @admin.display(description=_("candidates"))
    def ranking_link(self, vacancy: Vacancy) -> SafeString:
        address = reverse("admin:vacancies_vacancy_candidates", args=[vacancy.pk])
        return format_html('<a href="{}">{}</a>', address, _("Ranking"))

    @admin.display(description=_("requirements"))
    def requirement_list(self, vacancy: Vacancy) -> SafeString:
        return render_to_string("vacancies/requirement_list.html", {"vacancy": vacancy})

    @admin.display(description=_("coding task"))
    def task_title(self, vacancy: Vacancy) -> str:
        return (
            offering.title(vacancy.code_task) if vacancy.code_task else str(_("Chosen by position, level and resume"))
        )

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        shown = {"may_write": access.may_write(person(request)), "open": Status.OPEN, "pk": object_id}
        from_file = "from_file" in request.GET and object_id is None
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), **shown, "from_file": from_file}
        )

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        vacancy = self.get_object(request, object_id)
        kept = {"interviews": vacancy.interview_set.count(), "steps": vacancy.history.count()}
        return super().delete_view(request, object_id, {**(extra_context or {}), **kept})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        shown = {"may_write": access.may_write(person(request))}
        return super().changelist_view(request, {**(extra_context or {}), **shown})
