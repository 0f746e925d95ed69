"""The pages of who fits a vacancy: what they say of each requirement, filters, inviting, and who may look."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from interviews.models import Interview
from reports.models import Report
from resumes.models import Resume
from tests.conftest import signed_in
from tests.resumes.conftest import build as build_resume
from tests.vacancies.conftest import MakeVacancy
from vacancies.models import Vacancy

TEXT = "Summary\nBuilt payment services in Python and PostgreSQL\nann@example.com\n+49 30 1234567\n"


def resume_of(owner: User | None, name: str, *skills: str, **fields: Any) -> Resume:
    text = f"{TEXT}Skills\n{', '.join(skills)}\n"
    profile = {
        "basics": {"name": "Ann Lee", "email": "ann@example.com", "phone": "+49 30 1234567"},
        "skills": [{"name": skill} for skill in skills],
    }
    return build_resume(owner, name=name, text=text, profile=profile, language="en", **fields)


def path(vacancy: Vacancy, rest: str = "") -> str:
    return f"/admin/vacancies/vacancy/{vacancy.pk}/candidates/{rest}"


@pytest.fixture
def vacancy(make_vacancy: MakeVacancy, manager: User) -> Vacancy:
    wanted = ["Python", "Kubernetes", {"text": "Kafka", "kind": "nice", "weight": 1}]
    return make_vacancy(title="Payments <developer>", requirements=wanted, managers=[manager])


def names(client: Client, address: str) -> list[str]:
    found = client.get(address).context["found"]
    return [row.resume.name for row in found.object_list]


def test_candidates_come_in_order_and_each_requirement_is_told(
    recruiter_client: Client, owner: User, colleague: User, vacancy: Vacancy
) -> None:
    resume_of(owner, "Weak", "Excel")
    strong = resume_of(colleague, "Strong", "Python", "Kubernetes", "Kafka")
    answer = recruiter_client.get(path(vacancy))
    html = answer.content.decode()
    assert [row.resume.name for row in answer.context["found"].object_list] == ["Strong", "Weak"]
    assert (html.count("✓</span> Met"), html.count("✕</span> Not shown")) == (4, 2)
    assert "2 of 2 musts met" in html
    assert "Payments &lt;developer&gt;" in html
    row = answer.context["found"].object_list[0]
    source = row.match.parts[1].source
    assert f'href="{path(vacancy, f"{strong.pk}/")}#at-{source["start"]}"' in html
    assert sum(part.points for part in row.match.parts) == row.match.total


def test_the_place_in_the_resume_is_marked_without_contacts(
    recruiter_client: Client, manager_client: Client, owner: User, vacancy: Vacancy
) -> None:
    resume = resume_of(owner, "Strong", "Python", "Kubernetes")
    for client in (recruiter_client, manager_client):
        answer = client.get(path(vacancy, f"{resume.pk}/"))
        html = answer.content.decode()
        for bit in answer.context["row"].bits:
            if bit.part.source:
                assert f'id="at-{bit.part.source["start"]}"><mark>' in html
        assert "ann@example.com" not in html
        assert "1234567" not in html
        assert owner.email not in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Strong", "Half", "Weak"]),
        ("?search=ST", ["Strong"]),
        ("?least=99", ["Strong"]),
        ("?musts=on", ["Strong"]),
        ("?language=ko", []),
        ("?invited=yes", ["Half"]),
        ("?invited=no", ["Strong", "Weak"]),
        ("?least=abc", ["Strong", "Half", "Weak"]),
        ("?page=99", ["Strong", "Half", "Weak"]),
    ],
)
def test_filters(recruiter_client: Client, owner: User, vacancy: Vacancy, query: str, expected: list[str]) -> None:
    resume_of(owner, "Strong", "Python", "Kubernetes", "Kafka")
    half = resume_of(owner, "Half", "Python")
    Resume.objects.filter(pk=half.pk).update(text="Python")
    build_resume(owner, name="Weak", text="Excel", profile={"skills": [{"name": "Excel"}]}, language="en")
    Interview.objects.create(
        owner=owner, resume=half, vacancy=vacancy, position_name="P", position_type="backend", language="en"
    )
    assert names(recruiter_client, path(vacancy) + query) == expected


def test_inviting(recruiter_client: Client, owner: User, vacancy: Vacancy) -> None:
    chosen, other = resume_of(owner, "Chosen", "Python"), resume_of(None, "Imported", "Python")
    answer = recruiter_client.post(path(vacancy), {"resume": [chosen.pk, other.pk, "x", ""]}, follow=True)
    html = answer.content.decode()
    assert "1 candidate was invited." in html
    assert "Imported: This resume was imported and belongs to nobody" in html
    interview = Interview.objects.get()
    assert (interview.resume, interview.vacancy) == (chosen, vacancy)
    again = recruiter_client.post(path(vacancy), {"resume": [chosen.pk]}, follow=True).content.decode()
    assert "Chosen: An interview for this vacancy is not over yet." in again
    assert "Interview: Created" in again
    none = recruiter_client.post(path(vacancy), follow=True).content.decode()
    assert "Choose at least one candidate first." in none


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 19, "９", "-1"])
def test_what_can_be_no_resume_is_invited_by_nobody(
    recruiter_client: Client, manager_client: Client, owner_client: Client, vacancy: Vacancy, key: str
) -> None:
    clients = (recruiter_client, manager_client, owner_client)
    answers = [client.post(path(vacancy), {"resume": key}) for client in clients]
    assert [answer.status_code for answer in answers] == [302, 404, 302]
    assert (answers[0]["Location"], "login" in answers[2]["Location"]) == (path(vacancy), True)
    assert not Interview.objects.exists()


def test_nobody_is_invited_for_a_closed_vacancy(recruiter_client: Client, owner: User, vacancy: Vacancy) -> None:
    resume = resume_of(owner, "Strong", "Python")
    Vacancy.objects.update(status="closed")
    assert 'name="resume"' not in recruiter_client.get(path(vacancy)).content.decode()
    answer = recruiter_client.post(path(vacancy), {"resume": [resume.pk]}, follow=True)
    assert "This vacancy is closed." in answer.content.decode()
    assert not Interview.objects.exists()


def test_empty_states(recruiter_client: Client, owner: User, vacancy: Vacancy) -> None:
    assert "There are no resumes that could be ranked yet." in recruiter_client.get(path(vacancy)).content.decode()
    resume_of(owner, "Strong", "Python")
    assert "No candidate fits these filters." in recruiter_client.get(path(vacancy) + "?search=x").content.decode()


def test_vacancies_for_a_resume(recruiter_client: Client, owner: User, make_vacancy: MakeVacancy) -> None:
    resume = resume_of(owner, "Strong", "Python")
    address = f"/admin/vacancies/vacancy/for-resume/{resume.pk}/"
    assert "No vacancy is open." in recruiter_client.get(address).content.decode()
    make_vacancy(title="Nurse", requirements=["Nursing"])
    make_vacancy(title="Gone", requirements=["Python"], status="closed")
    make_vacancy(title="Python developer", requirements=["Python"])
    found = recruiter_client.get(address).context["found"]
    assert [fit.vacancy.title for fit in found] == ["Python developer", "Nurse"]


def test_who_looks(
    recruiter: User, manager: User, owner: User, colleague: User, outsider: User, vacancy: Vacancy
) -> None:
    resume = resume_of(owner, "Strong", "Python")
    stranger = User.objects.create_user("olga@example.com", role="hiring_manager")
    pages = [path(vacancy), path(vacancy, f"{resume.pk}/"), f"/admin/vacancies/vacancy/for-resume/{resume.pk}/"]
    expected = {
        recruiter: [200, 200, 200],
        manager: [200, 200, 404],
        stranger: [404, 404, 404],
        owner: [302, 302, 302],  # to the admin's sign-in
        colleague: [302, 302, 302],
        outsider: [302, 302, 302],
    }
    for user, codes in expected.items():
        assert [signed_in(user).get(page).status_code for page in pages] == codes, user
    assert signed_in(manager).post(path(vacancy), {"resume": [resume.pk]}).status_code == 404
    assert signed_in(recruiter).get(path(vacancy, "4711/")).status_code == 404


def test_a_manager_sees_the_report_and_no_address_of_the_candidate(
    manager_client: Client, owner: User, vacancy: Vacancy
) -> None:
    interview = Interview.objects.create(
        owner=owner,
        resume=resume_of(owner, "Strong", "Python"),
        vacancy=vacancy,
        position_name="P",
        position_type="backend",
        language="en",
        status="completed",
    )
    Report.objects.create(interview=interview)
    html = manager_client.get(path(vacancy)).content.decode()
    assert f"/interviews/{interview.pk}/report/" in html
    assert "/admin/interviews/" not in html
    assert "/admin/resumes/" not in html
    assert owner.email not in html
    assert 'name="resume"' not in html


def test_a_manager_reads_no_contacts_in_names_and_positions(
    manager_client: Client, recruiter_client: Client, owner: User, vacancy: Vacancy
) -> None:
    position = "Backend, call +1 202 555 0143"
    resume = resume_of(owner, "CV lee@mail.com", "Python", expected_position=position)
    only = resume_of(owner, "lee@mail.com", "Python")
    pages = [path(vacancy), *(path(vacancy, f"{one.pk}/") for one in (resume, only)), path(vacancy)[:-1] + ".csv"]
    for page in pages:
        assert not {"lee@mail.com", "0143"} & set(re.findall(r"[\w@.]+", manager_client.get(page).content.decode())), (
            page
        )
        assert "lee@mail.com" in recruiter_client.get(page).content.decode()
    html = manager_client.get(path(vacancy)).content.decode()
    assert re.findall(rf'<h2><a href="{path(vacancy)}\d+/">(.*?)</a>', html) in (["CV", "Resume"], ["Resume", "CV"])
    assert "<li>Backend, call</li>" in html
    for words, count in (("lee@mail.com", 0), ("0143", 0), ("backend", 1)):
        assert len(names(manager_client, path(vacancy) + f"?search={words}")) == count, words
    assert len(names(recruiter_client, path(vacancy) + "?search=lee@mail.com")) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_ranking_asks_the_same_number_of_questions(
    recruiter_client: Client, owner: User, vacancy: Vacancy, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        resume = resume_of(owner, f"R{number}", "Python")
        Interview.objects.create(
            owner=owner, resume=resume, vacancy=vacancy, position_name="P", position_type="backend", language="en"
        )
    recruiter_client.get(path(vacancy))  # makes what matching keeps
    with django_assert_num_queries(10):
        recruiter_client.get(path(vacancy))
