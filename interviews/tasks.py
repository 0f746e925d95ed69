"""What happens to interviews without anybody asking."""

from celery import shared_task

from interviews.coding import checking, proving, sandboxes, sweeping
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


@shared_task(name=proving.TASK)
def prove_coding_task(pk: int) -> bool:
    """Run the programs of a recruiter's own task, and write down what came of it."""
    return proving.prove(pk, sandboxes.current())
