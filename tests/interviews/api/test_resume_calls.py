"""Calls of the LiveKit documents: validate, token and status, which start from a resume."""

from collections.abc import Callable
from typing import Any

import jwt
import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.models import User
from interviews.models import Interview
from tests.interviews.factories import make_interview, make_resume

Api = Callable[[User | None], APIClient]
SECRET = "a-secret-that-is-long-enough-for-hs256"
VALIDATE = [("get", "/api/resume/{}/validate-interview"), ("post", "/api/v1/interview/{}/validate")]
TOKEN = ["/api/interview/{}/token", "/api/v1/interview/{}/token"]


@pytest.fixture
def livekit(settings: Settings) -> None:
    settings.LIVEKIT_URL = "ws://livekit:7880"
    settings.LIVEKIT_PUBLIC_URL = "wss://meet.example.com"
    settings.LIVEKIT_API_KEY = "key"
    settings.LIVEKIT_API_SECRET = SECRET


class TestValidate:
    @pytest.mark.parametrize(("method", "url"), VALIDATE)
    @pytest.mark.parametrize("status", ["parsed", "interview_scheduled", "interviewed"])
    def test_ready(self, api: Api, owner: User, method: str, url: str, status: str) -> None:
        answer = getattr(api(owner), method)(url.format(make_resume(owner, status=status).pk))
        assert answer.status_code == 200
        assert answer.json() == {"canInterview": True, "message": "The resume is ready for an interview."}

    @pytest.mark.parametrize(("method", "url"), VALIDATE)
    @pytest.mark.parametrize("status", ["pending", "parsing", "failed"])
    def test_not_ready(self, api: Api, owner: User, method: str, url: str, status: str) -> None:
        answer = getattr(api(owner), method)(url.format(make_resume(owner, status=status).pk))
        assert answer.status_code == 400
        assert answer.json() == {
            "canInterview": False,
            "message": "The resume is not ready: wait until it has been read, or upload another file.",
        }

    @pytest.mark.parametrize(("method", "url"), VALIDATE)
    def test_three_people_and_a_recruiter(
        self, api: Api, owner: User, colleague: User, outsider: User, recruiter: User, method: str, url: str
    ) -> None:
        path = url.format(make_resume(owner).pk)
        people: list[User | None] = [owner, colleague, outsider, recruiter, None]
        codes = [getattr(api(user), method)(path).status_code for user in people]
        assert codes == [200, 404, 404, 200, 401]

    def test_a_resume_that_is_not_there(self, api: Api, owner: User) -> None:
        for pk in ("1", "9" * 25):
            assert api(owner).get(f"/api/resume/{pk}/validate-interview/").status_code == 404


@pytest.mark.usefixtures("livekit")
class TestToken:
    @pytest.mark.parametrize("url", TOKEN)
    def test_the_ticket(self, api: Api, owner: User, url: str) -> None:
        resume = make_resume(owner)
        body = api(owner).post(url.format(resume.pk)).json()
        interview = Interview.objects.get()
        room = f"interview_{resume.pk}_{int(interview.created_at.timestamp())}"
        assert {**body, "token": ""} == {
            "token": "",
            "roomName": room,
            "serverUrl": "wss://meet.example.com",
            "interview_id": str(interview.pk),
        }
        claims: dict[str, Any] = jwt.decode(body["token"], SECRET, algorithms=["HS256"])
        assert claims["exp"] - claims["nbf"] == 600
        assert (claims["iss"], claims["sub"]) == ("key", f"candidate-{owner.pk}")
        assert claims["video"] == {
            "roomJoin": True,
            "room": room,
            "canPublish": True,
            "canSubscribe": True,
            "canPublishData": True,
        }
        assert owner.email not in str(claims)
        resume.refresh_from_db()
        assert resume.status == "interview_scheduled"
        assert len(interview.plan) == 8

    def test_a_second_token_leads_to_the_same_room(self, api: Api, owner: User) -> None:
        url = TOKEN[0].format(make_resume(owner).pk)
        rooms = {api(owner).post(url).json()["roomName"] for _ in range(2)}
        assert len(rooms) == Interview.objects.count() == 1

    def test_a_resume_that_is_not_ready(self, api: Api, owner: User) -> None:
        answer = api(owner).post(TOKEN[0].format(make_resume(owner, status="failed").pk))
        assert answer.status_code == 400
        assert Interview.objects.count() == 0

    def test_too_many_open_ones(self, api: Api, owner: User, settings: Settings) -> None:
        settings.MAX_OPEN_INTERVIEWS_PER_USER = 1
        make_interview(owner)
        assert api(owner).post(TOKEN[0].format(make_resume(owner).pk)).status_code == 409

    @pytest.mark.parametrize("url", TOKEN)
    def test_three_people_and_a_recruiter(
        self, api: Api, owner: User, colleague: User, outsider: User, recruiter: User, url: str
    ) -> None:
        path = url.format(make_resume(owner).pk)
        codes = [api(user).post(path).status_code for user in (colleague, outsider, recruiter, None, owner)]
        assert codes == [404, 404, 403, 401, 200]
        assert Interview.objects.count() == 1


@pytest.mark.parametrize("missing", ["LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"])
def test_livekit_is_not_configured(api: Api, owner: User, livekit: None, settings: Settings, missing: str) -> None:
    setattr(settings, missing, "")
    answer = api(owner).post(TOKEN[0].format(make_resume(owner).pk))
    assert answer.status_code == 503
    assert answer.json()["code"] == "not_configured"
    assert Interview.objects.count() == 0


class TestStatus:
    def url(self, pk: int) -> str:
        return f"/api/v1/interview/{pk}/status"

    def test_no_interview_yet(self, api: Api, owner: User) -> None:
        resume = make_resume(owner)
        assert api(owner).get(self.url(resume.pk)).json() == {
            "resume_id": resume.pk,
            "interview_id": None,
            "status": None,
            "phase": None,
            "started_at": None,
            "completed_at": None,
            "seconds_left": None,
        }
        assert Interview.objects.count() == 0

    def test_the_unfinished_one_goes_before_a_later_one(self, api: Api, owner: User) -> None:
        resume = make_resume(owner)
        open_one = make_interview(owner, resume=resume, status="active", phase="question", seconds_left=60)
        make_interview(owner, resume=resume, status="completed")
        assert api(owner).get(self.url(resume.pk)).json() == {
            "resume_id": resume.pk,
            "interview_id": str(open_one.pk),
            "status": "active",
            "phase": "question",
            "started_at": None,
            "completed_at": None,
            "seconds_left": 60,
        }

    def test_else_the_latest(self, api: Api, owner: User) -> None:
        resume = make_resume(owner)
        make_interview(owner, resume=resume, status="completed")
        latest = make_interview(owner, resume=resume, status="stopped")
        assert api(owner).get(self.url(resume.pk)).json()["interview_id"] == str(latest.pk)

    def test_three_people_and_a_recruiter(
        self, api: Api, owner: User, colleague: User, outsider: User, recruiter: User
    ) -> None:
        url = self.url(make_resume(owner).pk)
        codes = [api(user).get(url).status_code for user in (owner, colleague, outsider, recruiter, None)]
        assert codes == [200, 404, 404, 200, 401]

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, api: Api, owner: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        resume = make_resume(owner)
        for _ in range(count):
            make_interview(owner, resume=resume)
        client = api(owner)
        with django_assert_num_queries(3):  # the person, the resume, its interviews
            client.get(self.url(resume.pk))
