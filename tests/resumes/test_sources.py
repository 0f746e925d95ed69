"""Where each value of a profile stands in its document."""

import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from providers.documents.base import Document, Line
from resumes.domain import sources
from resumes.domain.folding import Folded, fold
from resumes.domain.parser.assembly import parse

JOBS = [
    "Ann Lee",
    "ann.lee@example.org   8 (916) 123-45-67",
    "github.com/annlee | t.me/annlee",
    "Experience",
    "Developer, Acme",
    "март 2021 – н. в.",
    "Built the billing service in Python and moved it from virtual machines to Kuber-",
    "netes with no downtime",
    "Developer, Acme",
    "Jan – Mar 2020",
    "Trained models for машинного обучения",
    "Skills",
    "Python, k8s, JavaScript",
]


def document(lines: list[str], **more: Any) -> Document:
    return Document([Line(text, **more) for text in lines])


def quoted(lines: list[str] | Document, profile: dict[str, Any]) -> dict[str, str]:
    """The words that each source points at."""
    whole = lines if isinstance(lines, Document) else document(lines)
    found = sources.locate(whole, profile)
    return {pointer: whole.text[source["start"] : source["end"]] for pointer, source in found.items()}


@pytest.mark.parametrize(
    ("profile", "pointer", "words"),
    [
        ({"basics": {"name": "ANN LEE"}}, "/basics/name", "Ann Lee"),
        ({"basics": {"phone": "+7 916 123-45-67"}}, "/basics/phone", "8 (916) 123-45-67"),
        ({"basics": {"email": "Ann.Lee@example.org"}}, "/basics/email", "ann.lee@example.org"),
        (
            {"basics": {"profiles": [{"network": "Telegram", "url": "https://t.me/annlee"}]}},
            "/basics/profiles/0/network",
            "t.me/annlee",
        ),
        ({"work": [{"startDate": "2021-03"}]}, "/work/0/startDate", "март 2021"),
        ({"work": [{"startDate": "2021"}]}, "/work/0/startDate", "март 2021"),
        ({"work": [{"startDate": "2020-01", "endDate": "2020-03"}]}, "/work/0/startDate", "Jan – Mar 2020"),
        ({"skills": [{"name": "Kubernetes"}]}, "/skills/0/name", "Kuber-\nnetes"),
        ({"skills": [{"name": "машинное обучение"}]}, "/skills/0/name", "машинного обучения"),
        (
            {"work": [{"summary": "moved it from virtual machines to Kubernetes with no downtime"}]},
            "/work/0/summary",
            "moved it from virtual machines to Kuber-\nnetes with no downtime",
        ),
    ],
)
def test_a_value_is_found_as_it_is_written(profile: dict[str, Any], pointer: str, words: str) -> None:
    assert quoted(JOBS, profile)[pointer] == words


@pytest.mark.parametrize(
    "profile",
    [
        {"skills": [{"name": "Java"}]},
        {"work": [{"name": "Umbrella"}]},
        {"work": [{"startDate": "2021-04"}]},
        {"basics": {"phone": "+7 916 123-45-68"}},
        {"basics": {"email": "annlee@example.org"}},
        {"basics": {"profiles": [{"network": "Telegram", "url": "https://vk.com/ann"}]}},
        {"work": [{"highlights": ["Built the billing service in Python and led a team of forty people"]}]},
    ],
)
def test_what_the_document_does_not_say_has_no_source(profile: dict[str, Any]) -> None:
    assert quoted(JOBS, profile) == {}


def test_equal_words_belong_to_their_own_entries() -> None:
    whole = document(JOBS)
    job = {"name": "Acme", "position": "Developer"}
    profile = {"work": [{**job, "startDate": "2021-03"}, {**job, "startDate": "2020-01", "endDate": "2020-03"}]}
    found = sources.locate(whole, profile)
    second = whole.text.index("Developer", whole.text.index("Developer") + 1)
    assert found["/work/0/position"]["start"] == whole.text.index("Developer")
    assert found["/work/1/position"]["start"] == second
    assert found["/work/1/name"]["start"] == whole.text.index("Acme", second)


