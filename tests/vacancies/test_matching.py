"""Verdicts, points and evidence."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vacancies import written
from tests.vacancies.test_blind import ENGLISH
from vacancies.domain import matching, matching_notes, writing
from vacancies.domain.blind import Blind
from vacancies.domain.blind_reading import blind_of
from vacancies.models import Vacancy

ANNA = written.resume(ENGLISH)
SEEN = blind_of(ANNA)
LEDGER = "Built the ledger in Python and PostgreSQL, 3000 requests a second"
TOLD = "Backend engineer with 8 years of experience in payments"
LISTED = "Python (8 years), Go, Django, Kafka, Git"
SPOKEN = "English — C1, Russian — native"


def only(text: str, seen: Blind = SEEN) -> matching.Part:
    (part,) = matching.match(written.vacancy(text), seen).parts
    return part


@pytest.mark.parametrize(
    ("text", "verdict", "points", "evidence", "note"),
    [
        ("Python and PostgreSQL", "met", "100.00", LEDGER, ""),
        ("k8s", "met", "100.00", "Moved the monolith to Docker and Kubernetes", ""),
        ("Java, Kotlin or Go", "met", "100.00", LISTED, ""),
        ("SQL", "met", "100.00", LEDGER, ""),
        ("MySQL", "partial", "42.00", LEDGER, "neighbour"),
        ("Python and Rust", "partial", "50.00", LEDGER, ""),
        ("Figma", "missing", "0.00", "", ""),
        ("5+ years of Python", "met", "100.00", LEDGER, ""),
        ("5 лет опыта с PostgreSQL", "partial", "70.00", LEDGER, "fewer_years"),
        ("3 years of Kafka", "partial", "60.00", LISTED, "years_unknown"),
        ("경력 4년 이상", "met", "100.00", TOLD, ""),
        ("10年以上工作经验", "partial", "54.00", TOLD, ""),
        ("30 years of experience", "missing", "0.00", "", ""),
        ("4 years of backend development", "met", "100.00", "Senior Backend Developer", ""),
        ("3 years as a product manager", "partial", "20.00", TOLD, "other_work"),
        ("5 years of frontend development", "partial", "20.00", TOLD, "other_work"),
        ("English B2", "met", "100.00", SPOKEN, ""),
        ("Английский C2", "partial", "50.00", SPOKEN, ""),
        ("German or Russian, fluent", "met", "100.00", SPOKEN, ""),
        ("German", "missing", "0.00", "", ""),
        ("Bachelor's degree", "met", "100.00", "MSc in Applied Mathematics", ""),
        ("PhD", "partial", "50.00", "MSc in Applied Mathematics", ""),
        ("Senior", "met", "100.00", "Senior Backend Developer", ""),
        ("Team lead", "missing", "0.00", "", ""),
        ("Ведущий разработчик", "partial", "50.00", "Senior Backend Developer", ""),
        ("Experience as a backend developer", "met", "100.00", "Senior Backend Developer", ""),
        ("Team player", "missing", "0.00", "", "hardly_judged"),
    ],
)  # fmt: skip
def test_one_requirement(text: str, verdict: str, points: str, evidence: str, note: str) -> None:
    part = only(text)
    assert (part.verdict, str(part.points), part.evidence, part.note) == (verdict, points, evidence, note)


def test_the_evidence_has_its_place() -> None:
    part = only("Docker")
    assert part.source is not None
    assert ANNA.text[part.source["start"] : part.source["end"]] == part.evidence
    assert part.source["page"] == 1


def test_a_must_counts_more_than_a_wish_and_what_no_resume_shows_little() -> None:
    rows = [
        writing.requirement("Rust", "must", 2),
        writing.requirement("Scala", "nice", 2),
        writing.requirement("Team player", "must", 2),
    ]
    match = matching.match(Vacancy(requirements=rows), SEEN)
    assert [str(part.possible) for part in match.parts] == ["52.18", "34.78", "13.04"]
    assert match.total == 0


def test_a_vacancy_without_requirements_wants_what_its_title_and_description_say() -> None:
    vacancy = written.vacancy(title="Senior backend developer", description="We use Kafka and Figma.")
    assert [(part.text, part.kind, part.verdict) for part in matching.match(vacancy, SEEN).parts] == [
        ("Senior backend developer", "must", "met"),
        ("Kafka", "nice", "met"),
        ("Figma", "nice", "missing"),
    ]


def test_nothing_wanted_is_nothing_met() -> None:
    assert matching.match(Vacancy(requirements=[]), SEEN) == matching.Match(Decimal("0.00"), ())


def test_a_resume_shows_the_language_it_is_written_in() -> None:
    seen = written.blind("Иван Ли\nОпыт работы\nАкме, разработчик\n2019 – 2021\nНастроил Kafka для двадцати сервисов")
    assert only("Russian C1", seen).verdict == "met"
    assert only("Russian C1", seen).evidence == "Настроил Kafka для двадцати сервисов"


def test_every_note_has_a_text() -> None:
    assert all(matching_notes.text(note) for note in matching_notes.Note if note)
    assert matching_notes.text("") == matching_notes.text("unknown") == ""


WORDS = st.sampled_from(
    [
        "Python",
        "5 years of Java",
        "English C1",
        "Senior",
        "Bachelor",
        "Team player",
        "payments",
        "결제 시스템",
        "MySQL или Oracle",
    ]
)
ROWS = st.lists(
    st.builds(
        writing.requirement,
        st.one_of(WORDS, st.text(min_size=1, max_size=60)),
        st.sampled_from(writing.KINDS),
        st.floats(writing.LEAST_WEIGHT, writing.MOST_WEIGHT),
    ),
    min_size=1,
    max_size=writing.MOST_REQUIREMENTS,
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_points_add_up_exactly(rows: list[dict[str, Any]]) -> None:
    match = matching.match(Vacancy(requirements=rows), SEEN)
    assert sum(part.points for part in match.parts) == match.total
    assert sum(part.possible for part in match.parts) == 100
    assert 0 <= match.total <= 100
    assert [part.text for part in match.parts] == [row["text"] for row in rows]
    for part in match.parts:
        assert 0 <= part.points <= part.possible
        assert not part.evidence or part.evidence in ANNA.text
        assert (part.points == 0) or part.verdict != "missing"


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_shares_are_whole_and_fair(weights: list[int]) -> None:
    shares = matching.apportioned(weights)
    assert sum(shares) == (matching.ALL if sum(weights) else 0)
    for weight, share in zip(weights, shares, strict=True):
        assert abs(share - weight * matching.ALL / (sum(weights) or 1)) < 1
