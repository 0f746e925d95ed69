"""The timeline for recruiters; to everybody else it does not exist."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import User
from interviews.models import Interview
from proctoring.models import ProctoringEvent
from tests.proctoring.conftest import make_interview, picture

Api = Callable[[User], APIClient]
pytestmark = pytest.mark.usefixtures("media")


def add(interview: Interview, at_ms: int = 1000, signal: str = "no_face", jpeg: bytes = b"") -> ProctoringEvent:
    event = ProctoringEvent(interview=interview, signal=signal, source="vision", text="Words.", at_ms=at_ms)
    if jpeg:
        event.frame.save("frame.jpg", ContentFile(jpeg), save=False)
    event.save()
    return event


def events_path(interview: Interview) -> str:
    return f"/api/v1/interviews/{interview.pk}/events/"


def test_events_come_in_the_order_they_happened(api: Api, recruiter: User, interview: Interview) -> None:
    late = add(interview, 5000, jpeg=picture("empty_room"))
    early = add(interview, 1000, "multiple_faces")
    answer = api(recruiter).get(events_path(interview))
    assert (answer.status_code, answer.data["total"]) == (200, 2)
    assert [row["event_id"] for row in answer.data["events"]] == [early.pk, late.pk]
    assert dict(answer.data["events"][0]) == {
        "event_id": early.pk,
        "signal": "multiple_faces",
        "source": "vision",
        "text": "Words.",
        "at_ms": 1000,
        "until_ms": None,
        "detail": {},
        "frame": None,
        "notified": False,
        "created_at": answer.data["events"][0]["created_at"],
    }
    assert answer.data["events"][1]["frame"] == f"{events_path(interview)}{late.pk}/frame/"


def test_one_signal_only(api: Api, recruiter: User, interview: Interview) -> None:
    add(interview, 1000, "paste")
    add(interview, 2000, "no_face")
    answer = api(recruiter).get(events_path(interview), {"signal": "paste"})
    assert [row["signal"] for row in answer.data["events"]] == ["paste"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(
    api: Api, recruiter: User, interview: Interview, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        add(interview, number)
    client = api(recruiter)
    with django_assert_num_queries(3):  # the user of the token, the interview, its events
        assert client.get(events_path(interview)).data["total"] == rows


@pytest.mark.parametrize(
    ("who", "status"),
    [("recruiter", 200), ("administrator", 200), ("owner", 404), ("colleague", 404), ("outsider", 404)],
)
def test_who_reads_a_timeline(
    api: Api, interview: Interview, request: pytest.FixtureRequest, who: str, status: int
) -> None:
    event = add(interview, jpeg=picture("empty_room"))
    client = api(request.getfixturevalue(who))
    assert client.get(events_path(interview)).status_code == status
    assert client.get(f"{events_path(interview)}{event.pk}/frame/").status_code == status


def test_a_stranger_must_sign_in(interview: Interview) -> None:
    assert APIClient().get(events_path(interview)).status_code == 401


def test_without_trailing_slash_and_without_an_interview(api: Api, recruiter: User, interview: Interview) -> None:
    assert api(recruiter).get(events_path(interview).rstrip("/")).status_code == 200
    assert api(recruiter).get("/api/v1/interviews/999999/events/").status_code == 404


def test_the_frame_is_the_picture_and_no_cache_keeps_it(api: Api, recruiter: User, interview: Interview) -> None:
    event = add(interview, jpeg=picture("empty_room"))
    answer = api(recruiter).get(f"{events_path(interview)}{event.pk}/frame/")
    assert b"".join(answer.streaming_content) == picture("empty_room")  # type: ignore[attr-defined]
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")


def test_no_frame_a_lost_file_and_anothers_event_are_not_found(
    api: Api, recruiter: User, colleague: User, interview: Interview, media: Path
) -> None:
    without, lost = add(interview), add(interview, jpeg=picture("empty_room"))
    (media / str(lost.frame.name)).unlink()
    elsewhere = add(make_interview(colleague), jpeg=picture("empty_room"))
    for event in (without, lost, elsewhere):
        assert api(recruiter).get(f"{events_path(interview)}{event.pk}/frame/").status_code == 404


@pytest.mark.parametrize("signal", ["x", "\x00"])
def test_an_unknown_signal_is_named_as_the_mistake(
    api: Api, recruiter: User, interview: Interview, signal: str
) -> None:
    answer = api(recruiter).get(events_path(interview), {"signal": signal})
    assert (answer.status_code, answer.json()["errors"]) == (400, {"signal": ["There is no such event."]})
