"""What happens to interviews without anybody asking."""

from celery import shared_task

from interviews.domain import ending, outbox


@shared_task
def sweep_interviews() -> int:
    """Abandon what nobody came back to."""
    return ending.sweep()


@shared_task
def clean_outbox() -> int:
    return outbox.clean_up()
