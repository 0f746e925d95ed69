"""Vacancies in the admin: recruiters write them, candidates do not see them."""

from django.test import Client

from accounts.models import User
from vacancies.models import Vacancy

FIELDS = {
    "title": "Backend developer",
    "position_type": "backend",
    "requirements": "[]",
    "status": "open",
    "language": "en",
}


def test_a_recruiter_makes_a_vacancy(recruiter_client: Client, recruiter: User) -> None:
    answer = recruiter_client.post("/admin/vacancies/vacancy/add/", FIELDS)
    assert answer.status_code == 302
    vacancy = Vacancy.objects.get()
    assert (vacancy.title, vacancy.created_by, str(vacancy)) == ("Backend developer", recruiter, "Backend developer")


def test_its_maker_stays_its_maker(recruiter_client: Client, administrator_client: Client, recruiter: User) -> None:
    recruiter_client.post("/admin/vacancies/vacancy/add/", FIELDS)
    vacancy = Vacancy.objects.get()
    path = f"/admin/vacancies/vacancy/{vacancy.pk}/change/"
    assert administrator_client.post(path, {**FIELDS, "status": "closed"}).status_code == 302
    vacancy.refresh_from_db()
    assert (vacancy.status, vacancy.created_by) == ("closed", recruiter)


def test_the_form_is_in_the_recruiters_language(recruiter: User, recruiter_client: Client) -> None:
    User.objects.filter(pk=recruiter.pk).update(language="zh-hans")
    html = recruiter_client.get("/admin/vacancies/vacancy/add/").content.decode()
    assert "创建者" in html
    assert "Created by" not in html


def test_candidates_have_no_admin(owner_client: Client, db: None) -> None:
    assert owner_client.get("/admin/vacancies/vacancy/").status_code in (302, 403)
    assert owner_client.post("/admin/vacancies/vacancy/add/", FIELDS).status_code in (302, 403)
    assert not Vacancy.objects.exists()
