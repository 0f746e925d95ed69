"""Slow work of resumes."""

from celery import shared_task

from resumes.domain import reading, sweeping, uploads


@shared_task(name=uploads.TASK, time_limit=300)
def read_resume(resume_id: int) -> None:
    reading.read(resume_id)


@shared_task
def sweep_resumes() -> int:
    return sweeping.sweep()
