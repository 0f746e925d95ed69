"""Interviews begin: made by a candidate, or from a bare resume, and made ready once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from accounts.models import User
from interviews.domain import access, creation
from interviews.models import Interview
from resumes.models import Resume, ResumeStatusChange
from tests.interviews.factories import make_interview, make_resume

FIELDS: dict[str, Any] = {"position_name": "Tester", "position_type": "qa"}


def test_created_with_a_resume_it_has_its_plan(owner: User) -> None:
    resume = make_resume(owner)
    interview = creation.create(owner, resume=resume, **FIELDS)
    stored = Interview.objects.get()
    assert (stored.status, stored.phase, stored.resume, stored.plan) == ("created", "waiting", resume, interview.plan)
    assert len(stored.plan) == 8
    resume.refresh_from_db()
    assert resume.status == "parsed"


def test_created_without_a_resume_it_gets_its_plan_later(owner: User) -> None:
    interview = creation.create(owner, **FIELDS)
    assert interview.plan == []
    resume = make_resume(owner)
    creation.prepare(interview, resume)
    stored = Interview.objects.get()
    assert (stored.resume, len(stored.plan)) == (resume, 8)
    resume.refresh_from_db()
    assert resume.status == "interview_scheduled"


@pytest.mark.parametrize(
    ("asked", "own", "language"), [("zh-CN", "ru", "zh-hans"), ("", "ru", "ru"), ("xx", "", "en"), ("ko", "", "ko")]
)
def test_the_language(owner: User, asked: str, own: str, language: str) -> None:
    owner.language = own
    assert creation.create(owner, language=asked, **FIELDS).language == language


def test_preparing_again_changes_nothing(owner: User) -> None:
    interview, resume = make_interview(owner), make_resume(owner)
    first = creation.prepare(interview, resume).plan
    assert creation.prepare(Interview.objects.get(), Resume.objects.get()).plan == first
    assert ResumeStatusChange.objects.count() == 1


def test_another_resume_may_be_chosen_until_it_is_active(owner: User) -> None:
    interview = make_interview(owner)
    creation.prepare(interview, make_resume(owner))
    other = make_resume(owner, profile={"skills": [{"name": "Fortran"}]})
    assert "Fortran" in creation.prepare(interview, other).plan[0]["text"]
    Interview.objects.update(status="active")
    interview.refresh_from_db()
    with pytest.raises(creation.ResumeTaken):
        creation.prepare(interview, make_resume(owner))
    assert Interview.objects.get().resume == other


def test_an_active_interview_keeps_its_plan(owner: User) -> None:
    resume = make_resume(owner)
    interview = make_interview(owner, status="active", resume=resume, plan=[{"key": "old"}])
    assert creation.prepare(interview, resume).plan == [{"key": "old"}]


@pytest.mark.parametrize("status", ["pending", "parsing", "failed"])
def test_a_resume_that_is_not_usable(owner: User, status: str) -> None:
    resume = make_resume(owner, status=status)
    with pytest.raises(creation.ResumeNotUsable):
        creation.create(owner, resume=resume, **FIELDS)
    with pytest.raises(creation.ResumeNotUsable):
        creation.open_for_resume(resume)
    with pytest.raises(creation.ResumeNotUsable):
        creation.prepare(make_interview(owner), resume)
    assert Interview.objects.filter(resume=resume).count() == 0


class TestOpenForResume:
    def test_a_new_one_is_guessed_from_the_resume(self, owner: User) -> None:
        resume = make_resume(owner, expected_position="前端工程师", language="zh-hans")
        interview = creation.open_for_resume(resume)
        fields = (interview.owner, interview.position_name, interview.position_type, interview.language)
        assert fields == (owner, "前端工程师", "frontend", "zh-hans")
        assert len(interview.plan) == 8

    def test_the_latest_that_is_not_over(self, owner: User) -> None:
        resume = make_resume(owner)
        make_interview(owner, resume=resume)
        newest = make_interview(owner, resume=resume, status="active", plan=[{"key": "x"}])
        make_interview(owner, resume=resume, status="completed")
        make_interview(owner)
        assert creation.open_for_resume(resume) == newest
        assert Interview.objects.count() == 4

    def test_a_resume_without_a_position(self, owner: User) -> None:
        interview = creation.open_for_resume(make_resume(owner, expected_position=""))
        assert (interview.position_name, interview.position_type) == ("Backend developer", "backend")


def test_the_limit_of_open_interviews(owner: User, colleague: User, settings: Settings) -> None:
    settings.MAX_OPEN_INTERVIEWS_PER_USER = 2
    make_interview(owner, status="completed")
    make_interview(owner, status="active")
    creation.create(owner, **FIELDS)
    with pytest.raises(creation.TooManyOpen) as caught:
        creation.create(owner, **FIELDS)
    assert caught.value.limit == 2
    with pytest.raises(creation.TooManyOpen):
        creation.open_for_resume(make_resume(owner))
    creation.create(colleague, **FIELDS)
    assert Interview.objects.filter(owner=owner).count() == 3


class TestAccess:
    def test_three_people_and_a_recruiter(self, owner: User, colleague: User, outsider: User, recruiter: User) -> None:
        mine, theirs = make_interview(owner), make_interview(colleague)
        assert set(access.visible_to(owner)) == {mine}
        assert set(access.visible_to(colleague)) == {theirs}
        assert set(access.visible_to(outsider)) == set()
        assert set(access.visible_to(recruiter)) == {mine, theirs}
        assert set(access.own(recruiter)) == set()

    def test_the_newest_open_one(self, owner: User, outsider: User) -> None:
        make_interview(owner)
        newest = make_interview(owner, status="active")
        make_interview(owner, status="stopped")
        assert access.newest_open(owner) == newest
        assert access.newest_open(outsider) is None


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_many_at_once(owner: User, settings: Settings) -> None:
    settings.MAX_OPEN_INTERVIEWS_PER_USER = 2
    barrier = Barrier(4)

    def attempt(_number: int) -> bool:
        barrier.wait()
        try:
            creation.create(owner, **FIELDS)
        except creation.TooManyOpen:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(attempt, range(4)))
    assert made.count(True) == Interview.objects.count() == 2
