"""Keeps every resume findable: after it is read or corrected, when it goes, and what a crash left out."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from providers.base import ProviderError
from resumes.domain import words
from resumes.domain.search import composing, indexes, stores, vectors
from resumes.models import Resume, ResumeVector, ResumeWords, VectorIndex

logger = logging.getLogger(__name__)
BATCH = 64
OVERLAP = timedelta(minutes=2)  # a commit may be seen later than the time that it wrote
COLUMNS = ("sequence", "vector", "digest", *vectors.ATTRIBUTES)


def index(resume: Resume) -> None:
    """Put a resume into every index, or take it out of them where it is not usable. Raises ProviderError."""
    words.store(resume)
    if not resume.is_usable:
        forget(resume.pk)
    for one in indexes.live():
        if resume.is_usable:
            write(one, [resume])
        stores.push(one)


@transaction.atomic
def forget(resume_id: int) -> None:
    """Empty the resume's vectors; the emptied row tells other processes to drop theirs."""
    held = ResumeVector.objects.filter(resume_id=resume_id).exclude(vector=b"")
    for index_id in list(held.values_list("index_id", flat=True)):
        blank = {"vector": b"", "digest": b"", "skills": "", "years": None, "language": "", "status": ""}
        held.filter(index_id=index_id).update(sequence=_next(index_id), **blank)


def write(index: VectorIndex, resumes: Sequence[Resume]) -> None:
    """Store the vectors of usable resumes; nothing for those that are as they were. Raises ProviderError."""
    embedder = indexes.embedder_of(index)
    headline = composing.HEADLINE if embedder.capabilities.local else 1
    texts = {resume.pk: composing.compose(resume, headline=headline) for resume in resumes}
    held = {row.resume_id: row for row in ResumeVector.objects.filter(index=index, resume_id__in=texts)}
    rows = [_row(index, resume, texts[resume.pk], held.get(resume.pk)) for resume in resumes]
    new = [row for row in rows if not row.vector]
    made = embedder.embed([texts[row.resume_id] for row in new])
    for row, vector in zip(new, made, strict=True):
        row.vector = vectors.packed(vector)
    if different := [row for row in rows if not _same(row, held.get(row.resume_id))]:
        _store(index, different)


def _row(index: VectorIndex, resume: Resume, text: str, held: ResumeVector | None) -> ResumeVector:
    """What is to be stored; without a vector where the text has changed."""
    digest = vectors.digest(text)
    kept = bytes(held.vector) if held is not None and bytes(held.digest) == digest else b""
    return ResumeVector(index=index, resume_id=resume.pk, digest=digest, vector=kept, **vectors.attributes(resume))


def _same(row: ResumeVector, held: ResumeVector | None) -> bool:
    alike = ("digest", *vectors.ATTRIBUTES)
    return held is not None and all(_plain(getattr(row, name)) == _plain(getattr(held, name)) for name in alike)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


@transaction.atomic
def _store(index: VectorIndex, rows: list[ResumeVector]) -> None:
    """The number is taken first: it makes writers wait for each other, so that none overtakes a deletion."""
    sequence = _next(index.pk)
    alive = set(Resume.objects.filter(pk__in=[row.resume_id for row in rows]).values_list("pk", flat=True))
    for row in rows:
        row.sequence = sequence
    ResumeVector.objects.bulk_create(
        [row for row in rows if row.resume_id in alive],
        update_conflicts=True,
        unique_fields=["index", "resume_id"],
        update_fields=COLUMNS,
    )


def _next(index_id: int) -> int:
    VectorIndex.objects.filter(pk=index_id).update(sequence=F("sequence") + 1)
    return VectorIndex.objects.values_list("sequence", flat=True).get(pk=index_id)


def sweep(may_go_on: Callable[[], bool] = lambda: True) -> list[int]:
    """Begin what the settings ask for, catch up with changes, remove old indexes. Returns the indexes to be built.

    Every step may be broken off at any line. A model that does not answer is asked again by the next sweep.
    """
    try:
        indexes.ensure()
        for one in indexes.live():
            catch_up(one, may_go_on)
            stores.push(one)
    except ProviderError as error:
        logger.warning("the search index waits: %s", error)
    indexes.purge()
    building = VectorIndex.objects.filter(state=indexes.State.BUILDING)
    return list(building.values_list("pk", flat=True))


def catch_up(index: VectorIndex, may_go_on: Callable[[], bool]) -> None:
    """Index what changed since the last sweep, in the order of the changes. Raises ProviderError."""
    begun, after = timezone.now(), (index.swept_until - OVERLAP, 0)
    while may_go_on():
        later = Q(updated_at=after[0], pk__gt=after[1]) | Q(updated_at__gt=after[0])
        batch = list(Resume.objects.filter(later, updated_at__gte=after[0]).order_by("updated_at", "pk")[:BATCH])
        _refresh_words(batch)
        write(index, [resume for resume in batch if resume.is_usable])
        for resume in batch:
            if not resume.is_usable:
                forget(resume.pk)
        if len(batch) < BATCH:
            VectorIndex.objects.filter(pk=index.pk).update(swept_until=begun)
            return
        after = (batch[-1].updated_at, batch[-1].pk)
        VectorIndex.objects.filter(pk=index.pk).update(swept_until=after[0])


def _refresh_words(resumes: Iterable[Resume]) -> None:
    """Only what differs: most of what a sweep looks at has not changed."""
    wanted = {resume.pk: words.of(resume) for resume in resumes}
    held = dict(ResumeWords.objects.filter(pk__in=wanted).values_list("pk", "words"))
    rows = [ResumeWords(pk=pk, words=text) for pk, text in wanted.items() if held.get(pk) != text]
    with transaction.atomic():
        alive = set(Resume.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        words.write([row for row in rows if row.pk in alive])


def while_less_than(seconds: float) -> Callable[[], bool]:
    """A condition for `sweep` and `build` that holds for so long."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until
