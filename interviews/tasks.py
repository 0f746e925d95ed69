"""What happens to interviews without anybody asking."""

from celery import shared_task

from interviews.domain import ending, outbox
from interviews.domain.recording import ending as recordings


@shared_task
def sweep_interviews() -> int:
    """Abandon what nobody came back to."""
    return ending.sweep()


@shared_task
def clean_outbox() -> int:
    return outbox.clean_up()


@shared_task
def forget_recordings() -> int:
    """Delete recordings older than RETENTION_DAYS."""
    return recordings.forget_old()
