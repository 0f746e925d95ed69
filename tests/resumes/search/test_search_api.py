"""`GET /api/v1/resume/search?q=`: who may, what comes, what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from resumes.models import Resume
from tests.resumes.search.conftest import Indexed

Api = Callable[[User | None], APIClient]
EVERY_STORE = True
PATH = "/api/v1/resume/search"


def found(client: APIClient, **query: Any) -> list[str]:
    return [row["name"] for row in client.get(PATH, query).json()["results"]]


@pytest.fixture
def three(indexed: Indexed, owner: User, colleague: User) -> None:
    indexed(owner, "Backend developer", "Python", "k8s", name="A", language="en", years=3)
    indexed(owner, "후임 개발자", "쿠버네티스", name="B", language="ko", years=1)
    indexed(colleague, "Дизайнер", "Figma", name="C", language="ru", status="interviewed")


def test_who_may_search(
    api: Api, indexed: Indexed, owner: User, colleague: User, outsider: User, recruiter: User, administrator: User
) -> None:
    indexed(owner, "Backend developer", "Python")
    indexed(colleague, "Tester", "Python")
    expected = [(owner, 403), (colleague, 403), (outsider, 403), (recruiter, 200), (administrator, 200), (None, 401)]
    for user, status in expected:
        answer = api(user).get(PATH, {"q": "python"})
        assert answer.status_code == status, user
        assert answer.json().get("success", True) is (status == 200)
        assert ("results" in answer.json()) is (status == 200)
    assert len(found(api(recruiter), q="python")) == 2


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("path", [PATH, PATH + "/"])
def test_the_shape_is_the_lists_with_score_and_excerpt(api: Api, recruiter: User, path: str) -> None:
    body = api(recruiter).get(path, {"q": "Kubernetes"}).json()
    assert (body["count"], body["next"], body["previous"]) == (2, None, None)
    listed = api(recruiter).get("/api/v1/resume/").json()["results"]
    first = next(row for row in body["results"] if row["name"] == "A")
    assert {name: value for name, value in first.items() if name not in {"score", "excerpt"}} == next(
        row for row in listed if row["name"] == "A"
    )
    assert first["excerpt"] == "Python, k8s"
    scores = [row["score"] for row in body["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "k8s"}, {"A", "B"}),
        ({"q": "k8s", "skill": "python"}, {"A"}),
        ({"q": "k8s", "skill": "python,figma"}, set()),
        ({"q": "k8s", "years_min": 2}, {"A"}),
        ({"q": "k8s", "language": "ko-KR"}, {"B"}),
        ({"q": "k8s", "position": "개발자"}, {"B"}),
        ({"q": "figma", "status": "interviewed"}, {"C"}),
        ({"q": "figma", "status": "parsed"}, set()),
        ({"q": "figma", "updated_after": "2020-01-01"}, {"C"}),
        ({"q": "figma", "updated_before": "2020-01-01T00:00:00Z"}, set()),
    ],
)
def test_filters(api: Api, recruiter: User, query: dict[str, Any], names: set[str]) -> None:
    assert set(found(api(recruiter), **query)) == names


@pytest.mark.usefixtures("three")
def test_pages(api: Api, recruiter: User) -> None:
    first = api(recruiter).get(PATH, {"q": "k8s", "page_size": 1}).json()
    second = api(recruiter).get(first["next"]).json()
    assert [row["name"] for page in (first, second) for row in page["results"]] == found(api(recruiter), q="k8s")
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"q": ""}, 400),
        ({"q": "a" * 501}, 400),
        ({"q": "a\0b"}, 400),
        ({"q": "a" * 100_000}, 400),
        ({"q": "후" * 500}, 200),
        ({"q": "a " * 250}, 200),
        ({"q": "a", "skill": "x" * 201}, 400),
        ({"q": "a", "position": "x" * 201}, 400),
        ({"q": "a", "years_min": "1e400"}, 400),
        ({"q": "a", "years_min": -1}, 400),
        ({"q": "a", "years_min": "nan"}, 400),
        ({"q": "a", "language": "xx"}, 400),
        ({"q": "a", "status": "lost"}, 400),
        ({"q": "a", "updated_after": "soon"}, 400),
        ({"q": "a", "page": 9}, 404),
        ({"q": "a", "page_size": 1_000_000}, 200),
    ],
)
def test_limits(api: Api, recruiter: User, query: dict[str, Any], status: int) -> None:
    assert api(recruiter).get(PATH, query).status_code == status


HOSTILE = (
    *(
        "'; DROP TABLE resumes_resume; --",
        '" OR 1=1',
        "NEAR(a b) AND NOT c*",
        "words:rust ^q + z",
        "a:* & !b | <-> c",
    ),
    *(
        "!!! ... ---",
        "' \" ` \\ %s {0} ${x}",
        "\u202e\u200b\ufeff",
        "🙂🙂",
        "＇；－－",
        "\x1b[31m \t\n",
        "*" * 500,
        '"' * 500,
    ),
)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("text", HOSTILE)
def test_syntax_is_only_text(api: Api, recruiter: User, text: str) -> None:
    """Of SQL, of either full-text search, of Milvus's filters: nothing of it is more than words."""
    client = api(recruiter)
    for query in ({"q": text}, {"q": "k8s", "position": text}, {"q": "k8s", "skill": text.replace(",", "")}):
        answer = client.get(PATH, query)
        assert answer.status_code in {200, 400}, answer.json()
        assert not answer.json().get("results")
    assert client.get("/api/v1/resume/", {"search": text}).status_code in {200, 400}
    assert Resume.objects.count() == 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    api: Api, indexed: Indexed, recruiter: User, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        indexed(recruiter, "Developer", "Python", language="en")
    client = api(recruiter)
    client.get(PATH, {"q": "warm"})
    with django_assert_num_queries(5):  # who asks, the indexes, words, skills, the page
        assert len(found(client, q="python", language="en")) == count


def test_a_model_that_does_not_answer(
    api: Api, indexed: Indexed, owner: User, recruiter: User, settings: Any, closed_port: str
) -> None:
    indexed(owner, "Developer", "Python")
    from resumes.models import VectorIndex

    VectorIndex.objects.update(model="openai:gone")
    settings.OPENAI_BASE_URL = closed_port
    settings.OPENAI_API_KEY = "k"
    answer = api(recruiter).get(PATH, {"q": "python"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("updated_after=2026-03-01", "B"),
        ("updated_before=2026-03-01", "A"),
        ("updated_after=2026-01-01&updated_before=2026-12-31", "BA"),
        ("updated_after=2026-03-01T12:00:00%2B03:00", "B"),
    ],
)
def test_the_list_by_date(api: Api, indexed: Indexed, owner: User, query: str, names: str) -> None:
    for name, at in (("A", "2026-02-01T00:00Z"), ("B", "2026-04-01T00:00Z")):
        Resume.objects.filter(pk=indexed(owner, "Developer", name=name).pk).update(updated_at=at)
    rows = api(owner).get(f"/api/v1/resume/?{query}").json()["results"]
    assert "".join(row["name"] for row in rows) == names


@pytest.mark.parametrize("query", ["updated_after=soon", "updated_before=2026-13-01"])
def test_dates_that_are_none(api: Api, owner: User, query: str) -> None:
    assert api(owner).get(f"/api/v1/resume/?{query}").status_code == 400
