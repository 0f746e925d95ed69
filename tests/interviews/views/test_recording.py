"""A recording beside the transcript, on the pages of those who may play it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.domain import consents
from accounts.models import User
from interviews.models import Interview, RecordingPiece, Turn, Utterance
from tests.interviews.factories import make_interview, make_resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def interview(owner: Any, media: Path) -> Interview:
    """One turn of two sides and the camera; what was said begins at 2.5 s of the interview's wall clock."""
    interview = make_interview(owner, status="completed", phase="finished")
    Turn.objects.create(interview=interview, number=1, phase="question", kind="question", prompt="Why?", answer="So.")
    Utterance.objects.create(
        interview=interview, utterance_id="u", turn_number=1, phase="question", text="So.", source="voice",
        start_ms=500, end_ms=1_100,
    )  # fmt: skip
    for side in ("interviewer", "candidate", "camera"):
        marks = [[500, 1_500]] if side == "candidate" else []
        piece = RecordingPiece(
            interview=interview, key=side, side=side, turn_number=1, start_ms=1_000, end_ms=62_000, size=1, marks=marks
        )
        piece.file.save(f"{side}.flac", ContentFile(b"x"), save=True)
    return interview


def admin_page(interview: Interview) -> str:
    return f"/admin/interviews/interview/{interview.pk}/change/"


def own_page(interview: Interview) -> str:
    return f"/interviews/{interview.pk}/"


@pytest.mark.parametrize("page", [admin_page, own_page])
def test_a_recruiter_plays_each_side_and_each_utterance(
    recruiter_client: Client, interview: Interview, page: Any
) -> None:
    html = recruiter_client.get(page(interview)).content.decode()
    pieces = RecordingPiece.objects.values_list("pk", flat=True)
    assert [f'src="/api/v1/interviews/{interview.pk}/recording/{pk}/"' in html for pk in pieces] == [True] * 3
    assert (html.count("<audio"), html.count("<video"), "recording.js" in html) == (2, 1, True)
    assert 'data-from="2500" data-to="3100"' in html
    assert "0:01–1:02" in html


def test_a_candidate_does_not(owner_client: Client, interview: Interview) -> None:
    html = owner_client.get(own_page(interview)).content.decode()
    assert ("So." in html, "recording" in html) == (True, False)


def test_a_candidate_does_where_the_company_shares_it(
    owner_client: Client, interview: Interview, settings: Any
) -> None:
    settings.SHARE_RECORDING_WITH_CANDIDATE = True
    assert owner_client.get(own_page(interview)).content.decode().count("<audio") == 2


def test_without_a_recording_there_is_no_player(recruiter_client: Client, interview: Interview) -> None:
    RecordingPiece.objects.all().delete()
    html = recruiter_client.get(admin_page(interview)).content.decode()
    assert ("So." in html, "<audio" in html, "data-from" in html) == (True, False, False)


@pytest.mark.parametrize("turns", [1, 3])
def test_pieces_cost_one_query(
    recruiter_client: Client, interview: Interview, turns: int, django_assert_num_queries: Any
) -> None:
    for number in range(2, turns + 1):
        Turn.objects.create(interview=interview, number=number, phase="question", kind="question", prompt="And?")
    recruiter_client.get(own_page(interview))
    with django_assert_num_queries(9):
        recruiter_client.get(own_page(interview))


@pytest.mark.parametrize("agreed", [True, False])
def test_the_page_for_voice_alone_says_what_is_recorded(owner: User, owner_client: Client, agreed: bool) -> None:
    consents.record(owner, "interview", granted=True)
    consents.record(owner, "recording", agreed)
    interview = make_interview(owner, resume=make_resume(owner))
    html = owner_client.get(f"/interviews/{interview.pk}/streaming/").content.decode()
    assert ("data-recorded" in html) is agreed
