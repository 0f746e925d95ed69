"""The replay of an interview's code: for who judges it, and for nobody else."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from interviews.models import Interview
from tests.interviews.coding.writing import Hand
from tests.interviews.factories import make_interview
from vacancies.models import Vacancy

Api = Callable[[User | None], APIClient]
pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(owner: User) -> Interview:
    interview = make_interview(owner)
    Hand().type("x = 1\n" * 50).store(interview, "t")
    return interview


def paths(interview: Interview) -> list[str]:
    return [f"/api/v1/interviews/{interview.pk}/replay/", f"/api/v1/interviews/{interview.pk}/replay/operations/"]


def test_a_recruiter_gets_it_without_any_consent(api: Api, recruiter: User, interview: Interview) -> None:
    """What was written is a part of the interview, as its transcript is."""
    described, pieces = (api(recruiter).get(path) for path in paths(interview))
    assert (described.status_code, pieces.status_code) == (200, 200)
    assert described.json()["operations"] == len(pieces.json()["operations"]) == 300
    assert pieces["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", ["owner", "colleague", "outsider", "manager"])
def test_for_others_it_does_not_exist(api: Api, request: pytest.FixtureRequest, interview: Interview, who: str) -> None:
    for path in paths(interview):
        answer = api(request.getfixturevalue(who)).get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_stranger_is_asked_who_they_are(api: Api, interview: Interview) -> None:
    assert [api(None).get(path).status_code for path in paths(interview)] == [401, 401]


def test_a_hiring_manager_gets_those_of_own_vacancies(api: Api, manager: User, interview: Interview) -> None:
    vacancy = Vacancy.objects.create(title="Backend", position_type="backend")
    Interview.objects.update(vacancy=vacancy)
    assert [api(manager).get(path).status_code for path in paths(interview)] == [404, 404]
    vacancy.managers.add(manager)
    assert [api(manager).get(path).status_code for path in paths(interview)] == [200, 200]


def test_without_a_document_there_is_nothing(api: Api, recruiter: User, colleague: User, interview: Interview) -> None:
    other = make_interview(colleague)
    assert [api(recruiter).get(path).status_code for path in paths(other)] == [404, 404]
    assert api(recruiter).get(paths(interview)[0] + "?task_id=another").status_code == 404


@pytest.mark.parametrize(
    ("after", "count"), [("0", 300), ("298", 2), ("300", 0), ("x", 300), ("-4", 300), ("9" * 30, 300)]
)
def test_after_an_operation(api: Api, recruiter: User, interview: Interview, after: str, count: int) -> None:
    assert len(api(recruiter).get(paths(interview)[1] + f"?after={after}").json()["operations"]) == count


def test_pieces_are_compressed(api: Api, recruiter: User, interview: Interview) -> None:
    answer: Any = api(recruiter).get(paths(interview)[1], HTTP_ACCEPT_ENCODING="gzip")
    assert answer["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(answer.content))["operations"]) == 300


def test_queries_do_not_grow_with_what_was_written(
    api: Api, recruiter: User, interview: Interview, django_assert_num_queries: Any
) -> None:
    client = api(recruiter)
    with django_assert_num_queries(9):
        client.get(paths(interview)[0])
    with django_assert_num_queries(4):
        client.get(paths(interview)[1])
