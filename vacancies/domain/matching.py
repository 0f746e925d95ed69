"""How far a resume meets a vacancy, requirement by requirement."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from vacancies.domain.blind import Blind
from vacancies.models import Vacancy


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


def match(vacancy: Vacancy, blind: Blind) -> Match:
    """What a resume, of which nothing but `blind` is seen, scores for a vacancy."""
    raise NotImplementedError
