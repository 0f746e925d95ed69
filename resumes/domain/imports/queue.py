"""Asks for an import's next turn once its row is committed."""

import logging
from datetime import datetime

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
TASK = "resumes.tasks.run_import"


def enqueue(batch_id: int, turn: datetime, delay: float = 0.0) -> None:
    """`turn` is the import's `moved_at`: what was asked with an earlier one is void. `delay` in seconds."""
    transaction.on_commit(lambda: _send(batch_id, turn, delay))


def _send(batch_id: int, turn: datetime, delay: float) -> None:
    try:
        current_app.send_task(TASK, [batch_id, turn.isoformat()], countdown=delay or None)
    except OperationalError:  # the queue is down; the sweeper will ask again
        logger.warning("import %d waits: the queue does not answer", batch_id)
