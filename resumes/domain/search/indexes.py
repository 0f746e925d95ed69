"""Which indexes there are: the one that serves, and the one that the settings ask for while it is being built."""

import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from providers.embeddings import factory
from providers.embeddings.base import Embedder
from resumes.domain.search import folding
from resumes.models import USABLE, Resume, ResumeVector, VectorIndex

logger = logging.getLogger(__name__)
State = VectorIndex.State
CHUNK = 5_000


def wanted() -> Embedder:
    """The embedder of the settings. Raises ProviderError."""
    return factory.build(_settings(), folding.fold, folding.version())


def embedder_of(index: VectorIndex) -> Embedder:
    """The embedder that queries of this index need, which may be that of earlier settings. Raises ProviderError."""
    return factory.build_named(index.model, _settings(), folding.fold, folding.version())


def _settings() -> factory.EmbeddingSettings:
    return factory.EmbeddingSettings(
        model=settings.EMBEDDING_MODEL,
        openai_api_key=settings.OPENAI_API_KEY,
        openai_base_url=settings.OPENAI_BASE_URL,
    )


def searched() -> VectorIndex | None:
    """The index in use; before the first one is whole, that."""
    live = {index.state: index for index in VectorIndex.objects.exclude(state=State.RETIRED)}
    return live.get(State.SERVING) or live.get(State.BUILDING)


def live() -> list[VectorIndex]:
    """The indexes that a changed resume has to get into."""
    return list(VectorIndex.objects.exclude(state=State.RETIRED))


def percent(index: VectorIndex) -> int:
    """How far it is made; 100 only for a whole one. Resumes that came after it was begun count, too."""
    if index.state != State.BUILDING:
        return 100
    return min(99, index.done * 100 // max(index.total, index.done, 1))


def ensure() -> VectorIndex:
    """The index that the settings ask for, begun if need be; what is built for other settings is given up.

    Raises ProviderError when the model cannot be asked.
    """
    embedder = wanted()
    index = VectorIndex.objects.filter(model=embedder.name).exclude(state=State.RETIRED).first()
    if index is None:
        index = _begin(embedder.name, embedder.dimensions)
    VectorIndex.objects.filter(state=State.BUILDING).exclude(pk=index.pk).update(state=State.RETIRED)
    return index


def _begin(model: str, dimensions: int) -> VectorIndex:
    purge(model=model)
    total = Resume.objects.filter(status__in=USABLE).count()
    logger.info("the search index of %s is begun: %d resumes", model, total)
    index, _ = VectorIndex.objects.get_or_create(model=model, defaults={"dimensions": dimensions, "total": total})
    return index


@transaction.atomic
def serve(index: VectorIndex) -> None:
    """Let a whole index take the place of the one in use."""
    VectorIndex.objects.filter(state=State.SERVING).exclude(pk=index.pk).update(state=State.RETIRED)
    VectorIndex.objects.filter(pk=index.pk).update(state=State.SERVING, finished_at=timezone.now())


def purge(**only: str) -> None:
    """Remove retired indexes, their vectors in pieces that hold the database for a moment each."""
    for index in VectorIndex.objects.filter(state=State.RETIRED, **only):
        while chunk := list(ResumeVector.objects.filter(index=index).values_list("pk", flat=True)[:CHUNK]):
            ResumeVector.objects.filter(pk__in=chunk).delete()
        index.delete()
