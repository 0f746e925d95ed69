"""The vacancy calls: shapes, limits, filters, and who may do what."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.vacancies.conftest import MakeVacancy
from vacancies.models import Vacancy

Api = Callable[[User | None], APIClient]
LIST = "/api/v1/vacancy/"
BODY: dict[str, Any] = {
    "title": "Backend developer",
    "company_name": "Acme",
    "position_type": "backend",
    "description": "Payments",
    "language": "zh-CN",
    "requirements": [
        {"text": "Python"},
        {"text": " Kafka \n or RabbitMQ ", "kind": "nice"},
        {"text": "SQL", "weight": 2.5},
    ],
}
ROWS = [
    {"text": "Python", "kind": "must", "weight": 3.0},
    {"text": "Kafka or RabbitMQ", "kind": "nice", "weight": 1.0},
    {"text": "SQL", "kind": "must", "weight": 2.5},
]


def test_making_one(api: Api, recruiter: User, manager: User) -> None:
    answer = api(recruiter).post(LIST, {**BODY, "managers": [manager.pk]}, format="json")
    body = answer.json()
    assert answer.status_code == 201
    assert set(body) == {
        "id", "title", "company_name", "position_type", "description", "requirements", "status", "language",
        "managers", "created_at", "updated_at",
    }  # fmt: skip
    assert (body["requirements"], body["status"], body["language"]) == (ROWS, "open", "zh-hans")
    vacancy = Vacancy.objects.get()
    assert (vacancy.created_by, vacancy.requirements, list(vacancy.managers.all())) == (recruiter, ROWS, [manager])
    assert api(recruiter).get(f"{LIST}{vacancy.pk}").json() == body


def test_changing_closing_and_reopening(api: Api, recruiter: User, make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy(requirements=["Go"])
    path = f"{LIST}{vacancy.pk}/"
    closed = api(recruiter).patch(path, {"title": "New", "status": "closed"}, format="json").json()
    assert (closed["title"], closed["status"], closed["requirements"][0]["text"]) == ("New", "closed", "Go")
    assert api(recruiter).patch(path, {"status": "open"}, format="json").json()["status"] == "open"
    assert [(step.after, step.by) for step in vacancy.history.all()] == [("closed", recruiter), ("open", recruiter)]


def test_a_lost_update_is_refused(api: Api, recruiter: User, administrator: User, make_vacancy: MakeVacancy) -> None:
    path = f"{LIST}{make_vacancy(title='A').pk}/"
    opened = api(recruiter).get(path).json()["updated_at"]
    first = api(recruiter).patch(path, {"title": "B", "updated_at": opened}, format="json")
    second = api(administrator).patch(path, {"title": "C", "updated_at": opened}, format="json")
    assert (first.status_code, second.status_code, second.json()["code"]) == (200, 409, "conflict")
    assert Vacancy.objects.get().title == "B"
    again = api(administrator).patch(path, {"title": "C", "updated_at": first.json()["updated_at"]}, format="json")
    assert again.status_code == 200
    assert api(recruiter).patch(path, {"title": "D"}, format="json").status_code == 200


def test_the_reason_is_kept(api: Api, recruiter: User, make_vacancy: MakeVacancy) -> None:
    vacancy = make_vacancy()
    body = {"status": "closed", "reason": "Filled"}
    answer = api(recruiter).patch(f"{LIST}{vacancy.pk}/", body, format="json")
    assert (answer.status_code, "reason" in answer.json()) == (200, False)
    assert [step.reason for step in vacancy.history.all()] == ["Filled"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "a" * 201),
        ("position_type", "cook"),
        ("description", "a" * 20_001),
        ("language", "tlh"),
        ("status", "lost"),
        ("reason", "a" * 201),
        ("updated_at", "yesterday"),
        ("managers", [0]),
        ("requirements", "Python"),
        ("requirements", ["Python"]),
        ("requirements", [{"text": ""}]),
        ("requirements", [{"text": "a" * 501}]),
        ("requirements", [{"text": "a\x00"}]),
        ("requirements", [{"text": "Go", "kind": "maybe"}]),
        ("requirements", [{"text": "Go", "weight": 0}]),
        ("requirements", [{"text": "Go", "weight": -1}]),
        ("requirements", [{"text": "Go", "weight": 101}]),
        ("requirements", [{"text": "Go", "weight": "nan"}]),
        ("requirements", [{"text": "Go"}] * 51),
    ],
)
def test_what_is_not_taken(api: Api, recruiter: User, field: str, value: Any) -> None:
    answer = api(recruiter).post(LIST, {**BODY, field: value}, format="json")
    assert (answer.status_code, answer.json()["code"], list(answer.json()["errors"])) == (400, "invalid", [field])
    assert not Vacancy.objects.exists()


def test_a_manager_is_a_hiring_manager(api: Api, recruiter: User, owner: User) -> None:
    answer = api(recruiter).post(LIST, {**BODY, "managers": [owner.pk]}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["managers"])


def test_whoever_left_is_named_no_more_but_may_be_sent_back(
    api: Api, recruiter: User, manager: User, make_vacancy: MakeVacancy
) -> None:
    theirs, other = make_vacancy(managers=[manager]), make_vacancy()
    User.objects.filter(pk=manager.pk).update(is_active=False)
    body = {"title": "B", "managers": [manager.pk]}
    answers = [api(recruiter).patch(f"{LIST}{one.pk}/", body, format="json") for one in (theirs, other)]
    assert [answer.status_code for answer in answers] == [200, 400]
    assert (list(theirs.managers.all()), list(other.managers.all())) == ([manager], [])
    assert api(recruiter).post(LIST, {**BODY, "managers": [manager.pk]}, format="json").status_code == 400


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["C", "B", "A"]),
        ("?status=closed", ["B"]),
        ("?position_type=qa", ["C"]),
        ("?language=ru-RU", ["C"]),
        ("?search=acme", ["A"]),
        ("?search=ПЛАТЕЖИ", ["C"]),
        ("?ordering=title", ["A", "B", "C"]),
        ("?ordering=title&page_size=2&page=2", ["C"]),
    ],
)
def test_the_list(api: Api, recruiter: User, make_vacancy: MakeVacancy, query: str, titles: list[str]) -> None:
    make_vacancy(title="A", company_name="Acme")
    make_vacancy(title="B", status="closed")
    make_vacancy(title="C", position_type="qa", language="ru", description="Платежи")
    body = api(recruiter).get(LIST + query).json()
    assert [row["title"] for row in body["results"]] == titles


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    api: Api, recruiter: User, manager: User, make_vacancy: MakeVacancy, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make_vacancy(managers=[manager])
    client = api(recruiter)
    with django_assert_num_queries(4):  # who asks, how many, the rows, their managers
        assert len(client.get(LIST).json()["results"]) == count


@pytest.mark.parametrize(
    ("method", "path", "recruiters", "named", "unnamed", "candidates", "strangers"),
    [
        ("get", LIST, 200, 200, 200, 403, 401),
        ("post", LIST, 400, 403, 403, 403, 401),
        ("get", LIST + "{id}/", 200, 200, 404, 404, 401),
        ("patch", LIST + "{id}/", 200, 403, 404, 404, 401),
        ("delete", LIST + "{id}/", 204, 403, 404, 404, 401),
    ],
)
def test_who_may_do_what(
    api: Api,
    make_vacancy: MakeVacancy,
    recruiter: User,
    manager: User,
    owner: User,
    method: str,
    path: str,
    recruiters: int,
    named: int,
    unnamed: int,
    candidates: int,
    strangers: int,
) -> None:
    other = User.objects.create_user("olga@example.com", role="hiring_manager")
    path = path.format(id=make_vacancy(managers=[manager]).pk)
    people = [(None, strangers), (owner, candidates), (other, unnamed), (manager, named), (recruiter, recruiters)]
    for user, expected in people:
        assert getattr(api(user), method)(path, format="json").status_code == expected, user


def test_a_manager_lists_what_names_them(api: Api, manager: User, make_vacancy: MakeVacancy) -> None:
    make_vacancy(title="Mine", managers=[manager])
    make_vacancy(title="Another")
    assert [row["title"] for row in api(manager).get(LIST).json()["results"]] == ["Mine"]