def test_entries_in_another_order_than_the_document_keep_their_dates() -> None:
    whole = document(JOBS)
    job = {"name": "Acme", "position": "Developer"}
    profile = {"work": [{**job, "startDate": "2020-01", "endDate": "2020-03"}, {**job, "startDate": "2021-03"}]}
    found = sources.locate(whole, profile)
    assert found["/work/0/position"]["start"] > found["/work/1/position"]["start"]


def test_skills_are_shown_where_they_are_listed() -> None:
    whole = document(JOBS)
    found = sources.locate(whole, {"skills": [{"name": "Python"}, {"name": "JavaScript"}]})
    assert found["/skills/0/name"]["start"] == whole.text.index("Python, k8s")


def test_a_paragraph_over_two_pages_is_found_around_the_foot() -> None:
    halves = ["Rewrote the settlement engine of the bank, which", "used to take all night, in three months"]
    lines = [Line(halves[0]), Line("Ann Lee — page 1 of 2"), Line(halves[1], page=2)]
    found = sources.locate(Document(lines, pages=2), {"work": [{"highlights": [" ".join(halves)]}]})
    assert found["/work/0/highlights/0"] == {
        "page": 1,
        "start": 0,
        "end": len("\n".join(line.text for line in lines)),
        "box": None,
    }


def test_page_and_box_of_the_lines() -> None:
    lines = [
        Line("Ann Lee", gap=True, box=(50, 780, 120, 800)),
        Line("Developer at the Ministry of", page=2, gap=True, box=(50, 700, 300, 712)),
        Line("Silly Walks", page=2, box=(50, 686, 110.123, 698)),
    ]
    found = sources.locate(Document(lines, pages=2), {"work": [{"name": "Ministry of Silly Walks"}]})
    assert found["/work/0/name"] == {"page": 2, "start": 26, "end": 49, "box": [50, 686, 300, 712]}


@pytest.mark.parametrize(
    "lines",
    [
        ["王小明", "电话：138-1234-5678", "工作经历", "2019年3月至2021年2月", "腾讯 后端工程师", "技能", "机器学习"],
        ["홍길동", "010-1234-5678", "경력", "2019.03 ~ 2021.02 네이버 백엔드 개발자", "기술", "쿠버네티스, 파이썬"],
        ["Иван Петров", "+7 (999) 123-45-67", "Опыт работы", "С мая 2020 по н.в.", "Разработчик, ООО «Ромашка»"],
        JOBS,
    ],
)  # fmt: skip
def test_everything_that_the_offline_parser_reads_has_a_source(lines: list[str]) -> None:
    whole = document(lines)
    profile = parse(whole).profile
    assert {value.pointer for value in sources.values(profile)} == set(sources.locate(whole, profile))


@given(st.text(max_size=200))
def test_every_folded_character_knows_its_place(text: str) -> None:
    folded = Folded(text)
    assert len(folded.text) == len(folded.places)
    assert folded.text == fold(text)
    assert all(letter in fold(text[place]) for letter, place in zip(folded.text, folded.places, strict=True))


@given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=12))
@example(["¼"], "1")
def test_a_source_always_quotes_the_value(lines: list[str], value: str) -> None:
    for words in quoted(lines, {"work": [{"position": value}]}).values():
        assert fold(words) == fold(value)


@pytest.mark.parametrize("line", ["Python, Go, SQL 2019 developer", "a" * 30, "2019 – 2021"])
def test_a_long_document_takes_linear_time(line: str) -> None:
    whole = document([line] * (120_000 // len(line)))
    job = {"name": "Go", "position": "a" * 5000, "startDate": "2019", "highlights": ["Python, Go " * 30, "developer"]}
    began = time.process_time()
    sources.locate(whole, {"work": [job] * 100, "skills": [{"name": f"skill {n}"} for n in range(500)]})
    assert time.process_time() - began < 20
