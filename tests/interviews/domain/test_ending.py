"""Ends from outside, and the sweeper."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.models import User
from interviews.domain import ending, lifecycle
from interviews.models import Interview, OutboxMessage, StatusChange
from interviews.tasks import clean_outbox, sweep_interviews
from tests.interviews.factories import make_interview


def hours_ago(hours: float) -> object:
    return timezone.now() - timedelta(hours=hours)


def test_an_end_tells_the_live_session_once(owner: User, settings: Settings) -> None:
    settings.REDIS_URL = ""
    interview = make_interview(owner, status="active")
    ending.end(interview, "stopped", "why")
    ending.end(interview, "stopped", "why")
    assert list(OutboxMessage.objects.values_list("kind", "payload")) == [("stop", {"status": "stopped"})]
    with pytest.raises(lifecycle.IllegalTransition):
        ending.end(interview, "completed", "why")
    assert OutboxMessage.objects.count() == 1


def test_who_did_not_come_back_in_time(owner: User, settings: Settings) -> None:
    settings.RESUME_WINDOW_HOURS = 2
    left = make_interview(owner, status="active", last_seen_at=hours_ago(2.1))
    here = make_interview(owner, status="active", last_seen_at=hours_ago(1.9))
    over = make_interview(owner, status="completed", last_seen_at=hours_ago(50))
    assert sweep_interviews() == 1
    assert {row.pk: row.status for row in Interview.objects.all()} == {
        left.pk: "abandoned",
        here.pk: "active",
        over.pk: "completed",
    }
    assert StatusChange.objects.get().reason == "nobody came back"
    assert sweep_interviews() == 0


def test_what_was_never_entered(owner: User) -> None:
    def made(created: float, planned: float) -> Interview:
        interview = make_interview(owner, interview_time=hours_ago(24 * planned))
        Interview.objects.filter(pk=interview.pk).update(created_at=hours_ago(24 * created))
        return interview

    forgotten = made(created=31, planned=31)
    kept = [made(created=29, planned=29), made(created=31, planned=-5), made(created=1, planned=400)]
    assert sweep_interviews() == 1
    assert Interview.objects.get(status="abandoned") == forgotten
    assert set(Interview.objects.filter(status="created")) == set(kept)


def test_nothing_to_do_takes_one_query(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert sweep_interviews() == 0


def test_the_outbox_is_cleaned(owner: User) -> None:
    row = OutboxMessage.objects.create(interview=make_interview(owner), kind="stop")
    assert clean_outbox() == 0
    OutboxMessage.objects.filter(pk=row.pk).update(created_at=hours_ago(3))
    assert clean_outbox() == 1
