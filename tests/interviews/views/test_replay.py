"""The replay's page: for who judges the interview, from the pages on which they read its code."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from interviews.admin.replay import texts
from interviews.models import CodeDocument, Interview
from proctoring.models import ProctoringEvent
from reports.models import Report
from tests.interviews.coding.test_replay import submission
from tests.interviews.coding.writing import Hand
from tests.interviews.factories import make_interview
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(owner: User) -> Interview:
    interview = make_interview(owner, status="completed")
    Hand().type("x = 1").store(interview, "t")
    submission(interview, "x = 1")
    return interview


def address(interview: Interview) -> str:
    return f"/admin/interviews/interview/{interview.pk}/replay/"


def page(client: Client, interview: Interview) -> str:
    answer = client.get(address(interview))
    assert answer.status_code == 200
    return answer.content.decode()


def given(html: str) -> dict[str, Any]:
    found = re.search(r'<script id="replay-page" type="application/json">(.*?)</script>', html)
    assert found is not None
    return dict(json.loads(found[1]))


def test_a_recruiter_is_shown_it(recruiter_client: Client, interview: Interview) -> None:
    html = page(recruiter_client, interview)
    source = {
        "description": f"/api/v1/interviews/{interview.pk}/replay/?task_id=t",
        "operations": f"/api/v1/interviews/{interview.pk}/replay/operations/?task_id=t",
    }
    assert given(html) == {"source": source, "texts": texts()}
    assert f'<a href="/admin/interviews/interview/{interview.pk}/change/">' in html
    assert [client.status_code for client in map(recruiter_client.get, source.values())] == [200, 200]


@pytest.mark.parametrize("who", ["owner", "colleague", "outsider", "manager"])
def test_for_others_there_is_no_such_page(request: pytest.FixtureRequest, interview: Interview, who: str) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    assert client.get(address(interview)).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: Client, interview: Interview) -> None:
    answer = client.get(address(interview))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/sign-in/")


def test_a_hiring_manager_is_shown_those_of_own_vacancies(
    manager_client: Client, manager: User, interview: Interview
) -> None:
    vacancy = Vacancy.objects.create(title="Backend", position_type="backend")
    vacancy.managers.add(manager)
    Interview.objects.update(vacancy=vacancy)
    html = page(manager_client, interview)
    assert f'<a href="/interviews/{interview.pk}/report/">' in html
    assert "/admin/interviews/interview/" not in html
    assert interview.owner.email not in html
    assert manager_client.get(given(html)["source"]["operations"]).status_code == 200
    assert address(interview) in manager_client.get(f"/interviews/{interview.pk}/report/").content.decode()


@pytest.mark.parametrize(("name", "shown"), [("", ""), ("Ann ann@example.com +1 202 555 0143", "Ann")])
def test_a_hiring_manager_reads_no_contacts(
    manager_client: Client, recruiter_client: Client, manager: User, interview: Interview, name: str, shown: str
) -> None:
    vacancy = Vacancy.objects.create(title="Backend", position_type="backend")
    vacancy.managers.add(manager)
    Interview.objects.update(vacancy=vacancy)
    User.objects.filter(pk=interview.owner_id).update(name=name)
    told = re.compile(r'<p class="replay-who">(.*?)(?: · )?<span')
    html = page(manager_client, interview)
    assert told.findall(html) == [shown]
    assert not {"alice@example.com", "ann@example.com", "0143"} & set(re.findall(r"[\w@.]+", html))
    assert told.findall(page(recruiter_client, interview)) == [name or "alice@example.com"]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_shows(administrator_client: Client, interview: Interview, method: str) -> None:
    assert getattr(administrator_client, method)(address(interview)).status_code == 405


def test_without_code_there_is_nothing(recruiter_client: Client, interview: Interview) -> None:
    assert recruiter_client.get(address(interview) + "?task_id=another").status_code == 404
    CodeDocument.objects.all().delete()
    assert recruiter_client.get(address(interview)).status_code == 404


def test_several_tasks_can_be_chosen_from(recruiter_client: Client, interview: Interview) -> None:
    Hand().type("y").store(interview, "u")
    assert given(page(recruiter_client, interview))["source"]["description"].endswith("?task_id=u")
    assert '<a href="?task_id=t">' in page(recruiter_client, interview)


def test_the_pages_with_the_code_lead_there(
    recruiter_client: Client, owner_client: Client, interview: Interview
) -> None:
    report = Report.objects.create(interview=interview, status="ready")
    pages = [f"/admin/interviews/interview/{interview.pk}/change/", f"/admin/reports/report/{report.pk}/change/"]
    link = f'href="{address(interview)}?task_id=t"'
    assert [link in recruiter_client.get(place).content.decode() for place in pages] == [True, True]
    for place in (f"/interviews/{interview.pk}/", f"/interviews/{interview.pk}/report/"):
        assert "/replay/" not in owner_client.get(place).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The candidate&#x27;s code got text at once: lines 12, characters 340."),
        ("zh-hans", "候选人的代码一次性增加了文本：12 行，340 个字符。"),
        ("ru", "В коде кандидата сразу появился текст: строк 12, символов 340."),
        ("ko", "지원자의 코드에 텍스트가 한꺼번에 들어왔습니다: 12줄, 340자."),
    ],
)
def test_what_was_noticed_is_told_in_the_recruiters_language(
    recruiter_client: Client, recruiter: User, colleague: User, interview: Interview, language: str, words: str
) -> None:
    User.objects.filter(pk=recruiter.pk).update(language=language)
    other = make_interview(colleague)
    report = Report.objects.create(interview=interview, status="ready")
    detail = {"seq": 3, "writing_ms": 5, "lines": 12, "characters": 340}
    ProctoringEvent.objects.create(interview=interview, signal="large_paste", source="editor", at_ms=5, detail=detail)
    for number in (other.pk, 99_999):
        detail = {"share": 0.9, "interview": number}
        ProctoringEvent.objects.create(
            interview=interview, signal="similar_code", source="server", at_ms=9, detail=detail
        )
    for place in (f"/admin/interviews/interview/{interview.pk}/change/", f"/admin/reports/report/{report.pk}/change/"):
        html = recruiter_client.get(place).content.decode()
        assert words in html
        assert f'href="/admin/interviews/interview/{other.pk}/change/"' in html
        assert "90%" in html
