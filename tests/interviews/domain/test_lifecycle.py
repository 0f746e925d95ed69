"""Every pair of states: the legal ones leave a history row, the others change nothing; of racers one wins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from interviews.domain import lifecycle
from interviews.models import Interview, Status, StatusChange
from reports.models import Report
from resumes.models import Resume
from resumes.models import Status as ResumeStatus
from tests.interviews.factories import make_interview, make_resume

LEGAL = {
    ("created", "active"),
    ("created", "stopped"),
    ("created", "abandoned"),
    ("created", "failed"),
    ("active", "completed"),
    ("active", "failed"),
    ("active", "stopped"),
    ("active", "abandoned"),
}
PAIRS = [(before, to) for before in Status.values for to in Status.values if before != to]


@pytest.mark.parametrize(("before", "to"), PAIRS)
def test_the_table(owner: User, before: str, to: str) -> None:
    interview = make_interview(owner, status=before)
    if (before, to) in LEGAL:
        assert lifecycle.move(interview, to, "because") is True
        assert list(StatusChange.objects.values_list("before", "after", "reason")) == [(before, to, "because")]
    else:
        with pytest.raises(lifecycle.IllegalTransition) as caught:
            lifecycle.move(interview, to)
        assert (caught.value.before, caught.value.to) == (before, to)
        assert StatusChange.objects.count() == 0
    stored = Interview.objects.get()
    assert stored.status == interview.status == (to if (before, to) in LEGAL else before)


def test_moving_to_where_it_is_writes_nothing(owner: User) -> None:
    interview = make_interview(owner, status="active")
    assert lifecycle.move(interview, Status.ACTIVE) is False
    assert StatusChange.objects.count() == 0


def test_beginning_sets_the_start(owner: User) -> None:
    interview = make_interview(owner)
    lifecycle.move(interview, Status.ACTIVE)
    stored = Interview.objects.get()
    assert stored.started_at == interview.started_at is not None
    assert (stored.completed_at, stored.phase, lifecycle.is_over(stored)) == (None, "waiting", False)


@pytest.mark.parametrize(
    ("to", "phase"),
    [("completed", "finished"), ("failed", "failed"), ("stopped", "stopped"), ("abandoned", "abandoned")],
)
def test_an_end_sets_time_and_phase(owner: User, to: str, phase: str) -> None:
    interview = make_interview(owner, status="active", phase="code")
    lifecycle.move(interview, to)
    stored = Interview.objects.get()
    assert stored.completed_at == interview.completed_at is not None
    assert (stored.phase, lifecycle.is_over(stored)) == (phase, True)


def test_of_two_who_end_it_one_writes(owner: User) -> None:
    interview = make_interview(owner, status="active")
    mine, theirs = Interview.objects.get(), Interview.objects.get()
    assert lifecycle.move(mine, Status.STOPPED) is True
    assert lifecycle.move(theirs, Status.STOPPED) is False
    with pytest.raises(lifecycle.IllegalTransition):
        lifecycle.move(interview, Status.COMPLETED)
    assert interview.status == Status.STOPPED
    assert StatusChange.objects.count() == 1


def test_an_old_copy_is_judged_by_the_row(owner: User) -> None:
    old = make_interview(owner)
    lifecycle.move(Interview.objects.get(), Status.ACTIVE)
    assert lifecycle.move(old, Status.COMPLETED) is True
    assert list(StatusChange.objects.values_list("before", "after")) == [("created", "active"), ("active", "completed")]


@pytest.mark.parametrize("before", ["parsed", "interview_scheduled", "interviewed"])
def test_completion_makes_the_resume_interviewed(owner: User, before: str) -> None:
    resume = make_resume(owner, status=before)
    lifecycle.move(make_interview(owner, resume=resume, status="active"), Status.COMPLETED)
    resume.refresh_from_db()
    assert resume.status == ResumeStatus.INTERVIEWED


def test_a_resume_that_is_read_anew_does_not_stop_completion(owner: User) -> None:
    resume = make_resume(owner, status="pending")
    lifecycle.move(make_interview(owner, resume=resume, status="active"), Status.COMPLETED)
    resume.refresh_from_db()
    assert resume.status == ResumeStatus.PENDING


Capture = Callable[..., AbstractContextManager[Any]]


def test_completion_and_the_row_of_its_report_are_one_commit(
    owner: User, django_capture_on_commit_callbacks: Capture
) -> None:
    """A process killed right after the commit must leave something for the sweeper; the task comes after it."""
    interview = make_interview(owner, status="active")
    with django_capture_on_commit_callbacks() as asked:
        with transaction.atomic():
            lifecycle.move(interview, Status.COMPLETED)
            transaction.set_rollback(True)
        assert (Report.objects.count(), len(asked)) == (0, 0)
        lifecycle.move(interview, Status.COMPLETED)
        assert Report.objects.get().interview == interview
    assert len(asked) == 1


def test_a_deleted_resume_does_not_stop_completion(owner: User) -> None:
    resume = make_resume(owner)
    interview = make_interview(owner, resume=resume, status="active")
    Resume.objects.get().delete()
    assert lifecycle.move(interview, Status.COMPLETED) is True
    assert (Interview.objects.get().resume, Report.objects.count()) == (None, 1)


@pytest.mark.parametrize("to", ["failed", "stopped", "abandoned"])
def test_no_other_end_does(owner: User, django_capture_on_commit_callbacks: Capture, to: str) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.move(make_interview(owner, status="active"), to)
    assert Report.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_writes(owner: User) -> None:
    pk = make_interview(owner, status="active").pk
    barrier = Barrier(4)

    def end(to: str) -> bool:
        interview = Interview.objects.get(pk=pk)
        barrier.wait()
        try:
            return lifecycle.move(interview, to)
        except lifecycle.IllegalTransition:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        moved = list(pool.map(end, ["completed", "stopped", "stopped", "failed"]))
    assert moved.count(True) == 1
    assert StatusChange.objects.get().after == Interview.objects.get().status
