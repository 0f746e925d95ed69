"""Slow work of accounts."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_expired() -> None:
    """Sessions and refresh tokens that nobody can use any more, revoked ones included."""
    call_command("clearsessions")
    call_command("flushexpiredtokens")
