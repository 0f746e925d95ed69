"""Search by meaning: nearness of vectors, helped by the skills and the words that a query names.

A vector of a whole resume blurs single words; skills and words are known exactly. Each search therefore asks the store
three times: for all that fits, for those with the named skills, and for those whose text has the words (unless more
than a thousand have).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import RawSQL

from accounts.models import User
from providers.embeddings.hashed import SAY_LITTLE
from providers.vectors.base import Vector, VectorStore, Where
from resumes import fulltext
from resumes.domain import access, filters, words
from resumes.domain.parser.mentions import mentions
from resumes.domain.parser.taxonomy import key_of
from resumes.domain.search import excerpts, folding, indexes, stores
from resumes.models import Resume, ResumeSkill, ResumeWords, VectorIndex

MOST_FOUND = 100
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
    return shown(user, text, wanted, scored(user, text, wanted)[:count])


def scored(user: User, text: str, wanted: dict[str, Any]) -> list[Scored]:
    """At most 100 as the index has them, the best first; `shown` leaves out what fits no more. Raises ProviderError."""
    index = indexes.searched()
    if index is None or not text.strip():
        return []
    narrow = not user.is_recruiter or any(wanted.get(name) for name in BY_DATABASE)
    where = _where(wanted, _ids(user, wanted) if narrow else None)
    return _Query(index, text, where).run()


def _ids(user: User, wanted: dict[str, Any]) -> frozenset[int]:
    """All that fits what the store cannot filter by."""
    asked = {name: wanted[name] for name in BY_DATABASE if wanted.get(name)}
    return frozenset(filters.narrow(access.visible_to(user), asked).order_by().values_list("pk", flat=True))


def shown(user: User, text: str, wanted: dict[str, Any], some: Sequence[Scored]) -> list[Found]:
    """The resumes themselves, in the same order, each with the line that shows best why it was found.

    The index may be a moment behind: what `user` may not see, or what fits no more, is left out.
    """
    # Where each value stands and what flagged a resume may be longer than the resume, and is not shown.
    resumes = access.visible_to(user).defer("sources", "findings").in_bulk([one.resume_id for one in some])
    sought = excerpts.needles(text, skills_of(text))
    return [
        Found(resume, one.score, excerpts.excerpt(resume, sought))
        for one in some
        if (resume := resumes.get(one.resume_id)) and _fits(wanted, resume)
    ]


def _fits(wanted: dict[str, Any], resume: Resume) -> bool:
    least = wanted.get("years_min")
    return (
        resume.is_usable
        and wanted.get("status") in {None, "", resume.status}
        and wanted.get("language") in {None, "", resume.language}
        and (least is None or (resume.years is not None and resume.years >= least))
    )


class _Query:
    """One search of one index."""

    def __init__(self, index: VectorIndex, text: str, where: Where) -> None:
        self.embedder = indexes.embedder_of(index)
        self.index = index
        self.where = where
        self.skills = skills_of(text)
        self.words = [word for word in words.asked(text) if word not in SAY_LITTLE]
        self.folded = folding.fold(text, listed=True)

    def run(self) -> list[Scored]:
        vector: Vector = self.embedder.embed([self.folded], QUERY_S)[0]
        by_words = fulltext.having(self.words, MOST_BY_WORDS + 1) if self.words else []
        common = len(by_words) > MOST_BY_WORDS
        near = self._near(stores.fresh(self.index), vector, frozenset() if common else frozenset(by_words))
        held = self._skills_held(near)
        having = self._having(near) if common and near else near.keys() & set(by_words)
        sure = [one for one, score in near.items() if score >= self.embedder.noise or held.get(one) or one in having]
        found = [Scored(one, self._score(near[one], held.get(one, 0), one in having)) for one in sure]
        return sorted(found, key=lambda one: (-one.score, -one.resume_id))[:MOST_FOUND]

    def _near(self, store: VectorStore, vector: Vector, by_words: frozenset[int]) -> dict[int, float]:
        """What the store finds in its three ways, with its nearness."""
        ways = [self.where]
        if self.skills:
            ways.append(_also(self.where, skills=self.skills))
        if by_words:
            ways.append(_also(self.where, ids=by_words))
        return {hit.id: hit.score for hits in store.search_each(vector, MOST_FOUND, ways) for hit in hits}

    def _having(self, near: Iterable[int]) -> set[int]:
        """Those of the found whose text has every word, where most texts have them."""
        rows = ResumeWords.objects.filter(pk__in=_among(near)).values_list("pk", "words")
        asked = [f" {word} " for word in self.words]
        return {pk for pk, held in rows if all(word in f" {held} " for word in asked)}

    def _skills_held(self, near: dict[int, float]) -> dict[int, int]:
        """How many of the query's skills each of the found resumes has."""
        if not (self.skills and near):
            return {}
        rows = ResumeSkill.objects.filter(resume_id__in=_among(near), key__in=self.skills).order_by()
        return Counter(rows.values_list("resume_id", flat=True))

    def _score(self, near: float, held: int, has_words: bool) -> float:
        score, most = max(near, 0.0), 1.0
        if self.skills:
            score, most = score + SKILLS_WEIGHT * held / len(self.skills), most + SKILLS_WEIGHT
        if self.words:
            score, most = score + WORDS_WEIGHT * has_words, most + WORDS_WEIGHT
        return round(score / most, 4)


def _among(ids: Iterable[int]) -> RawSQL:
    """For `__in`, not empty: Django looks at each number of a list for longer than the database looks it up."""
    given = list(ids)
    return RawSQL(", ".join(["%s"] * len(given)), given)  # noqa: S611  # placeholders only


def skills_of(text: str) -> frozenset[str]:
    """The keys of the skills that a query names, in any spelling."""
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


__all__ = ["Found", "Scored", "scored", "semantic", "shown", "skills_of"]
