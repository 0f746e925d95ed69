"""Rankings: who is first, who may see it, what it costs."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from resumes.domain import profiles, schema
from resumes.models import Resume, Status
from tests.resumes.conftest import MakeResume
from tests.vacancies import written
from tests.vacancies.conftest import MakeVacancy
from vacancies import tasks
from vacancies.domain import candidates, ranking
from vacancies.models import CandidateFeatures, Vacancy

Api = Callable[[User | None], APIClient]
Stored = Callable[..., Resume]
TEXT = """{name}
ann@example.com

Experience
Acme — Backend developer
Jan 2018 – Dec 2023
- Built services with {skills}

Skills
{skills}
"""


@pytest.fixture
def stored(make_resume: MakeResume, owner: User) -> Stored:
    """`stored("Python, SQL")` is a parsed resume of the owner that names these skills."""

    def make(skills: str, name: str = "Ann Lee", **fields: Any) -> Resume:
        one = written.resume(TEXT.format(name=name, skills=skills))
        kept = {"text": one.text, "profile": one.profile, "sources": one.sources, "years": one.years}
        return make_resume(fields.pop("owner", owner), **{"name": name, "language": "en", **kept, **fields})

    return make


@pytest.fixture
def backend(make_vacancy: MakeVacancy) -> Vacancy:
    return make_vacancy(requirements=["Python", "Kafka"])


def names(ranked: list[ranking.Ranked]) -> list[str]:
    return [one.resume.name for one in ranked]


def test_the_best_is_first(stored: Stored, backend: Vacancy, recruiter: User) -> None:
    stored("Figma", name="Third")
    stored("Python, Kafka", name="First")
    stored("Python, Figma", name="Second")
    stored("Python", name="Unread", status=Status.FAILED)
    ranked = ranking.candidates_for(backend, recruiter)
    assert names(ranked) == ["First", "Second", "Third"]
    assert [str(one.match.total) for one in ranked] == ["100.00", "50.00", "0.00"]
    assert ranking.waiting() == 0


def test_equals_come_in_an_order_that_stays_and_follows_no_name(
    stored: Stored, make_vacancy: MakeVacancy, recruiter: User
) -> None:
    for name in "ABCDEF":
        stored("Python", name=name)
    vacancies = [make_vacancy(requirements=["Python"]) for _ in range(4)]
    orders = ["".join(names(ranking.candidates_for(vacancy, recruiter))) for vacancy in vacancies]
    assert orders == ["".join(names(ranking.candidates_for(vacancy, recruiter))) for vacancy in vacancies]
    assert len(set(orders)) > 1
    assert {"".join(sorted(order)) for order in orders} == {"ABCDEF"}


def test_who_gets_a_ranking(
    stored: Stored, make_vacancy: MakeVacancy, recruiter: User, administrator: User, manager: User, owner: User
) -> None:
    stored("Python")
    mine, another = make_vacancy(managers=[manager]), make_vacancy()
    found = {
        user.name: [len(ranking.candidates_for(vacancy, user)) for vacancy in (mine, another)]
        for user in (recruiter, administrator, manager, owner)
    }
    assert found == {"Rita": [1, 1], "Ada": [1, 1], "Mona": [1, 0], "Alice": [0, 0]}


def test_vacancies_for_a_resume(
    stored: Stored, make_vacancy: MakeVacancy, recruiter: User, manager: User, owner: User
) -> None:
    resume = stored("Python, Kafka")
    make_vacancy(title="Rust", requirements=["Rust"])
    make_vacancy(title="Python", requirements=["Python"], managers=[manager])
    make_vacancy(title="Closed", requirements=["Python"], status="closed")
    assert [one.vacancy.title for one in ranking.vacancies_for(resume, recruiter)] == ["Python", "Rust"]
    assert [one.vacancy.title for one in ranking.vacancies_for(resume, manager)] == ["Python"]
    assert ranking.vacancies_for(resume, owner) == []
    assert ranking.vacancies_for(stored("Python", status=Status.FAILED), recruiter) == []


def test_a_correction_counts_at_once(stored: Stored, backend: Vacancy, recruiter: User) -> None:
    resume = stored("Figma")
    assert str(ranking.candidates_for(backend, recruiter)[0].match.total) == "0.00"
    corrected = {**resume.profile, "skills": [{"name": "Python"}]}
    profiles.correct(resume, {"profile": schema.from_json(corrected)})
    (one,) = ranking.candidates_for(backend, recruiter)
    assert (str(one.match.total), one.match.parts[0].evidence, one.match.parts[0].source) == ("50.00", "Python", None)


def test_the_background_reads_what_is_new_and_what_changed(stored: Stored) -> None:
    resume = stored("Python")
    stored("Python", status=Status.PARSING)
    tasks.refresh_candidates()
    assert list(CandidateFeatures.objects.values_list("resume_id", flat=True)) == [resume.pk]
    first = CandidateFeatures.objects.get()
    tasks.refresh_candidates()
    assert CandidateFeatures.objects.get().made_from == first.made_from
    resume.save()
    assert [one.pk for one in candidates.stale()] == [resume.pk]
    CandidateFeatures.objects.update(version="earlier")
    tasks.refresh_candidates()
    assert CandidateFeatures.objects.get().version == candidates.version()
    assert len(candidates.version()) <= 40
    resume.delete()
    assert not CandidateFeatures.objects.exists()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_at_the_turn_of_a_month_what_the_background_read_is_fresh_in_every_time_zone(zone: str) -> None:
    with timezone.override(zone):
        assert candidates.version(datetime(2026, 11, 30, 20, 0, tzinfo=UTC)).endswith("-202611")
        assert candidates.version(datetime(2026, 12, 1, 2, 0, tzinfo=UTC)).endswith("-202612")


@pytest.mark.parametrize("count", [1, 3])
def test_a_ranking_asks_the_same_number_of_questions(
    stored: Stored, backend: Vacancy, recruiter: User, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        stored("Python", name=str(number))
    candidates.refresh()
    with django_assert_num_queries(4):  # may they, whose resumes, which lack features, the features
        assert len(ranking.candidates_for(backend, recruiter)) == count


def test_the_call(api: Api, stored: Stored, backend: Vacancy, recruiter: User) -> None:
    resume = stored("Python", name="Ann Lee")
    answer = api(recruiter).get(f"/api/v1/vacancy/{backend.pk}/candidates")
    line = "Built services with Python"
    start = resume.text.index(line)
    assert answer.json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "resume_id": resume.pk,
                "name": "Ann Lee",
                "total": 50.0,
                "requirements": [
                    {
                        "text": "Python", "kind": "must", "weight": 3.0, "verdict": "met", "points": 50.0,
                        "possible": 50.0, "evidence": line, "note": "",
                        "source": {"page": 1, "start": start, "end": start + len(line)},
                    },
                    {
                        "text": "Kafka", "kind": "must", "weight": 3.0, "verdict": "missing", "points": 0.0,
                        "possible": 50.0, "evidence": "", "note": "", "source": None,
                    },
                ],
            }
        ],
        "waiting": 0,
    }  # fmt: skip


def test_pages_of_the_call(api: Api, stored: Stored, backend: Vacancy, recruiter: User) -> None:
    for skills in ("Figma", "Python", "Python, Kafka"):
        stored(skills, name=skills)
    body = api(recruiter).get(f"/api/v1/vacancy/{backend.pk}/candidates/?page_size=2&page=2").json()
    assert ([row["name"] for row in body["results"]], body["count"]) == (["Figma"], 3)
    assert api(recruiter).get(f"/api/v1/vacancy/{backend.pk}/candidates/?page=9").status_code == 404


def test_the_call_from_the_other_side(api: Api, stored: Stored, backend: Vacancy, recruiter: User) -> None:
    (row,) = api(recruiter).get(f"/api/v1/resume/{stored('Python').pk}/vacancies/").json()["results"]
    told = (row["vacancy_id"], row["title"], row["company_name"], row["position_type"], row["total"])
    assert told == (backend.pk, "Backend developer", "", "backend", 50.0)
    assert [part["verdict"] for part in row["requirements"]] == ["met", "missing"]


@pytest.mark.parametrize(
    ("path", "recruiters", "named", "unnamed", "candidates", "strangers"),
    [
        ("/api/v1/vacancy/{vacancy}/candidates/", 200, 200, 404, 404, 401),
        ("/api/v1/resume/{resume}/vacancies/", 200, 200, 404, 404, 401),
    ],
)
def test_who_may_ask(
    api: Api,
    stored: Stored,
    make_vacancy: MakeVacancy,
    recruiter: User,
    manager: User,
    owner: User,
    outsider: User,
    path: str,
    recruiters: int,
    named: int,
    unnamed: int,
    candidates: int,
    strangers: int,
) -> None:
    other = User.objects.create_user("olga@example.com", role="hiring_manager")
    path = path.format(vacancy=make_vacancy(managers=[manager]).pk, resume=stored("Python").pk)
    people = [(recruiter, recruiters), (manager, named), (other, unnamed), (owner, candidates), (outsider, candidates)]
    for user, expected in [*people, (None, strangers)]:
        assert api(user).get(path).status_code == expected, user


def test_a_hiring_manager_reads_no_contacts(
    api: Api, stored: Stored, make_vacancy: MakeVacancy, manager: User, recruiter: User
) -> None:
    stored("Python", name="Ann ann@example.com +1 415 555 2671")
    path = f"/api/v1/vacancy/{make_vacancy(requirements=['Python'], managers=[manager]).pk}/candidates/"
    answer = api(manager).get(path)
    assert answer.json()["results"][0]["name"] == "Ann"
    assert "@" not in answer.content.decode()
    assert api(recruiter).get(path).json()["results"][0]["name"] == "Ann ann@example.com +1 415 555 2671"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann_138-0013-8000_CV", "Ann CV"),
        ("CV_12025550143", "CV"),
        ("ann_lee@mail.com", "Resume"),
        ("Ann_Lee_2024-11-20", "Ann_Lee_2024-11-20"),
        ("C++_developer 2019–2024", "C++_developer 2019–2024"),
    ],
)
def test_a_name_that_was_a_file_s_is_without_contacts_too(
    recruiter: User, manager: User, outsider: User, name: str, shown: str
) -> None:
    resume = Resume(name=name)
    assert [ranking.name_for(resume, user) for user in (recruiter, manager, outsider)] == [name, shown, shown]
