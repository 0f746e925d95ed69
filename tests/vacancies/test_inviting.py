"""Invitations to interviews for a vacancy, and the reports that its hiring managers read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from interviews.models import Interview
from reports.models import Report
from tests.conftest import signed_in
from tests.interviews.factories import make_interview, make_resume
from tests.vacancies.conftest import MakeVacancy

Api = Callable[[User | None], APIClient]


def path(pk: int) -> str:
    return f"/api/v1/vacancy/{pk}/interviews/"


def test_a_recruiter_invites(api: Api, recruiter: User, owner: User, make_vacancy: MakeVacancy) -> None:
    vacancy, resume = make_vacancy(title="Go developer", requirements=["Go"]), make_resume(owner)
    body = {"resume_id": resume.pk, "language": "zh-CN"}
    answers = [api(recruiter).post(path(vacancy.pk), body, format="json") for _ in range(2)]
    interview = Interview.objects.get()
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == {
        "id": str(interview.pk),
        "vacancy_id": vacancy.pk,
        "resume_id": resume.pk,
        "position_name": "Go developer",
        "position_type": "backend",
        "language": "zh-hans",
        "status": "created",
    }
    assert api(owner).get(f"/api/v1/interviews/{interview.pk}/").json()["vacancy_id"] == vacancy.pk


def test_what_is_refused(api: Api, recruiter: User, owner: User, make_vacancy: MakeVacancy) -> None:
    opening, closed = make_vacancy(), make_vacancy(status="closed")
    ready, waiting = make_resume(owner), make_resume(owner, status="pending")
    for _ in range(5):
        make_interview(owner)

    def answer(vacancy: int, **body: Any) -> tuple[int, str]:
        got = api(recruiter).post(path(vacancy), body, format="json")
        return got.status_code, got.json()["code"]

    assert answer(closed.pk, resume_id=ready.pk) == (409, "vacancy_closed")
    assert answer(opening.pk, resume_id=ready.pk) == (409, "too_many_open_interviews")
    assert answer(opening.pk, resume_id=waiting.pk) == (400, "invalid")
    assert answer(opening.pk, resume_id=10**10) == (404, "not_found")
    assert answer(opening.pk, resume_id=ready.pk, interview_time="9999-12-31T23:59:59Z") == (400, "invalid")
    assert answer(4711, resume_id=ready.pk) == (404, "not_found")
    assert Interview.objects.filter(vacancy__isnull=False).count() == 0


def test_who_invites(
    api: Api, recruiter: User, manager: User, owner: User, outsider: User, make_vacancy: MakeVacancy
) -> None:
    vacancy, resume = make_vacancy(managers=[manager]), make_resume(owner)
    people = [(None, 401), (owner, 404), (outsider, 404), (manager, 403), (recruiter, 201)]
    for user, expected in people:
        answer = api(user).post(path(vacancy.pk), {"resume_id": resume.pk}, format="json")
        assert answer.status_code == expected, user


def test_the_report_names_the_vacancy_and_its_manager_reads_it(
    recruiter: User, manager: User, owner: User, colleague: User, outsider: User, make_vacancy: MakeVacancy
) -> None:
    vacancy = make_vacancy(title="Go <developer>", managers=[manager])
    theirs = make_interview(owner, vacancy=vacancy, status="completed")
    other = make_interview(colleague, vacancy=make_vacancy(title="Secret"), status="completed")
    none = make_interview(outsider, status="completed")
    for interview in (theirs, other, none):
        Report.objects.create(interview=interview)

    def seen(user: User) -> list[int]:
        return [signed_in(user).get(f"/interviews/{one.pk}/report/").status_code for one in (theirs, other, none)]

    assert seen(recruiter) == [200, 200, 200]
    assert seen(manager) == [200, 404, 404]
    assert seen(owner) == [200, 404, 404]
    html = signed_in(manager).get(f"/interviews/{theirs.pk}/report/").content.decode()
    assert "Vacancy: Go &lt;developer&gt;" in html
    assert f'href="/interviews/{theirs.pk}/"' not in html
    assert owner.email not in html
    assert signed_in(manager).get(f"/interviews/{theirs.pk}/").status_code == 404


def test_the_admin_names_the_vacancy(recruiter_client: Client, owner: User, make_vacancy: MakeVacancy) -> None:
    interview = make_interview(owner, vacancy=make_vacancy(title="Go developer"))
    report = Report.objects.create(interview=interview)
    link = f'/admin/vacancies/vacancy/{interview.vacancy_id}/change/">Go developer</a>'
    assert link in recruiter_client.get(f"/admin/interviews/interview/{interview.pk}/change/").content.decode()
    assert link in recruiter_client.get(f"/admin/reports/report/{report.pk}/change/").content.decode()


@pytest.mark.parametrize("section", ["resumes/resume", "interviews/interview", "reports/report", "accounts/user"])
def test_a_manager_has_no_other_lists(manager_client: Client, section: str) -> None:
    assert manager_client.get(f"/admin/{section}/").status_code == 403


def test_a_manager_finds_the_vacancies_from_the_first_page(manager_client: Client, owner_client: Client) -> None:
    link = 'href="/admin/vacancies/vacancy/"'
    assert link in manager_client.get("/").content.decode()
    assert link not in owner_client.get("/").content.decode()
