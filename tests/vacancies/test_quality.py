"""Whether rankings say what a careful recruiter says: triples of a vacancy, a better and a worse resume."""

import functools
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.vacancies import written
from vacancies.domain import matching
from vacancies.domain.blind import Blind
from vacancies.models import Vacancy

LEAST = 0.95
LOADED: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "quality.yaml").read_text(encoding="utf-8"))
TRIPLES = [(vacancy, *pair) for vacancy, pairs in LOADED["pairs"].items() for pair in pairs]
ACROSS = [triple for triple in TRIPLES if triple[0][:2] != triple[1][:2]]


@functools.cache
def blind(name: str) -> Blind:
    return written.blind(LOADED["resumes"][name])


def vacancy(name: str) -> Vacancy:
    told = LOADED["vacancies"][name]
    return written.vacancy(*told["must"], nice=tuple(told["nice"]), title=told["title"])


@pytest.mark.parametrize("triples", [TRIPLES, ACROSS], ids=["all", "across languages"])
def test_the_better_resume_is_first(triples: list[tuple[str, str, str]]) -> None:
    wrong = []
    for name, better, worse in triples:
        wanted = matching.prepare(vacancy(name))
        totals = [matching.judge(wanted, blind(one)).total for one in (better, worse)]
        if totals[0] <= totals[1]:
            wrong.append(f"{name}: {better} {totals[0]} is not above {worse} {totals[1]}")
    print("\n".join(wrong))
    assert len(wrong) <= (1 - LEAST) * len(triples), wrong


def test_the_table_is_large_enough() -> None:
    assert len(TRIPLES) >= 40
    assert len(ACROSS) >= 15
    assert {name[:2] for name, *_pair in TRIPLES} == {"en", "zh", "ru", "ko"}
