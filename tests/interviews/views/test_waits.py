"""How long candidates waited: beside the transcript, and summed up; for recruiters and administrators."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from interviews.admin import waits
from interviews.domain.timings import Engines, Spread, Summary
from interviews.models import Interview, TurnTiming

pytestmark = pytest.mark.django_db

PAGE = "/admin/interviews/turntiming/"
SPOKEN = {
    "endpoint_ms": 450,
    "recognised_ms": 430,
    "first_token_ms": 930,
    "first_audio_ms": 460,
    "question_audio_ms": 980,
    "playback_ms": 1_010,
}


@pytest.fixture
def interview(owner: User) -> Interview:
    interview = Interview.objects.create(
        owner=owner,
        position_name="Backend",
        position_type="backend",
        language="ko",
        speech_engine="whisper",
        voice_engine="espeak",
    )
    interview.turns.create(number=1, phase="question", kind="question", prompt="Why?", answer="So.")
    interview.turns.create(number=2, phase="question", kind="question", prompt="How?", answer="Thus.")
    interview.timings.create(turn_number=1, **SPOKEN, tokens_in=812, tokens_out=45, cost=Decimal("0.0012"))
    return interview


def words(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_a_turns_wait_stands_beside_what_was_said(recruiter_client: Client, interview: Interview) -> None:
    page = words(recruiter_client.get(reverse("admin:interviews_interview_change", args=[interview.pk])))
    assert page.count("Reply after") == 1
    assert "Reply after 1.01 s" in page
    for name, seconds in (("Waiting for the end", "0.45"), ("Recognition", "0.00"), ("Next question", "0.48")):
        assert f"{name} {seconds}</span>" in page
    assert "First sound after 0.46 s" in page
    assert "Tokens: 812 in, 45 out" in page
    assert "$0.0012" in page
    assert '<rect class="part-model" x="450" y="0" width="480" height="10"/>' in page


def test_the_candidate_sees_the_transcript_without_it(owner_client: Client, interview: Interview) -> None:
    page = words(owner_client.get(reverse("interview-detail", args=[interview.pk])))
    assert "Why?" in page
    assert "Reply after" not in page


def test_it_costs_one_query_however_many_turns(
    recruiter_client: Client, interview: Interview, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        waits.beside([{"number": 1}], interview)
    interview.timings.create(turn_number=2, **SPOKEN)
    interview.timings.create(turn_number=3, **SPOKEN)
    with django_assert_num_queries(1):
        beside = waits.beside([{"number": number} for number in (1, 2, 3, 4)], interview)
    assert [row["wait"] and row["wait"].total for row in beside] == ["1.01", "1.01", "1.01", None]


def test_waits_are_summed_up_by_language_and_engines(recruiter_client: Client, interview: Interview) -> None:
    page = words(recruiter_client.get(PAGE))
    assert page.count('<th scope="row">') == 2
    assert "Korean<span" in page
    assert '<span class="engines">whisper · espeak</span>' in page
    assert '<td class="number">0.48<span class="most">0.48</span></td>' in page


@pytest.mark.parametrize(("days", "replies"), [("1", 0), ("7", 0), ("30", 1), ("nonsense", 0), ("9" * 400, 0)])
def test_over_the_chosen_time(recruiter_client: Client, interview: Interview, days: str, replies: int) -> None:
    TurnTiming.objects.update(created_at=timezone.now() - timedelta(days=8))
    page = words(recruiter_client.get(PAGE, {"days": days}))
    assert ("Nobody answered aloud in this time." in page) == (not replies)


def test_the_page_costs_the_same_for_one_and_for_three(
    recruiter_client: Client, interview: Interview, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):  # the session, the person, the timings
        recruiter_client.get(PAGE)
    interview.timings.create(turn_number=2, **SPOKEN)
    interview.timings.create(turn_number=3, **SPOKEN)
    with django_assert_num_queries(3):
        recruiter_client.get(PAGE)


def test_for_recruiters_and_administrators(
    recruiter_client: Client,
    administrator_client: Client,
    manager_client: Client,
    owner_client: Client,
    interview: Interview,
) -> None:
    statuses = [client.get(PAGE).status_code for client in (recruiter_client, administrator_client)]
    assert statuses == [200, 200]
    assert manager_client.get(PAGE).status_code == 404
    for client in (owner_client, Client()):
        assert client.get(PAGE).status_code == 302


def test_nothing_is_changed_there(administrator_client: Client, interview: Interview) -> None:
    assert administrator_client.post(PAGE).status_code == 405
    for rest in ("add/", "1/change/", "1/delete/"):
        assert administrator_client.get(PAGE + rest).status_code == 404


def test_an_interview_is_erased_with_its_timings(administrator_client: Client, interview: Interview) -> None:
    address = reverse("admin:interviews_interview_delete", args=[interview.pk])
    assert administrator_client.post(address, {"post": "yes"}).status_code == 302
    assert not TurnTiming.objects.exists()


def test_a_wide_bar_is_the_longest() -> None:
    def of(ms: int) -> waits.Row:
        spread = Spread(ms, ms)
        parts = dict.fromkeys(waits.NAMES, spread)
        return waits.row(Summary(Engines("ru"), 1, parts, spread, spread, None))

    assert waits.longest([of(10), of(30), of(20)]) == 150
    assert waits.longest([]) == 1
    assert of(10).engines == "—"
