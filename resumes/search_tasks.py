"""Slow work of the search index; `CELERY_IMPORTS` names this module."""

from celery import shared_task

from providers.base import ProviderError
from resumes.domain import profiles
from resumes.domain.search import building, indexing
from resumes.models import Resume

PIECE_S = 20.0  # the worker's other tasks get their turn between two pieces


@shared_task(
    name=profiles.INDEX_TASK,
    time_limit=180,
    autoretry_for=(ProviderError,),
    retry_backoff=5,
    max_retries=3,
    ignore_result=True,
)
def index_resume(resume_id: int) -> None:
    resume = Resume.objects.filter(pk=resume_id).first()
    if resume is not None:
        indexing.index(resume)


@shared_task(time_limit=180)
def build_index(index_id: int) -> None:
    if building.build(index_id, indexing.while_less_than(PIECE_S)):
        build_index.delay(index_id)


@shared_task(time_limit=180)
def sweep_search() -> None:
    for index_id in indexing.sweep(indexing.while_less_than(PIECE_S)):
        build_index.delay(index_id)
