"""What the calls and pages of several apps share: who asks, what a caller names, and pages of a list."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from accounts.domain import languages
from accounts.models import User


def person(request: HttpRequest | Request) -> User:
    """Who is signed in, for views that let nobody else in."""
    assert isinstance(request.user, User)  # noqa: S101  # by the permission class, or login_required
    return request.user


def key_of(text: str) -> int | None:
    """A row's key out of what a client sent; None for what can be none, which no database is to be asked for."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


class Pages(PageNumberPagination):
    """`?page=&page_size=`; `{count, next, previous, results}`."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class LanguageField(serializers.CharField):
    """Any spelling of the four languages (`zh-CN`, `ru-RU`), given back as Viva spells them; empty for none."""

    default_error_messages = {"unknown": _("Choose one of: en, zh-hans, ru, ko.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 35, "allow_blank": True, **options})

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        code = languages.normalise(text)
        if text and not code:
            self.fail("unknown")
        return code
