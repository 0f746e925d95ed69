"""Asks for a resume's vector once its change is committed: nothing slow runs in the request."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)
TASK = "resumes.search_tasks.index_resume"


def enqueue(resume_id: int) -> None:
    transaction.on_commit(lambda: _send(resume_id))


def _send(resume_id: int) -> None:
    try:
        current_app.send_task(TASK, [resume_id])
    except OperationalError:  # the queue is down; the sweeper will find what is missing
        logger.warning("resume %d waits for its vector: the queue does not answer", resume_id)
