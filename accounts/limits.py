"""How often an address may try the account pages. The API's calls of the same scope share the count."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from config.failures import answer

View = Callable[..., HttpResponseBase]


class AddressRate(SimpleRateThrottle):
    """By address, signed in or not: an account of one's own must not open the way to guess another's password."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def get_cache_key(self, request: HttpRequest, view: APIView) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}  # type: ignore[arg-type]


def limited(scope: str) -> Callable[[View], View]:
    """Decorates a page: its POSTs are answered 429 above the rate of `scope` in DEFAULT_THROTTLE_RATES."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            rate = AddressRate(scope)
            if request.method != "POST" or rate.allow_request(request, APIView()):  # type: ignore[arg-type]
                return view(request, *args, **kwargs)
            text = _("These were too many attempts in a short time. Wait a minute and try again.")
            response = answer(request, HTTPStatus.TOO_MANY_REQUESTS, "throttled", text)
            response.headers["Retry-After"] = str(round(rate.wait() or 1))
            return response

        return guarded

    return decorate
