"""Who calls the API with a bearer token, answered in their own language and time zone."""

from typing import Any

from django.utils import timezone, translation
from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication

from accounts.domain import languages
from accounts.domain.time_zones import zone_of


class BearerAuthentication(JWTAuthentication):
    """A token's user is known only here, after `PersonLocale` chose language and zone; it puts back what it found."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is not None:
            _activate(found[0])
        return found


def _activate(user: Any) -> None:
    if language := languages.normalise(getattr(user, "language", "")):
        translation.activate(language)
    zone = zone_of(user)
    timezone.activate(zone) if zone else timezone.deactivate()


class BearerScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]  # registers itself for the API's description
    target_class = "accounts.authentication.BearerAuthentication"
