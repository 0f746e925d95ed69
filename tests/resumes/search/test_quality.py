"""Who comes first: queries in four languages over the truth of the project's own set of resumes."""

from typing import Any

import pytest

from accounts.models import User
from resumes.domain.search import meaning
from tests.resumes.conftest import MakeResume
from tests.resumes.corpus import catalogue
from tests.resumes.search.conftest import Indexed, settle

EVERY_STORE = True
#: What the resumes of each language are about; the set goes through the trades twice.
TRADES = {
    "en": ("backend", "frontend", "data", "operations", "nurse", "accountant", "product"),
    "zh": ("backend", "frontend", "data", "testing", "accountant", "nurse", "algorithms"),
    "ru": ("backend", "1c", "testing", "data", "accountant", "mechanics", "android"),
    "ko": ("backend", "frontend", "data", "security", "nurse", "accountant", "android"),
}
#: A query, the trade of whom it should find first, and their language where the query says so much.
EXPECTED = """
Kubernetes = backend
k8s terraform = backend operations
FastAPI = backend
Kafka = backend en
Go = backend
Spring Boot = backend
React Redux = frontend
frontend engineer = frontend
registered nurse wound care = nurse en
management accountant IFRS = accountant en
payroll and VAT returns = accountant en
A/B testing product manager = product en
data scientist pandas = data
site reliability engineer = operations en
Prometheus Grafana = operations en
penetration testing security engineer = security ko
intrusion detection = security ko
android developer = android
Jetpack Compose = android
1C developer = 1c ru
AutoCAD = mechanics ru
mechanical design engineer SolidWorks = mechanics ru
QA engineer Selenium = testing
load testing JMeter = testing zh
CUDA = algorithms zh
machine learning engineer transformers = algorithms zh
后端开发 Java = backend zh
前端工程师 Vue = frontend zh
会计 纳税申报 = accountant zh
护士 重症监护 = nurse zh
数据分析师 Tableau = data zh
测试工程师 = testing zh
算法工程师 PyTorch = algorithms zh
金蝶 = accountant zh
用友 成本核算 = accountant zh
产品经理 用户研究 = product
安卓开发 = android
安全工程师 漏洞 = security
бэкенд разработчик Go = backend
тестировщик автотесты = testing ru
главный бухгалтер = accountant ru
бухгалтер МСФО = accountant ru
инженер-конструктор = mechanics ru
программист 1С = 1c ru
аналитик данных ClickHouse = data ru
разработчик под Android = android ru
расчёт на прочность = mechanics ru
медсестра = nurse
продуктовый менеджер = product
백엔드 개발자 = backend ko
프론트엔드 개발자 React = frontend ko
간호사 = nurse ko
응급 처치 = nurse ko
회계 세무 신고 = accountant ko
보안 엔지니어 = security ko
침입 탐지 = security ko
안드로이드 코틀린 = android
데이터 분석가 Airflow = data ko
더존 = accountant ko
쿠버네티스 자바 = backend
"""
PAIRS = [tuple(part.strip() for part in line.split(" = ")) for line in EXPECTED.strip().splitlines()]


def written(profile: dict[str, Any]) -> str:
    """The text of a resume as far as the search looks at it."""
    basics = profile.get("basics", {})
    lines = [basics.get("label", ""), basics.get("summary", "")]
    for job in profile.get("work", []):
        lines += [job.get("position", ""), job.get("summary", ""), *job.get("highlights", [])]
    return "\n".join([*lines, ", ".join(row["name"] for row in profile.get("skills", []))])


@pytest.fixture
def everybody(make_resume: MakeResume, store: str, owner: User) -> None:
    for one in catalogue.resumes():
        trades = TRADES[one.language]
        name = f"{trades[one.number % len(trades)]} {one.language}"
        make_resume(owner, name=name, text=written(one.truth), profile=one.truth)
    settle()


def fits(name: str, expected: str) -> bool:
    """Whether a resume is of one of the expected trades, and of the language if one is named."""
    trade, _, language = name.partition(" ")
    words = set(expected.split())
    return trade in words and (language in words or not words & set(TRADES))


@pytest.mark.usefixtures("everybody")
def test_who_comes_first(recruiter: User) -> None:
    found = {query: meaning.semantic(recruiter, query, {}, 1) for query, _ in PAIRS}
    first = {query: some[0].resume.name if some else "" for query, some in found.items()}
    assert len(PAIRS) == 60
    assert [(query, wanted, first[query]) for query, wanted in PAIRS if not fits(first[query], wanted)] == []


@pytest.mark.parametrize(
    ("query", "skill", "neighbour"),
    [
        ("Java", "Java", "JavaScript"),
        ("Go", "Go", "Google Ads"),
        ("C++", "C++", "C#"),
        ("SQL", "SQL", "NoSQL"),
        ("React", "React", "React Native"),
        ("Python developer", "Python", "Pytest"),
        ("эксперт по Kafka", "Kafka", "RabbitMQ"),
        ("熟悉 Vue", "Vue.js", "React"),
        ("코틀린", "Kotlin", "Java"),
    ],
)
def test_an_exact_skill_beats_a_vague_neighbour(
    indexed: Indexed, owner: User, recruiter: User, query: str, skill: str, neighbour: str
) -> None:
    """Also where the neighbour's whole resume is about little else and the other's about many things."""
    indexed(owner, "Developer", neighbour, summary=f"{neighbour} developer: {neighbour} for years", name="neighbour")
    many = ("Docker", "Figma", "Scrum", "Excel", "Linux", "Jira")
    indexed(owner, "Analyst", *many, skill, summary="Reports for a shop", name="exact")
    (first, *_) = meaning.semantic(recruiter, query, {}, 2)
    assert first.resume.name == "exact"
