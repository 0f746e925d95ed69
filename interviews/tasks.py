"""What happens to interviews without anybody asking."""

from typing import Any

from celery import shared_task
from celery.signals import worker_shutting_down
from django.conf import settings

from interviews.coding import checking, holding, proving, sandboxes, sweeping
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


@shared_task(name=checking.TASK)
def check_submission(run_id: int) -> None:
    """Compare a submission with its replay and with other submissions, and look at how it was written."""
    checking.check(run_id)


@shared_task
def sweep_submissions() -> int:
    """Ask again for the submissions that nobody has looked at."""
    return checking.sweep()


@shared_task
def sweep_code_runs() -> int:
    """Judge what a crash left behind."""
    return sweeping.sweep()


@worker_shutting_down.connect
def break_off_code_runs(**_: Any) -> None:
    """The worker waits for its tasks, and would for a program that sleeps."""
    holding.stopping.lift()


@shared_task(name=proving.TASK)
def prove_coding_task(pk: int) -> bool:
    """Run the programs of a recruiter's own task, and write down what came of it."""
    return proving.prove(pk, sandboxes.current(), settings.CELERY_TASK_TIME_LIMIT / 2)
