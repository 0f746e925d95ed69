"""Who calls the API with a bearer token, answered in their own language."""

from typing import Any

from django.utils import translation
from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication

from accounts.domain import languages


class BearerAuthentication(JWTAuthentication):
    """A token's user is known only here, after `PersonLocale` chose a language; it puts back what it found."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is not None and (language := languages.normalise(getattr(found[0], "language", ""))):
            translation.activate(language)
        return found


class BearerScheme(SimpleJWTScheme):  # type: ignore[no-untyped-call]  # registers itself for the API's description
    target_class = "accounts.authentication.BearerAuthentication"
