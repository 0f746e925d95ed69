"""Slow work of reports."""

from celery import shared_task

from reports.domain import evaluate, start


@shared_task(name=start.TASK)
def evaluate_interview(interview_id: int) -> None:
    evaluate.write_report(interview_id)


@shared_task
def sweep_reports() -> int:
    return start.sweep()
