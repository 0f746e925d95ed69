"""Search by meaning: nearness of vectors, helped by the skills and the words that a query names.

A vector of a whole resume blurs single words; skills and words are known exactly. Each search therefore asks the store
three times: for all that fits, for those with the named skills, and for those whose text has the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import User
from providers.vectors.base import Vector, VectorStore, Where
from resumes.domain import access, filters, words
from resumes.domain.parser.mentions import mentions
from resumes.domain.parser.taxonomy import key_of
from resumes.domain.search import excerpts, folding, indexes, stores
from resumes.models import USABLE, Resume, ResumeSkill, ResumeWords, VectorIndex

MOST_FOUND = 200
QUERY_S = 15.0  # somebody waits for it
MOST_BY_WORDS = 1_000
MOST_SKILLS = 10
SKILLS_WEIGHT = 0.8  # beside 1 for the vectors
WORDS_WEIGHT = 0.4
BY_DATABASE = ("position", "search", "updated_after", "updated_before")  # what the stores cannot filter by


@dataclass(frozen=True, slots=True)
class Scored:
    """`score` is 0 to 1; scores of different queries cannot be compared."""

    resume_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    resume: Resume
    score: float
    excerpt: str


def semantic(user: User, text: str, wanted: dict[str, Any], count: int) -> list[Found]:
    """The `count` resumes nearest to `text` of those that `user` sees and that fit `wanted` (see `filters.narrow`).

    Raises ProviderError when the embedding model or the vector store does not answer.
    """
    return shown(scored(user, text, wanted)[:count], text)


def scored(user: User, text: str, wanted: dict[str, Any]) -> list[Scored]:
    """At most 200, the best first. Raises ProviderError."""
    index = indexes.searched()
    if index is None or not text.strip():
        return []
    visible = filters.narrow(access.visible_to(user).filter(status__in=USABLE), wanted)
    narrow = not user.is_recruiter or any(wanted.get(name) for name in BY_DATABASE)
    where = _where(wanted, frozenset(visible.values_list("pk", flat=True)) if narrow else None)
    found = _Query(index, text, where).run()
    shown_ids = set(visible.filter(pk__in=[one.resume_id for one in found]).values_list("pk", flat=True))
    return [one for one in found if one.resume_id in shown_ids]


def shown(some: Sequence[Scored], text: str) -> list[Found]:
    """The resumes themselves, in the same order, each with the line that shows best why it was found."""
    resumes = Resume.objects.in_bulk([one.resume_id for one in some])
    sought = excerpts.needles(text, _skills(text))
    return [
        Found(resume, one.score, excerpts.excerpt(resume, sought))
        for one in some
        if (resume := resumes.get(one.resume_id))
    ]


class _Query:
    """One search of one index."""

    def __init__(self, index: VectorIndex, text: str, where: Where) -> None:
        self.embedder = indexes.embedder_of(index)
        self.index = index
        self.where = where
        self.skills = _skills(text)
        self.words = words.asked(text)
        self.folded = folding.fold(text, listed=True)

    def run(self) -> list[Scored]:
        vector: Vector = self.embedder.embed([self.folded], QUERY_S)[0]
        store = stores.fresh(self.index)
        by_words = self._by_words()
        near = self._near(store, vector, by_words)
        held = self._skills_held(near)
        sure = [one for one, score in near.items() if score >= self.embedder.noise or held.get(one) or one in by_words]
        found = [Scored(one, self._score(near[one], held.get(one, 0), one in by_words)) for one in sure]
        return sorted(found, key=lambda one: (-one.score, -one.resume_id))[:MOST_FOUND]

    def _near(self, store: VectorStore, vector: Vector, by_words: frozenset[int]) -> dict[int, float]:
        """What the store finds in its three ways, with its nearness."""
        ways = [self.where]
        if self.skills:
            ways.append(_also(self.where, skills=self.skills))
        if by_words:
            ways.append(_also(self.where, ids=by_words))
        return {hit.id: hit.score for way in ways for hit in store.search(vector, MOST_FOUND, way)}

    def _by_words(self) -> frozenset[int]:
        """The newest resumes whose text has every word of the query."""
        if not self.words:
            return frozenset()
        rows = ResumeWords.objects.filter(words__match=self.words).order_by("-pk")
        return frozenset(rows.values_list("pk", flat=True)[:MOST_BY_WORDS])

    def _skills_held(self, near: dict[int, float]) -> dict[int, int]:
        """How many of the query's skills each of the found resumes has."""
        if not self.skills:
            return {}
        rows = ResumeSkill.objects.filter(resume_id__in=list(near), key__in=self.skills).order_by()
        return dict(rows.values_list("resume_id").annotate(held=Count("pk")))

    def _score(self, near: float, held: int, has_words: bool) -> float:
        parts = [(1.0, max(near, 0.0))]
        if self.skills:
            parts.append((SKILLS_WEIGHT, held / len(self.skills)))
        if self.words:
            parts.append((WORDS_WEIGHT, float(has_words)))
        return round(sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts), 4)


def _skills(text: str) -> frozenset[str]:
    keys = dict.fromkeys(mention.key for mention in mentions(text, listed=True))
    return frozenset(list(keys)[:MOST_SKILLS])


def _where(wanted: dict[str, Any], ids: frozenset[int] | None) -> Where:
    """What the store can filter by, and the resumes that the rest leaves."""
    return Where(
        skills=frozenset(map(key_of, wanted.get("skill", []))),
        years_min=wanted.get("years_min"),
        language=wanted.get("language") or "",
        status=wanted.get("status") or "",
        ids=ids,
    )


def _also(where: Where, *, skills: frozenset[str] = frozenset(), ids: frozenset[int] | None = None) -> Where:
    both = ids if where.ids is None else where.ids & ids if ids is not None else where.ids
    return Where(where.skills | skills, where.years_min, where.language, where.status, both)


__all__ = ["Found", "Scored", "scored", "semantic", "shown"]
