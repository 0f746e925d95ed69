"""Resumes of one person: what makes two of them alike, what is decided, and who sees it."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from resumes import tasks
from resumes.domain import duplicates, likeness
from resumes.models import Duplicate, Resume, ResumeMark
from tests.resumes.conftest import MakeResume

pytestmark = pytest.mark.django_db
STORY = " ".join(f"built service{number} with tool{number} for team{number}" for number in range(30))


def make(make_resume: MakeResume, text: str = "", **basics: str) -> Resume:
    resume = make_resume(None, text=text, profile={"basics": basics}, name=basics.get("name", "A resume"))
    tasks.find_duplicates(resume.pk)
    return resume


def pairs() -> list[tuple[int, int, bool, bool, float]]:
    rows = Duplicate.objects.order_by("pk")
    return list(rows.values_list("first_id", "second_id", "same_email", "same_phone", "likeness"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"email": "Ann.Lee@gmail.com"}, {"email": "annlee+jobs@googlemail.com"}, (True, False)),
        ({"email": "ann@example.org"}, {"email": "ANN@example.org "}, (True, False)),
        ({"phone": "+7 912 345-67-89"}, {"phone": "8 (912) 345 67 89"}, (False, True)),
        ({"phone": "+82 10-1234-5678"}, {"phone": "010-1234-5678"}, (False, True)),
        ({"phone": "13812345678"}, {"phone": "+86 138 1234 5678"}, (False, True)),
    ],
)
def test_the_same_contact(
    make_resume: MakeResume, first: dict[str, str], second: dict[str, str], expected: tuple[bool, bool]
) -> None:
    one, two = make(make_resume, **first), make(make_resume, **second)
    assert pairs() == [(one.pk, two.pk, *expected, 0.0)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"email": "ann.lee@example.org"}, {"email": "annlee@example.org"}),
        ({"phone": "+7 912 345-67-89"}, {"phone": "+7 912 345-67-88"}),
        ({"phone": "12345"}, {"phone": "12345"}),
        ({}, {}),
    ],
)
def test_other_contacts(make_resume: MakeResume, first: dict[str, str], second: dict[str, str]) -> None:
    make(make_resume, **first)
    make(make_resume, **second)
    assert pairs() == []


def test_nearly_the_same_text(make_resume: MakeResume) -> None:
    one, two = make(make_resume, STORY), make(make_resume, STORY.replace("service7", "product7"))
    [(first, second, email, phone, alike)] = pairs()
    assert (first, second, email, phone) == (one.pk, two.pk, False, False)
    assert 0.9 < alike < 1
    make(make_resume, " ".join(f"sold product{number} in town{number}" for number in range(30)))
    assert len(pairs()) == 1


def test_a_short_text_says_nothing(make_resume: MakeResume) -> None:
    make(make_resume, "Ann Lee Python")
    make(make_resume, "Ann Lee Python")
    assert pairs() == []


def test_chinese_texts(make_resume: MakeResume) -> None:
    text = "负责后端服务的设计与开发，带领五人团队完成支付系统重构，优化数据库查询性能，参与需求评审并编写技术文档。"
    make(make_resume, text)
    make(make_resume, text.replace("五人", "六人"))
    assert [0.6 < row[4] < 1 for row in pairs()] == [True]


def test_a_decision_is_kept_and_the_rest_follows_the_text(make_resume: MakeResume, recruiter: User) -> None:
    one, two = make(make_resume, STORY), make(make_resume, STORY)
    three = make(make_resume, STORY)
    assert len(pairs()) == 3
    duplicates.decide(Duplicate.objects.get(first=one, second=three), "different", recruiter)
    Resume.objects.filter(pk=three.pk).update(text="")
    tasks.find_duplicates(three.pk)
    assert [(pair.first, pair.second, pair.verdict) for pair in Duplicate.objects.order_by("pk")] == [
        (one, two, ""),
        (one, three, "different"),
    ]


def test_contacts_are_not_kept_in_the_clear(make_resume: MakeResume, settings: Any) -> None:
    make(make_resume, email="ann@example.org")
    value = ResumeMark.objects.get(kind="email").value
    settings.SECRET_KEY = "another"
    assert duplicates.keyed("email", "ann@example.org") != value


def test_what_was_never_compared_is_found(make_resume: MakeResume) -> None:
    first, second = make_resume(None), make_resume(None)
    assert (tasks.sweep_duplicates(), ResumeMark.objects.count()) == (2, 0)
    for resume in (first, second):
        tasks.find_duplicates(resume.pk)
    make_resume(None, status="failed")
    assert tasks.sweep_duplicates() == 0


def test_a_resume_that_is_gone(make_resume: MakeResume) -> None:
    one, two = make(make_resume, STORY), make(make_resume, STORY)
    two.delete()
    tasks.find_duplicates(one.pk + 100)
    assert (pairs(), ResumeMark.objects.exclude(resume=one).count()) == ([], 0)


def test_likeness_of_sets() -> None:
    one, two = likeness.sequences(STORY), likeness.sequences(STORY[: len(STORY) // 2])
    assert (likeness.likeness(one, one), likeness.likeness(one, likeness.sequences(""))) == (1.0, 0.0)
    assert 0.4 < likeness.likeness(one, two) < 0.6
    assert len(list(likeness.bands(one))) == likeness.BANDS
    assert list(likeness.bands(likeness.sequences(""))) == []


def test_a_recruiter_decides(recruiter_client: Client, make_resume: MakeResume, recruiter: User) -> None:
    one, two = make(make_resume, STORY, name="Ann Lee"), make(make_resume, STORY, name="Ann B. Lee")
    page = recruiter_client.get(f"/admin/resumes/resume/{one.pk}/change/").content.decode()
    assert ("Ann B. Lee" in page, "texts 100% alike" in page) == (True, True)
    pair = Duplicate.objects.get()
    assert "Ann B. Lee" in recruiter_client.get("/admin/resumes/duplicate/").content.decode()
    assert "Is this one person?" in recruiter_client.get(f"/admin/resumes/duplicate/{pair.pk}/change/").content.decode()
    back = f"/admin/resumes/resume/{one.pk}/change/"
    answer = recruiter_client.post(f"/admin/resumes/duplicate/{pair.pk}/decide/", {"verdict": "same", "back": back})
    pair.refresh_from_db()
    assert (answer.headers["Location"], pair.verdict, pair.decided_by) == (back, "same", recruiter)
    away = {"verdict": "", "back": "https://elsewhere.example/"}
    answer = recruiter_client.post(f"/admin/resumes/duplicate/{pair.pk}/decide/", away)
    pair.refresh_from_db()
    assert (answer.headers["Location"], pair.verdict) == ("/admin/resumes/duplicate/", "")
    assert recruiter_client.post(f"/admin/resumes/duplicate/{pair.pk}/decide/", {"verdict": "x"}).status_code == 404
    many = {"action": "different", "_selected_action": [pair.pk]}
    recruiter_client.post("/admin/resumes/duplicate/", many)
    assert Duplicate.objects.get().verdict == "different"
    assert two.pk


@pytest.mark.parametrize(("who", "status"), [("owner", 302), ("outsider", 302), ("manager", 404), ("recruiter", 200)])
def test_who_sees_a_pair(request: pytest.FixtureRequest, make_resume: MakeResume, who: str, status: int) -> None:
    make(make_resume, STORY)
    make(make_resume, STORY)
    client: Client = request.getfixturevalue(f"{who}_client")
    url = f"/admin/resumes/duplicate/{Duplicate.objects.get().pk}/"
    assert client.get(url + "change/").status_code == status
    assert client.post(url + "decide/", {"verdict": "same"}).status_code == (302 if status == 200 else status)
    assert Duplicate.objects.get().verdict == ("same" if who == "recruiter" else "")


@pytest.mark.parametrize("count", [1, 3])
def test_the_search_asks_a_fixed_number_of_times(
    make_resume: MakeResume, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        make(make_resume, f"{STORY} {number}" if number else "")
    lone = make_resume(None, text="")
    with django_assert_num_queries(7):
        tasks.find_duplicates(lone.pk)
