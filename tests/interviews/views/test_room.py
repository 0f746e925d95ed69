"""Where candidates talk: who gets in, and what the page is told."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django.fixtures import Settings

from accounts.domain import consents
from accounts.models import User
from interviews.room_texts import room_texts, streaming_texts
from tests.interviews.factories import make_interview, make_resume
from tests.interviews.views.test_pages import page


@pytest.fixture(autouse=True)
def _recognition(settings: Settings) -> None:
    """Of every language; no page asks the server for anything."""
    settings.STT_PROVIDER, settings.OPENAI_BASE_URL = "openai", "http://127.0.0.1:9/v1"


WAYS_IN = pytest.mark.parametrize("way", ["room", "streaming"])


class TestRoom:
    def data(self, html: str, name: str) -> Any:
        found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', html, re.DOTALL)
        assert found is not None
        return json.loads(found[1])

    def test_what_the_script_is_told(self, owner: User, owner_client: Client) -> None:
        resume = make_resume(owner)
        interview = make_interview(owner, resume=resume, company_name="</script>Acme", language="en")
        consents.record(owner, "interview", granted=True)
        html = page(owner_client, f"/interviews/{interview.pk}/room/")
        data = self.data(html, "room-data")
        assert data.pop("csrf")
        assert isinstance(data.pop("speech_available"), bool)
        assert data == {
            "interview_id": str(interview.pk),
            "resume_id": str(resume.pk),
            "language": "en",
            "position_name": "Backend developer",
            "company_name": "</script>Acme",
            "candidate_name": "Alice",
            "ws_path": "/ws/webrtc/",
            "urls": {"consents": "/api/v1/consents/", "report": f"/interviews/{interview.pk}/report/", "home": "/"},
            "consents": {"interview": True, "recording": False},
        }
        assert self.data(html, "room-texts") == room_texts()

    def test_it_speaks_the_interviews_language(self, owner: User, owner_client: Client) -> None:
        interview = make_interview(owner, resume=make_resume(owner), language="ko")
        answer = owner_client.get(f"/interviews/{interview.pk}/room/")
        assert answer["Content-Language"] == "ko"
        html = answer.content.decode()
        assert '<html lang="ko">' in html
        with override("ko"):
            assert self.data(html, "room-texts") == room_texts()

    def test_what_the_streaming_page_is_told(self, owner: User, owner_client: Client) -> None:
        resume = make_resume(owner)
        interview = make_interview(owner, resume=resume, language="ru")
        consents.record(owner, "interview", granted=True)
        html = page(owner_client, f"/interviews/{interview.pk}/streaming/")
        assert self.data(html, "streaming-data") == {
            "interview_id": str(interview.pk),
            "resume_id": str(resume.pk),
            "language": "ru",
            "path": "/api/v1/ai/ws/streaming-interview",
        }
        with override("ru"):
            assert self.data(html, "streaming-texts") == streaming_texts()

    def test_where_nothing_recognises_the_language_there_is_the_room(
        self, owner: User, owner_client: Client, settings: Settings
    ) -> None:
        settings.STT_PROVIDER = "none"
        interview = make_interview(owner, resume=make_resume(owner))
        consents.record(owner, "interview", granted=True)
        answer = owner_client.get(f"/interviews/{interview.pk}/streaming/")
        assert (answer.status_code, answer["Location"]) == (302, f"/interviews/{interview.pk}/room/")
        html = page(owner_client, f"/interviews/{interview.pk}/room/")
        assert self.data(html, "room-data")["speech_available"] is False

    @pytest.mark.parametrize(
        ("decisions", "enters"), [([], False), ([True], True), ([True, False], False), ([False, True], True)]
    )
    def test_by_voice_alone_only_who_agreed_is_interviewed(
        self, owner: User, owner_client: Client, decisions: list[bool], enters: bool
    ) -> None:
        interview = make_interview(owner, resume=make_resume(owner))
        for decision in decisions:
            consents.record(owner, "interview", decision)
        answer = owner_client.get(f"/interviews/{interview.pk}/streaming/")
        where = (answer.status_code, answer.headers.get("Location"))
        assert where == ((200, None) if enters else (302, f"/interviews/{interview.pk}/room/"))

    @WAYS_IN
    def test_headers(self, owner: User, owner_client: Client, way: str) -> None:
        interview = make_interview(owner, resume=make_resume(owner))
        consents.record(owner, "interview", granted=True)
        answer = owner_client.get(f"/interviews/{interview.pk}/{way}/")
        assert answer["Permissions-Policy"].startswith("camera=(self), microphone=(self)")
        assert answer["X-Frame-Options"] == "DENY"
        assert "no-store" in answer["Cache-Control"]

    @WAYS_IN
    def test_only_the_candidate_enters(
        self, owner: User, owner_client: Client, colleague_client: Client, outsider_client: Client,
        recruiter_client: Client, way: str,
    ) -> None:  # fmt: skip
        url = f"/interviews/{make_interview(owner, resume=make_resume(owner)).pk}/{way}/"
        consents.record(owner, "interview", granted=True)
        clients = (owner_client, colleague_client, outsider_client, recruiter_client, Client())
        assert [client.get(url).status_code for client in clients] == [200, 404, 404, 404, 302]

    @WAYS_IN
    def test_an_interview_without_a_resume_takes_the_newest(self, owner: User, owner_client: Client, way: str) -> None:
        make_resume(owner)
        newest = make_resume(owner)
        interview = make_interview(owner)
        consents.record(owner, "interview", granted=True)
        html = page(owner_client, f"/interviews/{interview.pk}/{way}/")
        assert self.data(html, f"{way}-data")["resume_id"] == str(newest.pk)

    @WAYS_IN
    def test_without_any_resume_one_is_uploaded_first(self, owner: User, owner_client: Client, way: str) -> None:
        answer = owner_client.get(f"/interviews/{make_interview(owner).pk}/{way}/")
        assert (answer.status_code, answer["Location"]) == (302, "/resumes/upload/")

    @WAYS_IN
    def test_what_is_over_is_read(self, owner: User, owner_client: Client, way: str) -> None:
        interview = make_interview(owner, status="completed")
        answer = owner_client.get(f"/interviews/{interview.pk}/{way}/")
        assert (answer.status_code, answer["Location"]) == (302, f"/interviews/{interview.pk}/")
