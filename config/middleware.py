"""Paths with and without their last slash, what caches may keep, and the language a person reads."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts.domain.languages import language_of_request
from accounts.domain.time_zones import zone_of
from config.failures import is_api

Respond = Callable[[HttpRequest], HttpResponse]


class OptionalTrailingSlash:
    """Serves `/path` as `/path/` (and the other way) without a redirect, which would lose a POST's body."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not is_valid_path(path):
            other = path[:-1] if path.endswith("/") else path + "/"
            if is_valid_path(other):
                request.path_info = other
                request.path = request.path.removesuffix(path) + other
        return self.get_response(request)


class PrivateByDefault:
    """Answers to somebody known, and the API's, stay out of every cache unless their view says otherwise.

    A page is told in the reader's language, so that a cache between must not give one reader's to another.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if is_api(request) or request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class PersonLocale:
    """Activates the user's language, else the browser's, else the default; and the user's time zone."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of_request(request)
        with translation.override(language), timezone.override(zone_of(getattr(request, "user", None))):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
            return response
