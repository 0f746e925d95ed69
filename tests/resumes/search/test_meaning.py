"""Search by meaning: four languages, filters, access, and what other processes changed."""

from typing import Any

import pytest

from accounts.models import User
from resumes.domain.search import folding, indexing, meaning
from resumes.models import Resume, ResumeVector
from tests.resumes.search.conftest import Indexed

EVERY_STORE = True


def names(user: User, text: str, count: int = 10, **wanted: Any) -> list[str]:
    return [found.resume.name for found in meaning.semantic(user, text, wanted, count)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("k8s", "kubernetes"),
        ("쿠버네티스 개발자", "kubernetes developer"),
        ("Go", "go"),
        ("I go home", "I go home"),
        ("后端工程师", "backend developer"),
        ("старший бэкенд-разработчик", "senior backend - developer"),
        ("машинное обучение", "machine learning"),
        ("Product manager", "Product manager"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert folding.fold(text, listed=True).split() == folded.split()


@pytest.fixture
def people(indexed: Indexed, owner: User, colleague: User) -> None:
    indexed(owner, "Backend developer", "Python", "k8s", "PostgreSQL", name="en", language="en", years=3,
        summary="Built a billing service for a bank")  # fmt: skip
    indexed(owner, "后端工程师", "Java", "Kubernetes", name="zh", language="zh-hans", years=6, summary="负责支付系统")
    indexed(colleague, "Бэкенд-разработчик", "Go", "кубернетес", name="ru", language="ru", years=8,
        summary="Разрабатывал платежи")  # fmt: skip
    indexed(colleague, "백엔드 개발자", "Kotlin", "쿠버네티스", name="ko", language="ko", summary="결제 서비스 개발")
    indexed(colleague, "UX designer", "Figma", name="ux", language="en", years=10, summary="Drew screens")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("text", ["Kubernetes", "k8s", "쿠버네티스"])
def test_one_skill_in_any_spelling_finds_all_of_its_spellings(recruiter: User, text: str) -> None:
    assert set(names(recruiter, text)) == {"en", "zh", "ru", "ko"}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("text", ["backend developer", "后端工程师", "бэкенд разработчик", "백엔드 개발자"])
def test_a_position_in_one_language_finds_it_in_all(recruiter: User, text: str) -> None:
    found = names(recruiter, text, count=4)
    assert set(found) == {"en", "zh", "ru", "ko"}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("billing for a bank", "en"),
        ("payments in Chinese 支付系统", "zh"),
        ("designer", "ux"),
        ("Kotlin k8s", "ko"),
        ("golang", "ru"),
    ],
)
def test_the_nearest_comes_first(recruiter: User, text: str, first: str) -> None:
    assert names(recruiter, text)[0] == first


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"skill": ["k8s"]}, {"en", "zh", "ru", "ko"}),
        ({"skill": ["kubernetes", "Python"]}, {"en"}),
        ({"years_min": 6.0}, {"zh", "ru"}),
        ({"language": "ru"}, {"ru"}),
        ({"status": "interviewed"}, set()),
        ({"status": "parsed", "language": "en"}, {"en"}),
        ({"position": "工程师"}, {"zh"}),
        ({"position": "backend", "skill": ["python"], "years_min": 1.0}, {"en"}),
    ],
)
def test_filters(recruiter: User, wanted: dict[str, Any], found: set[str]) -> None:
    assert set(names(recruiter, "kubernetes", **wanted)) == found


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("text", ["", "  ", "...", "qwzxkj"])
def test_what_means_nothing_finds_nobody(recruiter: User, text: str) -> None:
    assert names(recruiter, text) == []


@pytest.mark.usefixtures("people")
def test_a_person_finds_only_what_they_see(owner: User, colleague: User, outsider: User, administrator: User) -> None:
    assert set(names(owner, "kubernetes")) == {"en", "zh"}
    assert set(names(colleague, "kubernetes")) == {"ru", "ko"}
    assert names(outsider, "kubernetes") == []
    assert len(names(administrator, "kubernetes")) == 4


@pytest.mark.usefixtures("people")
def test_excerpts_show_the_line_that_was_found(recruiter: User) -> None:
    found = {one.resume.name: one.excerpt for one in meaning.semantic(recruiter, "k8s", {}, 10)}
    assert found == {
        "en": "Python, k8s, PostgreSQL",
        "zh": "Java, Kubernetes",
        "ru": "Go, кубернетес",
        "ko": "Kotlin, 쿠버네티스",
    }
    (first, *_) = meaning.semantic(recruiter, "billing", {}, 1)
    assert first.excerpt == "Built a billing service for a bank"


def test_a_long_line_is_cut_around_the_hit(indexed: Indexed, owner: User, recruiter: User) -> None:
    indexed(owner, "Developer", text="word " * 100 + "billing" + " word" * 100)
    (found,) = meaning.semantic(recruiter, "billing", {}, 1)
    assert found.excerpt.startswith("…")
    assert "billing" in found.excerpt
    assert len(found.excerpt) <= 241


@pytest.mark.usefixtures("people")
def test_a_row_that_the_index_still_has_and_the_database_not_is_passed_over(recruiter: User) -> None:
    Resume.objects.filter(name="ux").update(status="failed")
    assert names(recruiter, "figma") == []


def test_vectors_hold_what_the_store_was_given(indexed: Indexed, owner: User, recruiter: User) -> None:
    resume = indexed(owner, "Backend developer", "Python")
    assert ResumeVector.objects.get().resume_id == resume.pk
    resume.profile = {"skills": [{"name": "Rust"}]}
    indexing.index(resume)
    assert names(recruiter, "anything", skill=["python"]) == []
