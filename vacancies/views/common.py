"""What the pages share: their frame, and who may open them."""

from functools import partial

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from config import admin
from config.api import person
from vacancies.domain import access
from vacancies.models import Vacancy

page = partial(admin.page, Vacancy)


def readable(request: HttpRequest, pk: int) -> Vacancy:
    return get_object_or_404(access.visible_to(person(request)), pk=pk)


def writable(request: HttpRequest, pk: int) -> Vacancy:
    """404 for whoever does not write vacancies, too: these pages are not theirs to know."""
    writer(request)
    return get_object_or_404(Vacancy, pk=pk)


def writer(request: HttpRequest) -> None:
    if not access.may_write(person(request)):
        raise Http404
