"""Slow work of accounts."""

from celery import shared_task
from django.core.management import call_command

from accounts.domain import files


@shared_task
def forget_expired() -> None:
    """Sessions and refresh tokens that nobody can use any more, revoked ones included."""
    call_command("clearsessions")
    call_command("flushexpiredtokens")


@shared_task
def delete_files() -> int:
    """Files of deleted rows that could not be deleted at once, and files that never got their row."""
    return files.sweep()
