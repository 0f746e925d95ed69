"""From the text of a vacancy to its fields, in four languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import User
from tests.providers_documents import files
from tests.vacancies import texts
from vacancies.domain import parsing, writing
from vacancies.models import Vacancy

Api = Callable[[User | None], APIClient]
PATH = "/api/v1/vacancy/parse"

EXPECTED = [
    (
        texts.ENGLISH,
        ("Senior Backend Engineer (Python)", "Northwind Parcels", "backend", "en"),
        ["5+ years of experience with Python", "PostgreSQL or MySQL, tuned under load", "English at B2 or better"],
        ["Docker is a plus", "Kafka", "Bachelor's degree in computer science"],
        "Design the routing service in Go",
    ),
    (
        texts.CHINESE,
        ("前端工程师", "蓝湾科技有限公司", "frontend", "zh-hans"),
        [
            "本科及以上学历，计算机相关专业",
            "3年以上前端开发经验，精通 JavaScript、TypeScript",
            "熟练使用 React 或 Vue",
        ],
        ["有小程序开发经验者优先", "熟悉 Node.js", "英语可作为工作语言"],
        "负责商家后台的页面开发",
    ),
    (
        texts.RUSSIAN,
        ("Тестировщик (QA engineer)", "ООО «Север»", "qa", "ru"),
        [
            "опыт тестирования веб-приложений от 2 лет",
            "знание SQL и Postman",
            "английский язык не ниже B1",
            "высшее образование",
        ],
        ["Selenium или Playwright", "опыт работы с Jira"],
        "писать тест-планы на Java",
    ),
    (
        texts.KOREAN,
        ("프로덕트 매니저", "하늘소프트", "pm", "ko"),
        ["프로덕트 매니저 경력 3년 이상", "SQL을 활용한 데이터 분석 경험", "학사 학위 이상"],
        ["Figma 사용 경험", "영어로 회의가 가능하신 분"],
        "결제 서비스의 로드맵을 만듭니다",
    ),
]


@pytest.mark.parametrize(("text", "names", "musts", "nices", "duty"), EXPECTED, ids=["en", "zh", "ru", "ko"])
def test_a_vacancy(text: str, names: tuple[str, ...], musts: list[str], nices: list[str], duty: str) -> None:
    parsed = parsing.parse(text)
    assert (parsed.title, parsed.company_name, parsed.position_type, parsed.language) == names
    assert [row["text"] for row in parsed.requirements if row["kind"] == "must"] == musts
    assert [row["text"] for row in parsed.requirements if row["kind"] == "nice"] == nices
    assert {(row["kind"], row["weight"]) for row in parsed.requirements} == {("must", 3), ("nice", 1)}
    assert duty in parsed.description


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We are looking for a Data Engineer to join us.\nRequirements: 4+ years of Scala; Spark; Polish preferred.",
            ("Data Engineer", ["4+ years of Scala", "Spark", "Polish preferred"]),
        ),
        ("Ищем повара в кафе.\nОпыт от года обязателен.", ("повара", ["Опыт от года обязателен"])),
        (
            "熟悉 Java 与 JVM；有高并发经验；喜欢户外运动",
            ("", ["熟悉 Java 与 JVM", "有高并发经验"]),
        ),
        (
            "Nurse - City Hospital\nMust have\nBLS certificate\nNight shifts",
            ("Nurse", ["BLS certificate", "Night shifts"]),
        ),
        ("Go developer\n\nKey skills: Go, Redis", ("Go developer", ["Go", "Redis"])),
        ("# Requirements\n1. Python\n2. Python\n3. SQL", ("", ["Python", "SQL"])),
    ],
)
def test_other_ways_to_write_one(text: str, wanted: tuple[str, list[str]]) -> None:
    parsed = parsing.parse(text)
    assert (parsed.title, [row["text"] for row in parsed.requirements]) == wanted


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*texts.ENGLISH.splitlines(), *texts.CHINESE.splitlines(), "a" * 600, "：", "-", "1、"]))
)
def test_any_lines_give_a_vacancy_within_the_limits(lines: list[str]) -> None:
    parsed = parsing.parse("\n".join(lines))
    assert len(parsed.title) <= 200
    assert len(parsed.requirements) <= writing.MOST_REQUIREMENTS
    assert all(0 < len(row["text"]) <= writing.MOST_TEXT for row in parsed.requirements)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    parsing.parse(text)


def send(client: APIClient, data: bytes) -> Any:
    return client.post(PATH, {"file": SimpleUploadedFile("vacancy.bin", data)})


@pytest.mark.parametrize("make", [files.pdf, files.word, lambda lines: "\n".join(lines).encode()])
def test_a_file_is_read_and_not_stored(api: Api, recruiter: User, make: Callable[[list[str]], bytes]) -> None:
    answer = send(api(recruiter), make(["QA engineer", "Requirements:", "- Selenium", "Nice to have:", "- Jira"]))
    assert answer.status_code == 200
    assert answer.json() == {
        "title": "QA engineer",
        "company_name": "",
        "position_type": "qa",
        "description": "",
        "language": "en",
        "requirements": [
            {"text": "Selenium", "kind": "must", "weight": 3.0},
            {"text": "Jira", "kind": "nice", "weight": 1.0},
        ],
    }
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"  ", 422, "unreadable"),
        (b"%PDF-1.4 nothing", 422, "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), 415, "unsupported_media_type"),
        (b"a" * (10 * 1024 * 1024 + 1), 413, "too_large"),
    ],
)
def test_a_file_that_is_refused(api: Api, recruiter: User, data: bytes, status: int, code: str) -> None:
    answer = send(api(recruiter), data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_body_without_a_file(api: Api, recruiter: User) -> None:
    assert list(api(recruiter).post(PATH, {}).json()["errors"]) == ["file"]


def test_only_recruiters_parse(api: Api, manager: User, owner: User) -> None:
    assert [send(api(user), b"QA").status_code for user in (manager, owner, None)] == [403, 403, 401]


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 500_000 + "b",
        "- \n" * 100_000,
        "x:" * 300_000,
        "Requirements:\n- " + "Python or " * 50_000,
        "(" * 500_000,
    ],
    ids=["white space", "bullets", "colons", "alternatives", "brackets"],
)
def test_a_text_that_is_no_vacancy_is_read_in_no_time(text: str) -> None:
    """Each of these kept a pattern busy for minutes, or could."""
    parsed = parsing.parse(text)
    assert len(parsed.requirements) <= writing.MOST_REQUIREMENTS
    assert len(parsed.description) <= writing.MOST_DESCRIPTION
