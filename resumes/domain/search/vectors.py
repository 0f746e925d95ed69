"""Rows of `ResumeVector`: how a vector is kept, and what a store is told of it."""

import hashlib
from collections.abc import Iterable

import numpy as np

from providers.embeddings.base import Vectors
from providers.vectors.base import Attributes, Item
from resumes.domain import profiles
from resumes.models import Resume, ResumeVector

KEPT_AS = np.dtype("<f2")  # half precision takes half the room and moves a score by less than 0.001
ATTRIBUTES = ("skills", "years", "language", "status")


def packed(vector: Vectors) -> bytes:
    return vector.astype(KEPT_AS).tobytes()


def attributes(resume: Resume) -> dict[str, str | float | None]:
    """The columns that a search filters by."""
    return {
        "skills": "\n".join(profiles.keys_of(resume.profile)),
        "years": resume.years,
        "language": resume.language,
        "status": resume.status,
    }


def digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def items(rows: Iterable[ResumeVector]) -> list[Item]:
    """What is there to be found; rows of resumes that are gone are passed over."""
    return [_item(row) for row in rows if row.vector]


def gone(rows: Iterable[ResumeVector]) -> list[int]:
    return [row.resume_id for row in rows if not row.vector]


def _item(row: ResumeVector) -> Item:
    vector = np.frombuffer(row.vector, dtype=KEPT_AS).astype(np.float32)
    skills = frozenset(filter(None, row.skills.split("\n")))
    return Item(row.resume_id, vector, Attributes(skills, row.years, row.language, row.status))
