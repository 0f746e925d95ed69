"""The vector store of this process, brought up to date from the table of vectors; or Milvus, which is pushed to."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from providers.vectors import factory
from providers.vectors.base import VectorStore
from resumes.domain.search import vectors
from resumes.models import ResumeVector, VectorIndex

CHUNK = 500
BREATH_S = 0.002  # between chunks, so that the sockets of this process get their turn while an index is loaded
LEASE = timedelta(minutes=2)


@dataclass
class Loaded:
    store: VectorStore
    seen: int = 0


_loaded: dict[tuple[int, datetime], Loaded] = {}
_lock = threading.Lock()


def fresh(index: VectorIndex) -> VectorStore:
    """The store of `index` with all that was committed before `index` was read. Raises ProviderError."""
    with _lock:
        loaded = _of(index)
        if not settings.MILVUS_URI and index.sequence > loaded.seen:
            _load(loaded, index)
        return loaded.store


def push(index: VectorIndex) -> None:
    """Tell Milvus what it has not been told yet; nothing to do without it. Raises ProviderError.

    One process at a time: a removal must not be overtaken by what was read before it.
    """
    if not settings.MILVUS_URI or not _leased(index):
        return
    try:
        index.refresh_from_db()
        with _lock:
            store = _of(index).store
        since = index.pushed if store.count() else 0  # a Milvus that has lost everything is told it again
        for rows in _chunks(_changes(index, since)):
            store.put(vectors.items(rows))
            store.remove(vectors.gone(rows))
        VectorIndex.objects.filter(pk=index.pk).update(pushed=index.sequence)
    finally:
        VectorIndex.objects.filter(pk=index.pk).update(pushing_until=timezone.now())


def forget_all() -> None:
    """As in a process that has just started."""
    with _lock:
        _loaded.clear()


def _leased(index: VectorIndex) -> bool:
    now = timezone.now()
    free = VectorIndex.objects.filter(pk=index.pk, pushing_until__lte=now)
    return bool(free.update(pushing_until=now + LEASE))


def _of(index: VectorIndex) -> Loaded:
    """In this process only the index in use is kept: an earlier one gives its memory back."""
    key = (index.pk, index.created_at)
    if key not in _loaded:
        if not settings.MILVUS_URI:
            _loaded.clear()
        made = factory.build(factory.VectorSettings(settings.MILVUS_URI), index.model, index.dimensions)
        _loaded[key] = Loaded(made)
    return _loaded[key]


def _load(loaded: Loaded, index: VectorIndex) -> None:
    for rows in _chunks(_changes(index, loaded.seen)):
        loaded.store.put(vectors.items(rows))
        loaded.store.remove(vectors.gone(rows))
    loaded.seen = index.sequence


def _changes(index: VectorIndex, seen: int) -> QuerySet[ResumeVector]:
    rows = ResumeVector.objects.filter(index=index, sequence__gt=seen, sequence__lte=index.sequence)
    return rows.order_by("sequence", "pk")


def _chunks(rows: QuerySet[ResumeVector]) -> Iterator[list[ResumeVector]]:
    chunk: list[ResumeVector] = []
    for row in rows.iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
            time.sleep(BREATH_S)
    if chunk:
        yield chunk
