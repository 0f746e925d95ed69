"""Pages of the interviews."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


index = create = home


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("")


room = detail
