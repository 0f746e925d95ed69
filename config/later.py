"""Asks Celery for a task by its name: rules know no task.

Who asks keeps a row first, and a sweeper finds what a dead queue never heard of: a request is never refused for it.
"""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ask(task: str, *args: int | str, countdown: float | None = None) -> bool:
    """Whether the queue took it. `countdown` in seconds; `args` are ids and times, for they are logged."""
    try:
        current_app.send_task(task, list(args), countdown=countdown)
    except OperationalError:
        logger.warning("%s %s waits: the queue does not answer", task, " ".join(map(str, args)))
        return False
    return True


def ask_after_commit(task: str, *args: int | str, countdown: float | None = None) -> None:
    """As `ask`, once what the task will look for is committed."""
    transaction.on_commit(lambda: ask(task, *args, countdown=countdown))
