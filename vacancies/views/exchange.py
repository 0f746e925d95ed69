"""Vacancies from and to CSV, a vacancy's candidates to CSV."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from config.api import person
from vacancies.domain import candidate_table, exchange
from vacancies.forms import CsvForm
from vacancies.models import Vacancy
from vacancies.views.common import page, readable, writer

ROWS = "imported_vacancies"  # in the session: what a file holds and is not stored


@require_http_methods(["GET", "HEAD", "POST"])
def from_csv(request: HttpRequest) -> HttpResponse:
    """A file, its preview, then all of it or nothing."""
    writer(request)
    if request.method == "POST" and "confirm" in request.POST:
        return _store(request)
    form = CsvForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "title": _("Vacancies from CSV"), "columns": exchange.COLUMNS}
    if request.method == "POST" and form.is_valid():
        context |= _previewed(request, form)
    refused = bool(form.errors or context.get("faults"))
    return page(request, "vacancies/from_csv.html", 400 if refused else 200, **context)


def _previewed(request: HttpRequest, form: CsvForm) -> dict[str, Any]:
    try:
        rows = exchange.read(form.cleaned_data["file"].read(exchange.MOST_BYTES + 1))
    except exchange.FileFaulty as error:
        request.session.pop(ROWS, None)
        return {"faults": error.faults, "most": exchange.MOST_ERRORS}
    request.session[ROWS] = rows
    return {"rows": rows}


def _store(request: HttpRequest) -> HttpResponse:
    rows = request.session.pop(ROWS, [])
    if not rows:
        messages.warning(request, _("There is nothing to store: choose the file again."))
        return redirect("admin:vacancies_vacancy_from_csv")
    count = len(exchange.create(rows, person(request)))
    text = ngettext("%(count)s vacancy was stored.", "%(count)s vacancies were stored.", count)
    messages.success(request, text % {"count": count})
    return redirect("admin:vacancies_vacancy_changelist")


@require_safe
def to_csv(request: HttpRequest) -> HttpResponse:
    writer(request)
    return csv_file(exchange.written(Vacancy.objects.order_by("pk")), f"vacancies-{timezone.localdate()}.csv")


@require_safe
def candidates_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Names, totals and verdicts; no contacts, whoever asks."""
    vacancy = readable(request, pk)
    text = exchange.table(candidate_table.of(vacancy, person(request)))
    return csv_file(text, f"candidates-{vacancy.pk}-{timezone.localdate()}.csv")


def csv_file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
