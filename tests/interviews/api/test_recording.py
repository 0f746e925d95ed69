"""Who plays a recording, and how a player gets it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from rest_framework.test import APIClient

from accounts.models import User
from interviews.models import Interview, RecordingPiece
from tests.interviews.factories import make_interview

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]
SOUND = bytes(range(200))


@pytest.fixture
def interview(owner: User, media: Path) -> Interview:
    return make_interview(owner, status="completed")


@pytest.fixture
def piece(interview: Interview) -> RecordingPiece:
    return make_piece(interview)


def make_piece(interview: Interview, number: int = 1, side: str = "candidate") -> RecordingPiece:
    piece = RecordingPiece(
        interview=interview, key=str(number), side=side, turn_number=number, start_ms=number * 10, end_ms=99, size=200
    )
    piece.file.save("x.flac", ContentFile(SOUND), save=True)
    return piece


def listing(interview: Interview) -> str:
    return f"/api/v1/interviews/{interview.pk}/recording/"


def file_of(piece: RecordingPiece) -> str:
    return f"{listing(piece.interview)}{piece.pk}/"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("recruiter", 200),
        ("administrator", 200),
        ("manager", 404),
        ("owner", 404),
        ("colleague", 404),
        ("outsider", 404),
    ],
)
def test_recruiters_play(
    api: Api, request: pytest.FixtureRequest, piece: RecordingPiece, who: str, status: int
) -> None:
    client = api(request.getfixturevalue(who))
    assert client.get(listing(piece.interview)).status_code == status
    assert client.get(file_of(piece)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("manager", 404), ("colleague", 404), ("outsider", 404)])
def test_candidates_play_their_own_where_the_company_shares_it(
    api: Api, request: pytest.FixtureRequest, piece: RecordingPiece, settings: Any, who: str, status: int
) -> None:
    settings.SHARE_RECORDING_WITH_CANDIDATE = True
    client = api(request.getfixturevalue(who))
    assert client.get(listing(piece.interview)).status_code == status
    assert client.get(file_of(piece)).status_code == status


def test_strangers_are_asked_who_they_are(api: Api, piece: RecordingPiece) -> None:
    assert api(None).get(file_of(piece)).status_code == 401
    assert api(None).get(listing(piece.interview)).status_code == 401


def test_a_piece_belongs_to_its_interview(api: Api, recruiter: User, piece: RecordingPiece, owner: User) -> None:
    other = make_interview(owner)
    assert api(recruiter).get(f"{listing(other)}{piece.pk}/").status_code == 404
    assert api(recruiter).get(f"{listing(other)}").json() == {"pieces": [], "total": 0}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list(api: Api, recruiter: User, interview: Interview, django_assert_num_queries: Any, count: int) -> None:
    pieces = [make_piece(interview, number) for number in range(count, 0, -1)]
    client = api(recruiter)
    with django_assert_num_queries(3):  # who asks, the interview, its pieces
        body = client.get(listing(interview)).json()
    assert body["total"] == count
    assert body["pieces"][0] == {
        "piece_id": pieces[-1].pk,
        "side": "candidate",
        "turn_number": 1,
        "start_ms": 10,
        "end_ms": 99,
        "size": 200,
        "content_type": "audio/flac",
        "file": file_of(pieces[-1]),
    }


def test_a_player_seeks(api: Api, recruiter: User, piece: RecordingPiece) -> None:
    answer = api(recruiter).get(file_of(piece), headers={"Range": "bytes=100-149"})
    assert (answer.status_code, answer.content) == (206, SOUND[100:150])
    assert answer["Content-Range"] == "bytes 100-149/200"
    assert answer["Content-Type"] == "audio/flac"


def test_the_whole_file(api: Api, recruiter: User, piece: RecordingPiece) -> None:
    answer = api(recruiter).get(file_of(piece))
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, SOUND, "private, no-store")


def test_bytes_behind_the_end(api: Api, recruiter: User, piece: RecordingPiece) -> None:
    assert api(recruiter).get(file_of(piece), headers={"Range": "bytes=200-"}).status_code == 416


def test_a_file_that_is_gone(api: Api, recruiter: User, piece: RecordingPiece) -> None:
    Path(piece.file.path).unlink()
    assert api(recruiter).get(file_of(piece)).status_code == 404


def test_a_video_says_what_it_is(api: Api, recruiter: User, interview: Interview) -> None:
    assert api(recruiter).get(file_of(make_piece(interview, side="camera")))["Content-Type"] == "video/webm"
