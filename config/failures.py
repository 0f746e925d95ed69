"""What a person or a program reads when a request fails outside the API's own handler: unknown paths, crashes, CSRF."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from rest_framework.views import APIView

from config.errors import body

API_PATHS = ("/api/", "/users/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.BAD_REQUEST, "bad_request", _("The request could not be understood."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.FORBIDDEN, "permission_denied", _("You may not see or do this."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, HTTPStatus.NOT_FOUND, "not_found", _("There is nothing at this address."))


def server_error(request: HttpRequest) -> HttpResponse:
    text = _("Something went wrong on our side. Try again in a moment; if it fails again, tell the company.")
    return answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "error", text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("The page was open for too long, or cookies are blocked. Go back, load the page again and send it anew.")
    return answer(request, HTTPStatus.FORBIDDEN, "csrf_failed", text)


def answer(request: HttpRequest, status: HTTPStatus, code: str, message: str) -> HttpResponse:
    """JSON in the API's shape where a program asked, else a page."""
    if is_api(request):
        return JsonResponse(body(code, message), status=status)
    # Without the request: a page about a broken database must not ask it who is signed in.
    return HttpResponse(render_to_string("error.html", {"status": int(status), "message": message}), status=status)


def is_api(request: HttpRequest) -> bool:
    view: Any = getattr(request.resolver_match, "func", None)
    return f"{request.path_info}/".startswith(API_PATHS) or issubclass(getattr(view, "cls", object), APIView)
