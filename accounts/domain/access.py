"""Whose account things a person may see: their own."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import Consent


def consents_of(user: Any) -> QuerySet[Consent]:
    return Consent.objects.filter(user_id=user.pk).order_by("-created_at", "-id")
