"""Who fits a vacancy and why; which vacancies fit a resume; inviting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from config.api import key_of, person
from interviews.domain import creation
from resumes.domain.access import visible_to
from resumes.models import Resume
from vacancies.domain import access, ranking, rows
from vacancies.domain import candidates as features
from vacancies.forms import RankingForm
from vacancies.models import Status, Vacancy
from vacancies.views.common import page, readable, writable

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking; POST invites the chosen candidates."""
    if request.method == "POST":
        _invite(request, writable(request, pk))
        return redirect(request.get_full_path())
    vacancy = readable(request, pk)
    ranked = rows.of(ranking.candidates_for(vacancy, person(request)), person(request))
    form = RankingForm(request.GET)
    shown = rows.narrow(ranked, form.cleaned_data, rows.invited(vacancy)) if form.is_valid() else ranked
    found = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    rows.with_interviews(vacancy, list(found.object_list))
    return page(
        request,
        "vacancies/candidates.html",
        original=vacancy,
        title=_("Candidates"),
        form=form,
        found=found,
        of=len(ranked),
        waiting=features.stale().count(),
        query=_query(request),
        **_rights(request, vacancy),
    )


@require_safe
def candidate(request: HttpRequest, pk: int, resume_pk: int) -> HttpResponse:
    """One candidate for one vacancy: each requirement, and the resume's own lines that show it."""
    vacancy = readable(request, pk)
    ranked = rows.of(ranking.candidates_for(vacancy, person(request)), person(request))
    row = next((row for row in ranked if row.resume.pk == resume_pk), None)
    if row is None:
        raise Http404
    rows.with_interviews(vacancy, [row])
    return page(
        request,
        "vacancies/candidate.html",
        original=vacancy,
        title=row.name,
        row=row,
        of=len(ranked),
        passages=rows.passages(row),
        **_rights(request, vacancy),
    )


@require_safe
def openings(request: HttpRequest, resume_pk: int) -> HttpResponse:
    """Open vacancies that fit a resume, the best first; for recruiters."""
    user = person(request)
    if not access.may_write(user):
        raise Http404
    resume = get_object_or_404(visible_to(user).select_related("owner"), pk=resume_pk)
    found = [rows.Fit(one.vacancy, rows.row(0, resume, one.match, user)) for one in ranking.vacancies_for(resume, user)]
    title = _("Vacancies for this resume")
    return page(request, "vacancies/openings.html", resume=resume, found=found[:PAGE_SIZE], of=len(found), title=title)


def _rights(request: HttpRequest, vacancy: Vacancy) -> dict[str, bool]:
    writes = access.may_write(person(request))
    return {"may_write": writes, "may_invite": writes and vacancy.status == Status.OPEN}


def _query(request: HttpRequest) -> str:
    """The filters, for the links between pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _invite(request: HttpRequest, vacancy: Vacancy) -> None:
    keys = map(key_of, request.POST.getlist("resume")[:PAGE_SIZE])
    chosen = [key for key in keys if key is not None]
    resumes = list(visible_to(person(request)).filter(pk__in=chosen).select_related("owner").defer("text"))
    if not resumes:
        messages.warning(request, _("Choose at least one candidate first."))
    invited = sum(_invited(request, vacancy, resume) for resume in resumes)
    if invited:
        text = ngettext("%(count)s candidate was invited.", "%(count)s candidates were invited.", invited)
        messages.success(request, text % {"count": invited})


def _invited(request: HttpRequest, vacancy: Vacancy, resume: Resume) -> bool:
    try:
        _interview, new = creation.invite(vacancy, resume)
    except (creation.VacancyClosed, creation.ResumeNotUsable) as error:
        messages.error(request, f"{resume.name}: {error.text}")
        return False
    except creation.TooManyOpen as error:
        messages.error(request, f"{resume.name}: {error.text_for_recruiter}")
        return False
    if not new:
        messages.warning(request, f"{resume.name}: " + _("An interview for this vacancy is not over yet."))
    return new
