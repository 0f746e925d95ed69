"""The one transition function: its table, its history, its compare-and-set."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from resumes.domain import lifecycle
from resumes.models import Resume, Status
from tests.resumes.conftest import MakeResume

LEGAL = {
    ("pending", "parsing"),
    ("pending", "failed"),
    ("parsing", "parsed"),
    ("parsing", "failed"),
    ("parsing", "pending"),
    ("parsed", "interview_scheduled"),
    ("parsed", "interviewed"),
    ("interview_scheduled", "interviewed"),
    ("failed", "pending"),
}


@pytest.mark.parametrize(("before", "after"), list(product(Status.values, Status.values)))
def test_every_pair(make_resume: MakeResume, owner: User, before: str, after: str) -> None:
    resume = make_resume(owner, status=before)
    if (before, after) in LEGAL:
        lifecycle.move(resume, after, reason="corrupt")
        stored = Resume.objects.get(pk=resume.pk)
        assert (stored.status, stored.status_reason) == (after, "corrupt")
        assert list(stored.history.values_list("before", "after", "reason")) == [(before, after, "corrupt")]
    else:
        with pytest.raises(lifecycle.IllegalTransition):
            lifecycle.move(resume, after)
        assert not resume.history.exists()


def test_of_two_movers_one_wins(make_resume: MakeResume, owner: User) -> None:
    resume = make_resume(owner, status="pending")
    late = Resume.objects.get(pk=resume.pk)
    lifecycle.move(resume, "parsing")
    with pytest.raises(lifecycle.Superseded):
        lifecycle.move(late, "failed")
    assert resume.history.count() == 1


def test_a_result_of_an_earlier_reading_is_dropped(make_resume: MakeResume, owner: User) -> None:
    early = make_resume(owner, status="parsing", attempts=1)
    Resume.objects.filter(pk=early.pk).update(attempts=2)
    with pytest.raises(lifecycle.Superseded):
        lifecycle.move(early, "parsed")


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [
        ("parsed", "interview_scheduled", "interview_scheduled"),
        ("interview_scheduled", "interview_scheduled", "interview_scheduled"),
        ("interviewed", "interview_scheduled", "interviewed"),
        ("interview_scheduled", "interviewed", "interviewed"),
    ],
)
def test_an_interview_never_takes_a_status_back(
    make_resume: MakeResume, owner: User, before: str, wanted: str, after: str
) -> None:
    resume = make_resume(owner, status=before)
    lifecycle.reach(resume, wanted)
    assert Resume.objects.get(pk=resume.pk).status == after


@pytest.mark.parametrize("status", ["pending", "parsing", "failed"])
def test_an_unread_resume_reaches_no_interview(make_resume: MakeResume, owner: User, status: str) -> None:
    with pytest.raises(lifecycle.IllegalTransition):
        lifecycle.reach(make_resume(owner, status=status), "interview_scheduled")


@contextmanager
def somebody_faster(resume: Resume, status: str) -> Iterator[None]:
    """Once, right after the row was read, another transaction commits `status`."""
    left = [status]

    def wrapper(execute: Any, sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if left and sql.startswith("SELECT"):
            Resume.objects.filter(pk=resume.pk).update(status=left.pop())
        return result

    with connection.execute_wrapper(wrapper):
        yield


@pytest.mark.parametrize(
    ("faster", "after", "steps"), [("interview_scheduled", "interviewed", 1), ("interviewed", "interviewed", 0)]
)
def test_of_two_interviews_on_a_resume_the_slower_one_goes_on_from_where_it_is(
    make_resume: MakeResume, owner: User, faster: str, after: str, steps: int
) -> None:
    resume = make_resume(owner, status="parsed")
    with somebody_faster(resume, faster):
        lifecycle.reach(resume, "interviewed")
    assert (resume.status, Resume.objects.get(pk=resume.pk).status, resume.history.count()) == (after, after, steps)
