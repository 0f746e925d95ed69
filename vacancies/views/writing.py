"""A vacancy from a file, its closing and reopening."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.api import person
from interviews.domain.access import OPEN
from vacancies.domain import files, lifecycle
from vacancies.forms import FileForm, ReasonForm
from vacancies.models import Status, Vacancy
from vacancies.views.common import page, writable, writer

PARSED = "parsed_vacancy"  # in the session: what was read out of a file and is not saved


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """Reads a file into the form of a new vacancy."""
    writer(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _read(request, form):
        return redirect(reverse("admin:vacancies_vacancy_add") + "?from_file=1")
    title = _("A vacancy from a file")
    return page(request, "vacancies/from_file.html", 400 if form.errors else 200, form=form, title=title)


def _read(request: HttpRequest, form: FileForm) -> bool:
    try:
        request.session[PARSED] = files.read(form.cleaned_data["file"]).to_json()
    except files.FileRefused as error:
        form.add_error("file", str(error))
        return False
    return True


def parsed(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.session.get(PARSED, {})
    return found


def forget_parsed(request: HttpRequest) -> None:
    request.session.pop(PARSED, None)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, writable(request, pk), Status.CLOSED)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(request, writable(request, pk), Status.OPEN)


def _move(request: HttpRequest, vacancy: Vacancy, to: Status) -> HttpResponse:
    """Asks for the reason, then changes the status."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _moved(request, vacancy, to, form.cleaned_data["reason"])
        return redirect("admin:vacancies_vacancy_change", vacancy.pk)
    closing = to == Status.CLOSED
    context = {
        "form": form,
        "original": vacancy,
        "closing": closing,
        "running": vacancy.interview_set.filter(status__in=OPEN).count(),
        "title": _("Close the vacancy") if closing else _("Reopen the vacancy"),
    }
    return page(request, "vacancies/status.html", 400 if form.errors else 200, **context)


def _moved(request: HttpRequest, vacancy: Vacancy, to: Status, reason: str) -> None:
    try:
        lifecycle.move(vacancy, to, person(request), reason)
    except (lifecycle.IllegalTransition, lifecycle.Superseded):
        messages.warning(request, _("Somebody else was faster: nothing was left to change."))
        return
    done = _("The vacancy is closed.") if to == Status.CLOSED else _("The vacancy is open again.")
    messages.success(request, done)
