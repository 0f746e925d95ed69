"""What the pages share: their frame, and who may open them."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from config.api import person
from vacancies.domain import access
from vacancies.models import Vacancy


def page(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    shown = {**admin.site.each_context(request), "opts": Vacancy._meta, **context}
    return render(request, template, shown, status=status)


def readable(request: HttpRequest, pk: int) -> Vacancy:
    return get_object_or_404(access.visible_to(person(request)), pk=pk)


def writable(request: HttpRequest, pk: int) -> Vacancy:
    """404 for whoever does not write vacancies, too: these pages are not theirs to know."""
    writer(request)
    return get_object_or_404(Vacancy, pk=pk)


def writer(request: HttpRequest) -> None:
    if not access.may_write(person(request)):
        raise Http404
