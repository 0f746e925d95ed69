"""The ai-interview document's calls."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.models import User
from interviews.models import Interview, OutboxMessage
from reports.models import Report
from tests.interviews.api.test_interviews import with_everything
from tests.interviews.factories import make_interview, make_resume

Api = Callable[[User | None], APIClient]


class TestStart:
    def start(self, client: APIClient, **body: Any) -> Any:
        return client.post("/api/interview/start", body, format="json")

    def test_the_documents_example(self, api: Api, owner: User) -> None:
        answer = self.start(api(owner), user_id="user123", metadata={"position": "前端工程师", "anything": [1]})
        assert answer.status_code == 201
        interview = Interview.objects.get()
        body = answer.json()
        assert body == {"session_id": str(interview.pk), "status": "created", "created_at": body["created_at"]}
        fields = (interview.owner, interview.external_user, interview.position_name, interview.position_type)
        assert fields == (owner, "user123", "前端工程师", "frontend")

    @pytest.mark.parametrize("body", [{}, {"user_id": None, "metadata": None}, {"metadata": {}}])
    def test_without_anything(self, api: Api, owner: User, body: dict[str, Any]) -> None:
        assert self.start(api(owner), **body).status_code == 201
        interview = Interview.objects.get()
        assert (interview.position_type, interview.resume, interview.language) == ("backend", None, "en")

    def test_the_newest_resume_that_was_read(self, api: Api, owner: User, colleague: User) -> None:
        make_resume(owner)
        newest = make_resume(owner)
        make_resume(owner, status="failed")
        make_resume(colleague)
        self.start(api(owner), metadata={"language": "ko", "position_type": "qa", "company": "Acme"})
        interview = Interview.objects.get()
        fields = (interview.resume, interview.language, interview.position_type, interview.company_name)
        assert fields == (newest, "ko", "qa", "Acme")
        assert len(interview.plan) == 8

    def test_a_named_resume_is_the_callers_own(self, api: Api, owner: User, colleague: User) -> None:
        mine, theirs = make_resume(owner), make_resume(colleague)
        make_resume(owner)
        assert self.start(api(owner), metadata={"resume_id": mine.pk}).status_code == 201
        assert Interview.objects.get().resume == mine
        assert self.start(api(owner), metadata={"resume_id": theirs.pk}).status_code == 404

    @pytest.mark.parametrize(
        "body",
        [
            {"user_id": "x" * 201},
            {"metadata": []},
            {"metadata": {"position": "x" * 201}},
            {"metadata": {"position_type": "x"}},
            {"metadata": {"language": "fr"}},
        ],
    )
    def test_limits(self, api: Api, owner: User, body: dict[str, Any]) -> None:
        assert self.start(api(owner), **body).status_code == 400
        assert Interview.objects.count() == 0

    def test_a_stranger(self, api: Api, db: None) -> None:
        assert self.start(api(None)).status_code == 401


class TestSession:
    def test_the_shape(self, api: Api, owner: User) -> None:
        interview = make_interview(owner, external_user="label", seconds_left=5)
        body = api(owner).get(f"/api/interview/session/{interview.pk}").json()
        assert body == {
            "session_id": str(interview.pk),
            "user_id": "label",
            "status": "created",
            "phase": "waiting",
            "metadata": {
                "position": "Backend developer",
                "position_type": "backend",
                "company": "",
                "language": "en",
                "resume_id": None,
            },
            "created_at": body["created_at"],
            "started_at": None,
            "completed_at": None,
            "seconds_left": 5,
        }

    @pytest.mark.parametrize("name", ["session/{}", "results/{}"])
    def test_three_people_and_a_recruiter(
        self, api: Api, owner: User, colleague: User, outsider: User, recruiter: User, name: str
    ) -> None:
        url = f"/api/interview/{name.format(make_interview(owner).pk)}/"
        codes = [api(user).get(url).status_code for user in (owner, colleague, outsider, recruiter, None)]
        assert codes == [200, 404, 404, 200, 401]

    @pytest.mark.parametrize("session_id", ["your-session-id", "0", "-1", "9" * 40, "１"])
    def test_ids_that_are_none(self, api: Api, owner: User, session_id: str) -> None:
        answer = api(owner).get(f"/api/interview/session/{session_id}/")
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"


class TestList:
    def test_the_shape_and_who_sees_what(self, api: Api, owner: User, colleague: User, recruiter: User) -> None:
        first, second = make_interview(owner), make_interview(owner)
        make_interview(colleague)
        body = api(owner).get("/api/interview/sessions").json()
        assert [row["session_id"] for row in body["sessions"]] == [str(second.pk), str(first.pk)]
        assert body["total"] == 2
        assert api(recruiter).get("/api/interview/sessions").json()["total"] == 3
        page = api(recruiter).get("/api/interview/sessions", {"page_size": 1, "page": 3}).json()
        assert ([row["session_id"] for row in page["sessions"]], page["total"]) == ([str(first.pk)], 3)
        assert api(None).get("/api/interview/sessions").status_code == 401

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, api: Api, owner: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(count):
            make_interview(owner)
        client = api(owner)
        with django_assert_num_queries(3):  # the person, the count, the rows
            client.get("/api/interview/sessions/")


class TestStatus:
    def put(self, client: APIClient, interview: Interview, status: str) -> Any:
        return client.put(f"/api/interview/session/{interview.pk}/status", {"status": status}, format="json")

    @pytest.mark.parametrize(
        ("before", "to"), [("active", "completed"), ("active", "abandoned"), ("created", "abandoned")]
    )
    def test_a_candidate_ends_it(self, api: Api, owner: User, before: str, to: str, settings: Settings) -> None:
        settings.REDIS_URL = ""
        interview = make_interview(owner, status=before)
        answer = self.put(api(owner), interview, to)
        assert (answer.status_code, answer.json()["status"]) == (200, to)
        assert OutboxMessage.objects.get().payload == {"status": to}

    @pytest.mark.parametrize(("before", "to"), [("created", "completed"), ("completed", "abandoned")])
    def test_what_the_table_does_not_have(self, api: Api, owner: User, before: str, to: str) -> None:
        assert self.put(api(owner), make_interview(owner, status=before), to).status_code == 409

    @pytest.mark.parametrize("status", ["active", "created", "failed", "", "x"])
    def test_other_states_cannot_be_set(self, api: Api, owner: User, status: str) -> None:
        assert self.put(api(owner), make_interview(owner), status).status_code == 400

    def test_who_may_what(self, api: Api, owner: User, colleague: User, outsider: User, recruiter: User) -> None:
        interview = make_interview(owner, status="active")
        assert self.put(api(owner), interview, "stopped").status_code == 403
        assert self.put(api(recruiter), interview, "completed").status_code == 403
        assert self.put(api(colleague), interview, "completed").status_code == 404
        assert self.put(api(outsider), interview, "completed").status_code == 404
        assert self.put(api(None), interview, "completed").status_code == 401
        assert Interview.objects.get().status == "active"
        assert self.put(api(recruiter), interview, "stopped").status_code == 200


class TestResults:
    def test_the_shape(self, api: Api, owner: User) -> None:
        interview = with_everything(owner)
        assert api(owner).get(f"/api/interview/results/{interview.pk}").json() == {
            "session_id": str(interview.pk),
            "status": "active",
            "transcript": [
                {"role": "interviewer", "text": "Please introduce yourself.", "at_ms": 0},
                {"role": "candidate", "text": "said 0", "at_ms": 10},
                {"role": "interviewer", "text": "Why Go?", "at_ms": 30},
                {"role": "candidate", "text": "said 1", "at_ms": 10},
            ],
            "analysis": {"questions": 2, "answered": 2, "skipped": 0, "silent": 0, "spoken_ms": 40},
            "report": None,
        }

    def test_the_report_where_it_is_shared(self, api: Api, owner: User, recruiter: User, settings: Settings) -> None:
        interview = make_interview(owner, status="completed")
        Report.objects.create(interview=interview)
        url = f"/api/interview/results/{interview.pk}/"
        assert api(owner).get(url).json()["report"]["status"] == "pending"
        settings.SHARE_REPORT_WITH_CANDIDATE = False
        assert api(owner).get(url).json()["report"] is None
        assert api(recruiter).get(url).json()["report"]["interview_id"] == str(interview.pk)
