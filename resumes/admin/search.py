"""The recruiters' search over resumes, and how far the index behind it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from accounts.models import User
from config.admin import ReadOnly
from config.api import person
from providers.base import ProviderError
from resumes.domain import access, filters
from resumes.domain.search import excerpts, indexes, meaning
from resumes.models import Resume, VectorIndex
from resumes.search_forms import SearchForm

PAGE_SIZE = 20
MOST_SKILLS = 10
State = VectorIndex.State


@dataclass(frozen=True)
class Row:
    """`line` is cut where it matches, as `excerpts.marked` gives it; `skills` come with whether they were asked for."""

    resume: Resume
    line: list[tuple[str, bool]]
    skills: list[tuple[str, bool]]
    more_skills: int


@dataclass(frozen=True)
class Outcome:
    """What a search came to: `problem` in words, or a page of `rows`; neither where nothing was asked."""

    status: int = 200
    problem: str = ""
    page: Page[Any] | None = None
    rows: Sequence[Row] = ()


class SearchRate(UserRateThrottle):
    scope = "search"


class SearchPage:
    """Gives an admin the page of the search: `admin:resumes_search`."""

    admin_site: admin.AdminSite
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        search = self.admin_site.admin_view(require_safe(self.search))
        return [path("search/", search, name="resumes_search"), *super().get_urls()]  # type: ignore[misc]

    def search(self, request: HttpRequest) -> HttpResponse:
        if not person(request).is_recruiter:
            raise Http404
        form = SearchForm(request.GET or None, initial={"by": "meaning"}, label_suffix="")
        valid = form.is_bound and form.is_valid()
        outcome = _outcome(request, form) if valid else Outcome(400 if form.errors else 200)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Search resumes"),
            "form": form,
            "filtered": len(form.filters()) if valid else 0,
            "outcome": outcome,
            "building": _building(),
        }
        return TemplateResponse(request, "admin/resumes/resume/search.html", context, status=outcome.status)


def _outcome(request: HttpRequest, form: SearchForm) -> Outcome:
    if not (form.cleaned_data["q"] or form.filters()):
        return Outcome()
    if not SearchRate().allow_request(request, APIView()):  # type: ignore[arg-type]  # it asks for `user` alone
        return Outcome(429, _("That were many searches in a short time. Wait a minute and try again."))
    try:
        page, rows = _found(person(request), form, request.GET.get("p"))
    except ProviderError:
        problem = _("The search by meaning does not answer. Try again in a minute, or search by words.")
        return Outcome(503, problem)
    return Outcome(page=page, rows=rows)


def _found(user: User, form: SearchForm, number: str | None) -> tuple[Page[Any], list[Row]]:
    """Raises ProviderError."""
    text, wanted = form.cleaned_data["q"], form.filters()
    if form.by_words():
        narrowed = filters.narrow(access.visible_to(user), {**wanted, "search": text})
        page: Page[Any] = Paginator(narrowed, PAGE_SIZE).get_page(number)
        resumes = list(page.object_list)
    else:
        page = Paginator(meaning.scored(user, text, wanted), PAGE_SIZE).get_page(number)
        resumes = [found.resume for found in meaning.shown(user, text, wanted, list(page.object_list))]
    sought = excerpts.needles(text, meaning.skills_of(" , ".join([text, *wanted.get("skill", [])])))
    return page, [_row(resume, sought) for resume in resumes]


def _row(resume: Resume, sought: list[list[str]]) -> Row:
    names = [row["name"] for row in resume.profile.get("skills", []) if row.get("name")]
    skills = [(name, excerpts.mentions_any(name, sought)) for name in dict.fromkeys(names)]
    skills.sort(key=lambda skill: not skill[1])
    line = excerpts.marked(excerpts.excerpt(resume, sought), sought)
    return Row(resume, line, skills[:MOST_SKILLS], max(len(skills) - MOST_SKILLS, 0))


def _building() -> VectorIndex | None:
    """The index in use, as long as it is not whole: some resumes cannot be found yet."""
    index = indexes.searched()
    return index if index is not None and index.state == State.BUILDING and index.total else None


@admin.register(VectorIndex)
class VectorIndexAdmin(ReadOnly, admin.ModelAdmin[VectorIndex]):
    """How far the indexes are; the list loads itself again while one is being built."""

    list_display = ("model", "state", "progress", "done", "total", "failed", "created_at", "finished_at")
    list_display_links = None
    change_list_template = "admin/resumes/vectorindex/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        building = VectorIndex.objects.filter(state=State.BUILDING).exists()
        return super().changelist_view(request, {"building": building, "title": _("Search indexes")})

    @admin.display(description=gettext_lazy("Progress"))
    def progress(self, index: VectorIndex) -> SafeString:
        percent = indexes.percent(index)
        return format_html(
            '<progress max="100" value="{}" aria-label="{}"></progress> {}%', percent, index.model, percent
        )
