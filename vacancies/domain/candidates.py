"""What matching keeps of each resume, so that a thousand are matched within a second."""

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import F, Q, QuerySet
from numpy.typing import NDArray

from providers.embeddings.base import Embedder
from providers.embeddings.hashed import HashedEmbedder
from resumes.domain import years
from resumes.domain.search import folding
from resumes.models import USABLE, Resume
from vacancies.domain import blind, blind_reading, lists
from vacancies.domain.blind import Blind
from vacancies.models import CandidateFeatures

MADE_BY = 1  # goes up with every change of how features are made
CHUNK = 100
#: Russian words tell the gender of who speaks: `разработала`, `занимался`, `ответственная`. Their endings are cut.
GENDERED = re.compile(r"(?<=[аеиоуыяю]л)(?:ась|ся|а)(?!\w)|(?<=\w{3})(?:ый|ий|ой|ая|яя)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`vectors` are the rows of the blind's lines, float16 `[lines, dimensions]`."""

    resume_id: int
    blind: Blind
    vectors: NDArray[np.float16]


@functools.cache
def embedder() -> Embedder:
    """Always the one that needs no network: what candidates wrote is not sent away to be ranked."""
    return HashedEmbedder(neutral, folding.version())


def neutral(text: str) -> str:
    return folding.fold(GENDERED.sub("", text))


def version(now: datetime | None = None) -> str:
    """Changes with the rules and their words, and each month, since who works on gains years: 40 characters at most."""
    words = "".join((lists.DATA / f"{name}.yaml").read_text(encoding="utf-8") for name in ("wording", "personal"))
    return f"{MADE_BY}-{hashlib.sha256(words.encode()).hexdigest()[:8]}-{folding.version()}-{years.today(now):%Y%m}"


def of(resume: Resume) -> Candidate:
    """Made now, from the resume's text and profile."""
    seen = blind_reading.blind_of(resume)
    return Candidate(resume.pk, seen, vectors_of(seen))


def vectors_of(seen: Blind) -> NDArray[np.float16]:
    return embedder().embed([line.text for line in seen.lines]).astype(np.float16)


def stale() -> QuerySet[Resume]:
    """Usable resumes without features, or with those of an earlier state or rule, the newest first."""
    fresh = Q(features__version=version(), features__made_from=F("updated_at"))
    return Resume.objects.filter(status__in=USABLE).exclude(fresh).order_by("-updated_at", "-pk")


def remake(resumes: Iterable[Resume]) -> None:
    """Store the features of these resumes; each of them with its text, profile, sources and findings."""
    rows = [_row(resume, of(resume)) for resume in resumes]
    with transaction.atomic():
        alive = set(Resume.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        CandidateFeatures.objects.bulk_create(
            [row for row in rows if row.pk in alive],
            update_conflicts=True,
            unique_fields=["resume"],
            update_fields=["version", "made_from", "blind", "vectors"],
        )


def _row(resume: Resume, made: Candidate) -> CandidateFeatures:
    return CandidateFeatures(
        resume_id=resume.pk,
        version=version(),
        made_from=resume.updated_at,
        blind=blind.pack(made.blind),
        vectors=made.vectors.tobytes(),
    )


def refresh(may_go_on: Callable[[], bool] = lambda: True) -> bool:
    """Make what is missing, in pieces, while it may go on. Returns whether something is left."""
    while may_go_on():
        piece = list(stale().select_related("owner")[:CHUNK])
        if not piece:
            return False
        remake(piece)
    return stale().exists()


def load(resume_ids: Sequence[int]) -> list[Candidate]:
    """Stored features, in no order; whoever has none is left out."""
    rows = CandidateFeatures.objects.filter(resume_id__in=resume_ids) if len(resume_ids) <= CHUNK else _all(resume_ids)
    return [Candidate(pk, blind.unpack(bytes(seen)), _rows(bytes(vectors))) for pk, seen, vectors in _values(rows)]


def _all(resume_ids: Sequence[int]) -> QuerySet[CandidateFeatures]:
    """By the range: a list of thousands is more than a database takes as parameters."""
    return CandidateFeatures.objects.filter(resume_id__gte=min(resume_ids), resume_id__lte=max(resume_ids))


def _values(rows: QuerySet[CandidateFeatures]) -> Iterable[tuple[int, bytes | memoryview, bytes | memoryview]]:
    return rows.filter(version=version()).values_list("resume_id", "blind", "vectors")


def _rows(data: bytes) -> NDArray[np.float16]:
    return np.frombuffer(data, dtype=np.float16).reshape(-1, embedder().dimensions)
