"""How far a resume meets a vacancy, requirement by requirement: see docs/matching.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from resumes.domain.parser import skills
from vacancies.domain import candidates, requirements, writing
from vacancies.domain.blind import Blind
from vacancies.domain.matching_grades import FULL, Grade, Seen, grade
from vacancies.domain.requirements import Need, NeedKind
from vacancies.models import Vacancy

ALL = 10_000  # hundredths of a point
LEAST = 15  # a grade below it is no part of what is wanted
MUST, NICE = 3, 2  # a must counts half as much again as a wish of the same weight
JUDGED, HARDLY = 4, 1  # and what no resume shows a quarter
MOST_IMPLIED = 10


class Verdict(StrEnum):
    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"


class Source(TypedDict):
    """Where in the resume: page from 1, offsets into `Resume.text`."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """One requirement. `points` of `possible` ones, in hundredths exactly; all parts' `possible` are 100 together.

    `kind` is must or nice, `weight` the vacancy's own. `evidence` is what the resume says, word for word, empty where
    nothing shows it; `source` is None for what its owner wrote afterwards. `note` is a code of `matching_notes`.
    """

    text: str
    kind: str
    weight: float
    verdict: Verdict
    points: Decimal
    possible: Decimal
    evidence: str = ""
    source: Source | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """`total` is 0 to 100, and exactly the sum of the parts' points. Parts come in the vacancy's order."""

    total: Decimal
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A requirement made ready: `possible` in hundredths, the place of its topic among `Wanted.topics` or -1."""

    need: Need
    kind: str
    weight: float
    possible: int
    topic: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A vacancy made ready for many candidates. `topics` are float32 `[topics, dimensions]`."""

    wishes: tuple[Wish, ...]
    topics: NDArray[np.float32]


def match(vacancy: Vacancy, blind: Blind, vectors: NDArray[np.float16] | None = None) -> Match:
    """What a resume, of which nothing but `blind` is seen, scores for a vacancy.

    `vectors` are those of the blind's lines where they are at hand.
    """
    return judge(prepare(vacancy), blind, vectors)


def prepare(vacancy: Vacancy) -> Wanted:
    rows: list[dict[str, Any]] = vacancy.requirements or list(_implied(vacancy))
    needs = [requirements.understand(row["text"], vacancy.language) for row in rows]
    shares = apportioned([_counted(row, need) for row, need in zip(rows, needs, strict=True)])
    topics = [_compared(need) for need in needs]
    places = {topic: place for place, topic in enumerate(dict.fromkeys(filter(None, topics)))}
    wishes = tuple(
        Wish(need, row["kind"], row["weight"], share, places.get(topic, -1))
        for row, need, share, topic in zip(rows, needs, shares, topics, strict=True)
    )
    return Wanted(wishes, candidates.embedder().embed(list(places)))


def _compared(need: Need) -> str:
    """The words that a resume's lines are compared with; empty where nothing but what they mean counts."""
    return need.topic or need.text if need.kind is NeedKind.OTHER else requirements.subject(need)


def _implied(vacancy: Vacancy) -> Iterator[dict[str, Any]]:
    """A vacancy without requirements wants what its title says, and the skills that its description names."""
    if vacancy.title.strip():
        yield writing.requirement(vacancy.title)
    for name in skills.mentioned(vacancy.description)[:MOST_IMPLIED]:
        yield writing.requirement(name, "nice")


def _counted(row: dict[str, Any], need: Need) -> int:
    weight: float = row["weight"]
    return round(weight * 1000) * (MUST if row["kind"] == "must" else NICE) * (HARDLY if need.soft else JUDGED)


def apportioned(weights: list[int]) -> list[int]:
    """A hundred points in proportion, exactly: what is left goes to the largest remainders, the first of equals.

    The method of Hamilton.
    """
    total = sum(weights)
    if not total:
        return [0 for _ in weights]
    shares = [weight * ALL // total for weight in weights]
    left = sorted(range(len(weights)), key=lambda index: (-(weights[index] * ALL % total), index))
    for index in left[: ALL - sum(shares)]:
        shares[index] += 1
    return shares


def judge(wanted: Wanted, blind: Blind, vectors: NDArray[np.float16] | None = None) -> Match:
    """As `match`, for a vacancy that is ready."""
    likeness = _likeness(wanted, blind, vectors)
    parts = tuple(_part(wish, blind, grade(wish.need, Seen(blind, _row(likeness, wish)))) for wish in wanted.wishes)
    return Match(sum((part.points for part in parts), Decimal("0.00")), parts)


def _likeness(wanted: Wanted, blind: Blind, vectors: NDArray[np.float16] | None) -> NDArray[np.float32] | None:
    """`[lines, topics]`; None where no words are to be compared."""
    if not len(wanted.topics) or not blind.lines:
        return None
    rows = candidates.vectors_of(blind) if vectors is None else vectors
    compared: NDArray[np.float32] = rows.astype(np.float32) @ wanted.topics.T
    return compared


def _row(likeness: NDArray[np.float32] | None, wish: Wish) -> NDArray[np.float32] | None:
    return likeness[:, wish.topic] if likeness is not None and wish.topic >= 0 else None


def _part(wish: Wish, blind: Blind, found: Grade) -> Part:
    reached = found.grade if found.grade >= LEAST else 0
    line = blind.lines[found.line] if reached and found.line >= 0 else None
    told = line is not None and line.start >= 0
    return Part(
        text=wish.need.text,
        kind=wish.kind,
        weight=wish.weight,
        verdict=_verdict(reached),
        points=_points(wish.possible * reached // FULL),
        possible=_points(wish.possible),
        evidence=line.text if line else "",
        source=Source(page=line.page, start=line.start, end=line.end) if line and told else None,
        note=found.note,
    )


def _verdict(reached: int) -> Verdict:
    if reached == FULL:
        return Verdict.MET
    return Verdict.PARTIAL if reached else Verdict.MISSING


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)
