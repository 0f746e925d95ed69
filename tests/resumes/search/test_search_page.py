"""The recruiters' search page: who may, what is shown, what is refused."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resumes.models import Resume, VectorIndex
from tests.resumes.search.conftest import Indexed

PATH = "/admin/resumes/resume/search/"


def page_of(client: Client, **query: Any) -> str:
    return unescape(client.get(PATH, query).content.decode())


def names(client: Client, **query: Any) -> list[str]:
    return re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", page_of(client, **query))


@pytest.fixture
def three(indexed: Indexed, owner: User, colleague: User) -> None:
    indexed(owner, "Backend developer", "Python", "k8s", name="A", language="en", years=3)
    indexed(owner, "백엔드 개발자", "쿠버네티스", name="B", language="ko", years=1)
    indexed(colleague, "Дизайнер", "Figma", name="C", language="ru", status="interviewed")


@pytest.mark.usefixtures("three")
def test_only_recruiters_search_over_people(
    owner_client: Client,
    colleague_client: Client,
    outsider_client: Client,
    manager_client: Client,
    recruiter_client: Client,
    administrator_client: Client,
    client: Client,
) -> None:
    for stranger in (owner_client, colleague_client, outsider_client, client):
        answer = stranger.get(PATH, {"q": "python"})
        assert (answer.status_code, answer.content) == (302, b"")
    answer = manager_client.get(PATH, {"q": "python"})
    assert answer.status_code == 404
    assert "Backend" not in answer.content.decode()
    assert names(recruiter_client, q="python") == ["A"]
    assert names(administrator_client, q="python") == ["A"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "kubernetes"}, {"A", "B"}),
        ({"q": "kubernetes", "by": "words"}, set()),
        ({"q": "k8s", "by": "words"}, {"A"}),
        ({"q": "k8s", "skill": "python"}, {"A"}),
        ({"q": "k8s", "years_min": "2"}, {"A"}),
        ({"q": "k8s", "language": "ko"}, {"B"}),
        ({"skill": "kubernetes"}, {"A", "B"}),
        ({"skill": "kubernetes, python"}, {"A"}),
        ({"position": "дизайн"}, {"C"}),
        ({"status": "interviewed"}, {"C"}),
        ({"status": "failed"}, set()),
        ({"updated_after": "2020-01-01", "skill": "figma"}, {"C"}),
        ({"updated_before": "2020-01-01", "skill": "figma"}, set()),
        ({"q": "figma", "years_min": ""}, {"C"}),
        ({"q": "'; DROP TABLE x; -- \" * ("}, set()),
        ({"q": "!!! ... ---"}, set()),
        ({"q": "!!! ...", "by": "words"}, set()),
    ],
)
def test_what_is_found(recruiter_client: Client, query: dict[str, str], found: set[str]) -> None:
    assert set(names(recruiter_client, **query)) == found


@pytest.mark.usefixtures("three")
def test_a_result_says_why_it_was_found(recruiter_client: Client) -> None:
    page = page_of(recruiter_client, q="Kubernetes")
    first = re.search(r"<li>\s*<h3><a [^>]*>A</a>.*?</ul>\s*</li>", page, re.DOTALL)
    assert first is not None
    assert "Python, <mark>k8s</mark>" in first.group()
    assert '<li class="asked">k8s</li><li>Python</li>' in first.group()
    assert "Years of work: 3" in first.group()
    assert reverse("admin:resumes_resume_change", args=[Resume.objects.get(name="A").pk]) in first.group()


def test_what_somebody_wrote_is_shown_as_text(indexed: Indexed, owner: User, recruiter_client: Client) -> None:
    indexed(owner, "<script>alert(1)</script>", "Python", text="python <img src=x onerror=alert(1)>", name="<b>A</b>")
    page = recruiter_client.get(PATH, {"q": "python <i>"}).content.decode()
    for hostile in ("<script>alert", "<img src=x", "<b>A", "<i>"):
        assert hostile not in page


def test_nothing_asked_and_nothing_found(recruiter_client: Client) -> None:
    assert "Say in your own words" in page_of(recruiter_client)
    assert "Say in your own words" in page_of(recruiter_client, q=" ", by="meaning")
    assert "Nobody fits" in page_of(recruiter_client, q="qwzxkj")
    assert "0 resumes" in page_of(recruiter_client, q="qwzxkj")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"q": "a" * 501}, 400),
        ({"q": "a" * 100_000}, 400),
        ({"q": "a\0b"}, 400),
        ({"q": "a", "years_min": "many"}, 400),
        ({"q": "a", "years_min": "-1"}, 400),
        ({"q": "a", "years_min": "nan"}, 400),
        ({"q": "a", "status": "lost"}, 400),
        ({"q": "a", "language": "xx"}, 400),
        ({"q": "a", "by": "magic"}, 400),
        ({"q": "a", "updated_after": "soon"}, 400),
        ({"q": "a", "updated_before": "9999-12-31"}, 200),
        ({"q": "k8s", "p": "99"}, 200),
        ({"q": "k8s", "p": "x"}, 200),
        ({"q": "a b " * 100}, 200),
    ],
)
def test_limits(recruiter_client: Client, query: dict[str, str], status: int) -> None:
    answer = recruiter_client.get(PATH, query)
    assert answer.status_code == status
    assert ("errorlist" in answer.content.decode()) is (status == 400)


def test_a_page_holds_twenty(indexed: Indexed, owner: User, recruiter_client: Client) -> None:
    for number in range(21):
        indexed(owner, "Developer", "Python", name=f"R{number}")
    first = page_of(recruiter_client, q="python", language="")
    assert len(re.findall("<h3><a", first)) == 20
    assert "q=python&language=&p=2" in first
    assert len(names(recruiter_client, q="python", p="2")) == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("by", "queries"), [("meaning", 7), ("words", 5)])
def test_the_number_of_queries_does_not_grow(
    indexed: Indexed,
    recruiter: User,
    recruiter_client: Client,
    django_assert_num_queries: Any,
    count: int,
    by: str,
    queries: int,
) -> None:
    for _ in range(count):
        indexed(recruiter, "Developer", "Python", language="en")
    recruiter_client.get(PATH, {"q": "warm"})
    with django_assert_num_queries(queries):
        assert len(names(recruiter_client, q="python", language="en", by=by)) == count


def test_a_model_that_does_not_answer(
    indexed: Indexed, owner: User, recruiter_client: Client, settings: Any, closed_port: str
) -> None:
    indexed(owner, "Developer", "Python", name="A")
    VectorIndex.objects.update(model="openai:gone")
    settings.OPENAI_BASE_URL = closed_port
    answer = recruiter_client.get(PATH, {"q": "python"})
    assert answer.status_code == 503
    assert "or search by words" in answer.content.decode()
    assert names(recruiter_client, q="python", by="words") == ["A"]


def test_an_index_that_is_not_whole_says_so(indexed: Indexed, owner: User, recruiter_client: Client) -> None:
    indexed(owner, "Developer", "Python")
    VectorIndex.objects.update(state="building", total=7, done=3)
    assert "3 of 7 resumes" in page_of(recruiter_client)


def test_many_searches_in_a_minute(indexed: Indexed, recruiter_client: Client) -> None:
    answers = [recruiter_client.get(PATH, {"q": "a", "by": "words"}).status_code for _ in range(121)]
    assert (set(answers[:120]), answers[120]) == ({200}, 429)


@pytest.mark.parametrize("path", ["/admin/", "/admin/resumes/resume/", "/resumes/"])
def test_the_way_there(recruiter_client: Client, manager_client: Client, path: str) -> None:
    assert PATH in recruiter_client.get(path).content.decode()
    assert PATH not in manager_client.get(path).content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "搜索简历"), ("ru", "Поиск резюме"), ("ko", "이력서 검색")]
)
def test_in_the_readers_language(recruiter: User, recruiter_client: Client, language: str, words: str) -> None:
    recruiter.language = language
    recruiter.save()
    assert words in recruiter_client.get(PATH, headers={"accept-language": language}).content.decode()
