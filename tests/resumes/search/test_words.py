"""Full-text search: words in four languages, the same on both databases."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from resumes import fulltext
from resumes.domain import filters, words
from resumes.models import Resume, ResumeWords
from tests.resumes.conftest import MakeResume


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Worked on C++, C# and .NET", ["worked", "on", "c++", "c#", "and", "net"]),
        ("Ёлка, ЧЁРНЫЙ", ["елка", "черный"]),
        ("前端工程师", ["前端", "端工", "工程", "程师"]),
        ("백엔드 개발자", ["백엔", "엔드", "개발", "발자"]),
        ("使用Python", ["使用", "python"]),
        ("ＡＢＣ ｱ", ["abc", "ア"]),
        ("a" * 100, ["a" * 64]),
        ('\'; DROP TABLE "x" --', ["drop", "table", "x"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert list(words.words(text)) == expected


@given(st.text())
def test_words_hold_nothing_that_a_database_would_read_as_more_than_a_word(text: str) -> None:
    for word in words.words(text):
        assert all(character.isalnum() or character in "+#" for character in word), word
        assert "'" not in word
        assert '"' not in word


def names(**wanted: Any) -> str:
    return "".join(sorted(resume.name for resume in filters.narrow(Resume.objects.all(), wanted)))


@pytest.fixture
def four(make_resume: MakeResume, owner: User) -> None:
    make_resume(owner, name="A", expected_position="Backend developer", text="Billing in C++ and C#. O'Reilly café")
    make_resume(owner, name="B", expected_position="Тестировщик", text="ПРОВЕРЯЛ Оплату, учёт и отчёты")
    make_resume(
        owner, name="C", text="负责高级前端工程师的工作，使用Kubernetes", profile={"work": [{"position": "前端工程师"}]}
    )
    make_resume(owner, name="D", text="백엔드개발자로 일했습니다", profile={"basics": {"label": "백엔드 개발자"}})


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("billing", "A"),
        ("BILL", "A"),
        ("illing", ""),
        ("c++", "A"),
        ("c#", "A"),
        ("o'reilly", "A"),
        ("café", "A"),
        ("проверял оплату", "B"),
        ("УЧЕТ", "B"),
        ("отчёт", "B"),
        ("前端", "C"),
        ("kubernetes", "C"),
        ("工", "C"),
        ("개발자", "D"),
        ("개발", "D"),
        ("billing оплату", ""),
        ("' OR 1=1 --", ""),
        ('"', ""),
        ("!!!", ""),
        ("a* OR b*", ""),
        ("backend", "A"),
        ("d", "AD"),
        ("", "ABCD"),
    ],
)
def test_search(search: str, found: str) -> None:
    assert names(search=search) == found


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("position", "found"),
    [
        ("backend", "A"),
        ("dev", "A"),
        ("тестировщик", "B"),
        ("前端", "C"),
        ("개발자", "D"),
        ("billing", ""),
        ("工程师", "C"),
    ],
)
def test_positions_are_those_wanted_named_and_held(position: str, found: str) -> None:
    assert names(position=position) == found


@pytest.mark.usefixtures("four")
def test_a_changed_and_a_deleted_resume() -> None:
    resume = Resume.objects.get(name="A")
    resume.text = "Invoices"
    words.store(resume)
    assert (names(search="billing"), names(search="invoices")) == ("", "A")
    resume.delete()
    assert names(search="invoices") == ""
    assert ResumeWords.objects.count() == 3


@pytest.mark.usefixtures("four")
def test_the_database_looks_words_up_in_an_index() -> None:
    rows = Resume.objects.filter(pk__in=fulltext.beginning(["billing"]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")  # quicker for four rows
    plan = rows.explain()
    assert ("resumes_words" in plan) or ("VIRTUAL TABLE INDEX" in plan), plan


def test_a_resume_of_a_hundred_thousand_words_is_kept_in_part(make_resume: MakeResume, owner: User) -> None:
    make_resume(owner, name="A", text=" ".join(f"w{n}" for n in range(100_000)))
    assert len(ResumeWords.objects.get().words.split()) == 20_000
    assert names(search="w7") == "A"
