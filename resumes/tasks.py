"""Slow work of resumes."""

from datetime import datetime

from celery import shared_task

from resumes.domain import duplicates, reading, sweeping, uploads
from resumes.domain.imports import leases, running


@shared_task(name=uploads.TASK, time_limit=300)
def read_resume(resume_id: int) -> None:
    reading.read(resume_id)


@shared_task
def sweep_resumes() -> int:
    return sweeping.sweep()


@shared_task(name=leases.TASK, time_limit=300)
def run_import(batch_id: int, turn: str) -> None:
    """Asked twice it works once: a turn is void as soon as somebody has taken it."""
    running.work(batch_id, datetime.fromisoformat(turn))


@shared_task
def sweep_imports() -> int:
    return running.sweep()


@shared_task(name=duplicates.TASK)
def find_duplicates(resume_id: int) -> None:
    duplicates.find(resume_id)


@shared_task
def sweep_duplicates() -> int:
    return duplicates.sweep()
