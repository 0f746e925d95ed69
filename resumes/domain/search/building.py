"""Makes a whole index in the background, in short pieces, while the one before it serves."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from providers.base import ProviderError
from resumes.domain.search import indexes, indexing, stores
from resumes.models import USABLE, Resume, VectorIndex

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
State = VectorIndex.State


def build(index_id: int, may_go_on: Callable[[], bool]) -> bool:
    """Go on where the last piece ended, as long as `may_go_on`. True where something is left to do.

    After a kill the next call goes on from the last stored batch, once the lease of the killed one has run out.
    """
    index = _claim(index_id)
    if index is None:
        return False
    try:
        return _piece(index, may_go_on)
    except ProviderError as error:
        logger.warning("the search index of %s waits at %d of %d: %s", index.model, index.done, index.total, error)
        return False
    finally:
        VectorIndex.objects.filter(pk=index_id).update(busy_until=timezone.now())


def _claim(index_id: int) -> VectorIndex | None:
    now = timezone.now()
    free = VectorIndex.objects.filter(pk=index_id, state=State.BUILDING, busy_until__lte=now)
    return VectorIndex.objects.get(pk=index_id) if free.update(busy_until=now + LEASE) else None


def _piece(index: VectorIndex, may_go_on: Callable[[], bool]) -> bool:
    while may_go_on():
        batch = list(Resume.objects.filter(status__in=USABLE, pk__gt=index.cursor).order_by("pk")[: indexing.BATCH])
        if not batch:
            _finish(index)
            return False
        left_out = _write(index, batch)
        index.cursor = batch[-1].pk
        index.done += len(batch)
        progress = {"cursor": index.cursor, "done": F("done") + len(batch), "failed": F("failed") + left_out}
        here = VectorIndex.objects.filter(pk=index.pk, state=State.BUILDING)
        if not here.update(busy_until=timezone.now() + LEASE, **progress):
            return False  # the settings have changed, and this index is no longer wanted
    return True


def _write(index: VectorIndex, batch: list[Resume]) -> int:
    """The number of resumes that the model refuses; raises ProviderError where it refuses everything, or may pass."""
    try:
        indexing.write(index, batch)
        return 0
    except ProviderError as error:
        if error.retryable:
            raise
    indexes.embedder_of(index).embed(["resume"])
    return sum(_refused(index, resume) for resume in batch)


def _refused(index: VectorIndex, resume: Resume) -> bool:
    try:
        indexing.write(index, [resume])
    except ProviderError as error:
        if error.retryable:
            raise
        logger.warning("resume %d has no vector by %s: %s", resume.pk, index.model, error)
        return True
    return False


def _finish(index: VectorIndex) -> None:
    """What changed meanwhile is in already, by `indexing.index` and the sweeps."""
    stores.push(index)
    indexes.serve(index)
    logger.info("the search index of %s is whole: %d resumes", index.model, index.done)
