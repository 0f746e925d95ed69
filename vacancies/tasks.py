"""Slow work of vacancies."""

from celery import shared_task

from resumes.domain.search.indexing import while_less_than
from vacancies.domain import candidates

PIECE_S = 20.0  # the worker's other tasks get their turn between two pieces


@shared_task(time_limit=180, ignore_result=True)
def refresh_candidates() -> None:
    """Read for matching what was uploaded or corrected since."""
    if candidates.refresh(while_less_than(PIECE_S)):
        refresh_candidates.delay()
