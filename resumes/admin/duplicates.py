"""Resumes that seem to be of one person: to look at beside each other, and to decide."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from config.admin import ReadOnly, row_or_404
from config.api import person
from resumes.domain import duplicates
from resumes.models import Duplicate, Resume


@admin.register(Duplicate)
class DuplicateAdmin(ReadOnly, admin.ModelAdmin[Duplicate]):
    list_display = ("pair", "why", "verdict_text", "found_at")
    list_filter = ("verdict", "same_email", "same_phone", "found_at")
    list_select_related = ("first__owner", "second__owner", "decided_by")
    list_per_page = 50
    search_fields = ("first__name", "second__name")
    actions = ("same", "different")
    change_form_template = "admin/resumes/duplicate/pair.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duplicate]:
        heavy = ("text", "profile", "sources", "findings", "warnings")
        return (
            super().get_queryset(request).defer(*(f"{side}__{name}" for side in ("first", "second") for name in heavy))
        )

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(require_POST(self.decide))
        return [path("<int:pk>/decide/", decide, name="resumes_duplicate_decide"), *super().get_urls()]

    @admin.display(description=gettext_lazy("Resumes"), ordering="first__name")
    def pair(self, pair: Duplicate) -> str:
        return str(pair)

    @admin.display(description=gettext_lazy("What they have in common"), ordering="likeness")
    def why(self, pair: Duplicate) -> str:
        return why(pair)

    @admin.display(description=gettext_lazy("Decision"), ordering="verdict")
    def verdict_text(self, pair: Duplicate) -> str:
        return pair.get_verdict_display()

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if not self.has_view_permission(request):
            raise Http404
        pairs = Duplicate.objects.select_related("first__owner", "second__owner", "decided_by")
        pair = row_or_404(pairs, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Is this one person?"),
            "pair": pair,
            "why": why(pair),
            "sides": [pair.first, pair.second],
        }
        return TemplateResponse(request, self.change_form_template or "", context)

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a recruiter says of a pair; back to where they said it."""
        verdict = request.POST.get("verdict", "")
        if not self.has_view_permission(request) or verdict not in Duplicate.Verdict.values:
            raise Http404
        duplicates.decide(get_object_or_404(Duplicate, pk=pk), verdict, person(request))
        messages.success(request, _("Your decision is kept."))
        back = request.POST.get("back", "")
        here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if here else reverse("admin:resumes_duplicate_changelist"))

    @admin.action(description=gettext_lazy("The selected pairs are the same person"), permissions=["view"])
    def same(self, request: HttpRequest, queryset: QuerySet[Duplicate]) -> None:
        self._decide_all(request, queryset, Duplicate.Verdict.SAME)

    @admin.action(description=gettext_lazy("The selected pairs are different people"), permissions=["view"])
    def different(self, request: HttpRequest, queryset: QuerySet[Duplicate]) -> None:
        self._decide_all(request, queryset, Duplicate.Verdict.DIFFERENT)

    def _decide_all(self, request: HttpRequest, pairs: QuerySet[Duplicate], verdict: str) -> None:
        for pair in pairs:
            duplicates.decide(pair, verdict, person(request))
        self.message_user(request, _("Your decision is kept."), messages.SUCCESS)


def why(pair: Duplicate) -> str:
    """What two resumes have in common, in words."""
    told = [
        _("same e-mail") if pair.same_email else "",
        _("same telephone") if pair.same_phone else "",
        _("texts %(percent)d%% alike") % {"percent": round(pair.likeness * 100)}
        if pair.likeness >= duplicates.ALIKE
        else "",
    ]
    return ", ".join(filter(None, told))


def of(resume: Resume) -> str | SafeString:
    """The list of a resume's pairs, with buttons, for its own page."""
    pairs = duplicates.pairs_of(resume.pk).select_related("first__owner", "second__owner")
    heavy = [f"{side}__{name}" for side in ("first", "second") for name in ("text", "profile", "sources")]
    rows = [
        {"pair": pair, "other": pair.second if pair.first_id == resume.pk else pair.first, "why": why(pair)}
        for pair in pairs.defer(*heavy)[:20]
    ]
    if not rows:
        return "—"
    back = reverse("admin:resumes_resume_change", args=[resume.pk])
    return render_to_string("admin/resumes/duplicate/list.html", {"rows": rows, "back": back})
