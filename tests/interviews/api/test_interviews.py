"""Making, listing, reading and stopping interviews over HTTP."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.models import User
from interviews.models import CodeDocument, CodeRun, Interview, OutboxMessage, Turn, Utterance
from tests.interviews.factories import make_interview, make_resume

Api = Callable[[User | None], APIClient]
NEW = {
    "position_name": "后端开发工程师",
    "position_type": "backend",
    "company_name": "示例公司",
    "position_description": "负责后端开发工作",
    "position_requirements": "熟悉Python/Django",
    "interview_time": "2024-03-20T14:30:00Z",
    "language": "zh-CN",
}
LEAST = {"position_name": "Tester", "position_type": "qa", "position_description": ""}


class TestCreate:
    def test_the_guides_example(self, api: Api, owner: User) -> None:
        answer = api(owner).post("/interviews/create/", NEW, format="json")
        assert answer.status_code == 201
        interview = Interview.objects.get()
        assert answer.json() == {
            "id": str(interview.pk),
            "interview_time": "2024-03-20T14:30:00Z",
            "position_name": "后端开发工程师",
            "company_name": "示例公司",
            "position_type": "backend",
            "msg": answer.json()["msg"],
        }
        assert (interview.owner, interview.language, interview.status) == (owner, "zh-hans", "created")
        assert interview.position_requirements == "熟悉Python/Django"

    def test_the_least_and_without_the_slash(self, api: Api, owner: User) -> None:
        answer = api(owner).post("/interviews/create", LEAST, format="json")
        assert answer.status_code == 201
        assert answer.json()["msg"] == "Interview created"
        interview = Interview.objects.get()
        assert (interview.language, interview.company_name) == ("en", "")
        assert abs(interview.interview_time - timezone.now()) < timedelta(minutes=1)

    def test_the_callers_language_where_none_is_named(self, api: Api, owner: User) -> None:
        api(owner).post("/interviews/create/", LEAST, format="json", headers={"Accept-Language": "ru-RU,en;q=0.5"})
        assert Interview.objects.get().language == "ru"

    def test_with_an_own_resume_the_plan_is_ready(self, api: Api, owner: User) -> None:
        resume = make_resume(owner)
        api(owner).post("/interviews/create/", {**LEAST, "resume_id": resume.pk}, format="json")
        interview = Interview.objects.get()
        assert (interview.resume, len(interview.plan)) == (resume, 8)

    @pytest.mark.parametrize("value", ["devops", "", "BACKEND ", 5])
    def test_an_unknown_type_lists_the_five(self, api: Api, owner: User, value: Any) -> None:
        answer = api(owner).post("/interviews/create/", {**LEAST, "position_type": value}, format="json")
        assert answer.status_code == 400
        body = answer.json()
        assert (body["success"], body["code"]) == (False, "invalid")
        if value:
            message = "Choose one of these position types: backend, frontend, pm, qa, algo."
            assert body["errors"] == {"position_type": [message]}
            assert body["message"] == message
        assert Interview.objects.count() == 0

    @pytest.mark.parametrize("missing", ["position_name", "position_type", "position_description"])
    def test_what_is_required(self, api: Api, owner: User, missing: str) -> None:
        body = {name: value for name, value in LEAST.items() if name != missing}
        answer = api(owner).post("/interviews/create/", body, format="json")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [missing]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("position_name", "x" * 201),
            ("position_name", "a\0b"),
            ("position_description", "x" * 10_001),
            ("position_requirements", "x" * 10_001),
            ("company_name", "x" * 201),
            ("interview_time", "tomorrow"),
            ("interview_time", "9999-12-31T23:59:59-12:00"),
            ("interview_time", "0001-01-01T00:00:00+14:00"),
            ("language", "fr"),
            ("resume_id", "x"),
            ("resume_id", 10**30),
        ],
    )
    def test_limits(self, api: Api, owner: User, field: str, value: Any) -> None:
        answer = api(owner).post("/interviews/create/", {**LEAST, field: value}, format="json")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [field]

    def test_somebody_elses_resume_is_not_found(self, api: Api, owner: User, colleague: User) -> None:
        resume = make_resume(colleague)
        answer = api(owner).post("/interviews/create/", {**LEAST, "resume_id": resume.pk}, format="json")
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"

    def test_a_resume_that_was_not_read(self, api: Api, owner: User) -> None:
        resume = make_resume(owner, status="parsing")
        answer = api(owner).post("/interviews/create/", {**LEAST, "resume_id": resume.pk}, format="json")
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == ["resume_id"]

    def test_too_many_open_ones(self, api: Api, owner: User, settings: Settings) -> None:
        settings.MAX_OPEN_INTERVIEWS_PER_USER = 1
        make_interview(owner)
        answer = api(owner).post("/interviews/create/", LEAST, format="json")
        assert answer.status_code == 409
        assert answer.json() == {
            "success": False,
            "code": "too_many_open_interviews",
            "message": "You have 1 interview that is not over. Finish or end it first.",
            "errors": {},
        }

    def test_a_stranger(self, api: Api, db: None) -> None:
        assert api(None).post("/interviews/create/", LEAST, format="json").status_code == 401

    def test_a_browser_is_led_to_the_page(self, owner_client: Any) -> None:
        answer = owner_client.get("/interviews/create/")
        assert (answer.status_code, answer["Location"]) == (302, "/interviews/new/")


ROW = {
    "position_name": "Backend developer",
    "position_type": "backend",
    "company_name": "",
    "language": "en",
    "status": "created",
    "phase": "waiting",
    "started_at": None,
    "completed_at": None,
    "seconds_left": None,
    "resume_id": None,
    "vacancy_id": None,
    "candidate": "Alice",
}


class TestList:
    @pytest.mark.parametrize("code", ["zh", "zh-CN", "zh-hans"])
    def test_a_language_in_any_spelling(self, api: Api, owner: User, code: str) -> None:
        make_interview(owner)
        chinese = make_interview(owner, language="zh-hans")
        answer = api(owner).get("/api/v1/interviews/", {"language": code})
        assert [row["id"] for row in answer.json()["results"]] == [str(chinese.pk)]

    def test_the_shape(self, api: Api, owner: User) -> None:
        interview = make_interview(owner)
        body = api(owner).get("/api/v1/interviews/").json()
        row = body["results"][0]
        times = {name: row.pop(name) for name in ("interview_time", "created_at")}
        assert row == {"id": str(interview.pk), **ROW}
        assert all(value.endswith("Z") for value in times.values())
        assert {**body, "results": []} == {"count": 1, "next": None, "previous": None, "results": []}

    def test_three_people_and_a_recruiter(
        self, api: Api, owner: User, colleague: User, outsider: User, recruiter: User
    ) -> None:
        mine, theirs = make_interview(owner), make_interview(colleague)

        def seen(user: User) -> list[str]:
            return [row["id"] for row in api(user).get("/api/v1/interviews/").json()["results"]]

        assert seen(owner) == [str(mine.pk)]
        assert seen(colleague) == [str(theirs.pk)]
        assert seen(outsider) == []
        assert seen(recruiter) == [str(theirs.pk), str(mine.pk)]
        assert api(None).get("/api/v1/interviews/").status_code == 401

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, api: Api, recruiter: User, owner: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(count):
            make_interview(owner, resume=make_resume(owner))
        client = api(recruiter)
        with django_assert_num_queries(3):  # the person, the count, the rows
            assert len(client.get("/api/v1/interviews/").json()["results"]) == count

    def test_filters(self, api: Api, owner: User) -> None:
        resume = make_resume(owner)
        first = make_interview(owner, resume=resume, position_name="Alpha", company_name="Acme", language="ko")
        second = make_interview(owner, position_name="Beta", position_type="qa", status="completed")

        def found(**query: str) -> list[str]:
            return [row["id"] for row in api(owner).get("/api/v1/interviews/", query).json()["results"]]

        assert found(status="completed") == [str(second.pk)]
        assert found(position_type="backend") == [str(first.pk)]
        assert found(language="ko") == [str(first.pk)]
        assert found(resume_id=str(resume.pk)) == [str(first.pk)]
        assert found(search="acm") == [str(first.pk)]
        assert found(ordering="created_at") == [str(first.pk), str(second.pk)]
        assert found(page_size="1") == [str(second.pk)]
        assert found(page_size="1", page="2") == [str(first.pk)]

    @pytest.mark.parametrize(
        "query", [{"status": "x"}, {"position_type": "x"}, {"language": "x"}, {"resume_id": "x"}, {"ordering": "plan"}]
    )
    def test_bad_filters(self, api: Api, owner: User, query: dict[str, str]) -> None:
        answer = api(owner).get("/api/v1/interviews/", query)
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == list(query)

    def test_a_page_that_is_not_there(self, api: Api, owner: User) -> None:
        assert api(owner).get("/api/v1/interviews/", {"page": "7"}).status_code == 404


def with_everything(owner: User) -> Interview:
    interview = make_interview(
        owner, status="active", phase="code", plan=[{"key": "a"}, {"key": "b"}], seconds_left=77, speech_engine="vosk"
    )
    for number, prompt in enumerate(["intro_prompt", "Why Go?"]):
        Turn.objects.create(
            interview=interview, number=number, phase="question", kind="question", prompt=prompt, outcome="answered"
        )
        Utterance.objects.create(
            interview=interview, utterance_id=f"u{number}", turn_number=number, phase="question", text=f"said {number}",
            source="voice", engine="vosk", start_ms=10, end_ms=30,
        )  # fmt: skip
    CodeDocument.objects.create(interview=interview, task_id="qa-flaky", language="go", text="x", seq=4)
    CodeRun.objects.create(
        interview=interview, task_id="qa-flaky", kind="submission", language="go", source="y", run_id="r"
    )
    return interview


class TestDetail:
    def test_the_shape(self, api: Api, owner: User) -> None:
        interview = with_everything(owner)
        body = api(owner).get(f"/api/v1/interviews/{interview.pk}/").json()
        assert (body["id"], body["status"], body["phase"], body["seconds_left"]) == (
            str(interview.pk),
            "active",
            "code",
            77,
        )
        assert (body["speech_engine"], body["voice_engine"], body["question_count"]) == ("vosk", "", 2)
        assert "plan" not in body
        assert [turn["prompt"] for turn in body["transcript"]] == ["Please introduce yourself.", "Why Go?"]
        assert body["transcript"][1] == {
            "number": 1,
            "phase": "question",
            "kind": "question",
            "question_number": None,
            "prompt": "Why Go?",
            "answer": "",
            "source": "",
            "outcome": "answered",
            "started_ms": 0,
            "ended_ms": 0,
            "utterances": [
                {
                    "utterance_id": "u1",
                    "text": "said 1",
                    "source": "voice",
                    "engine": "vosk",
                    "confidence": None,
                    "start_ms": 10,
                    "end_ms": 30,
                }
            ],
        }
        code = body["code"][0]
        submission = code.pop("submissions")[0]
        assert code == {
            "task_id": "qa-flaky",
            "title": "Find the flaky tests",
            "language": "go",
            "text": "x",
            "seq": 4,
        }
        assert {**submission, "created_at": ""} == {
            "run_id": "r", "language": "go", "source": "y", "created_at": "", "taken": False, "status": "",
            "hidden": None,
        }  # fmt: skip

    def test_what_was_said_in_a_turn_that_goes_on_is_there(self, api: Api, owner: User) -> None:
        interview = make_interview(owner, status="active", phase="intro")
        Utterance.objects.create(
            interview=interview, utterance_id="u", turn_number=1, phase="intro", text="I am", source="text", end_ms=5
        )
        turn = api(owner).get(f"/api/v1/interviews/{interview.pk}/").json()["transcript"][0]
        assert (turn["phase"], turn["answer"], turn["outcome"], turn["ended_ms"]) == ("intro", "I am", "", 5)

    def test_three_people_and_a_recruiter(
        self, api: Api, owner: User, colleague: User, outsider: User, recruiter: User
    ) -> None:
        make_interview(colleague)
        url = f"/api/v1/interviews/{make_interview(owner).pk}/"
        codes = [api(user).get(url).status_code for user in (owner, colleague, outsider, recruiter, None)]
        assert codes == [200, 404, 404, 200, 401]
        assert api(outsider).get(url).json()["code"] == "not_found"

    @pytest.mark.parametrize("pk", ["0", "99999999", "9" * 18, "9" * 30])
    def test_ids_that_are_not_there(self, api: Api, owner: User, pk: str) -> None:
        assert api(owner).get(f"/api/v1/interviews/{pk}/").status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, api: Api, owner: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        interview = with_everything(owner)
        for number in range(2, 2 * count):
            Turn.objects.create(interview=interview, number=number, phase="question", kind="question", prompt="?")
        client = api(owner)
        with django_assert_num_queries(6):  # the person, the interview, turns, utterances, documents, submissions
            client.get(f"/api/v1/interviews/{interview.pk}/")


class TestStop:
    def test_a_recruiter_stops_it_and_the_session_is_told(
        self, api: Api, owner: User, recruiter: User, settings: Settings
    ) -> None:
        settings.REDIS_URL = ""
        interview = make_interview(owner, status="active")
        answer = api(recruiter).post(f"/api/v1/interviews/{interview.pk}/stop/", {"reason": "moved"}, format="json")
        assert answer.status_code == 200
        assert (answer.json()["status"], answer.json()["phase"]) == ("stopped", "stopped")
        row = OutboxMessage.objects.get()
        assert (row.interview_id, row.kind, row.payload) == (interview.pk, "stop", {"status": "stopped"})
        assert interview.history.get().reason == "moved"

    @pytest.mark.django_db(transaction=True)
    def test_it_is_stopped_though_redis_is_down(
        self, api: Api, owner: User, recruiter: User, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.REDIS_URL = nowhere = "redis://127.0.0.1:1"
        settings.CHANNEL_LAYERS = {
            "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [nowhere]}}
        }
        interview = make_interview(owner, status="active")
        answer = api(recruiter).post(f"/api/v1/interviews/{interview.pk}/stop/")
        assert (answer.status_code, answer.json()["status"]) == (200, "stopped")
        assert f"interview {interview.pk}: stop was not told at once (ConnectionError)" in caplog.messages

    def test_what_is_over_stays_as_it_is(self, api: Api, owner: User, recruiter: User) -> None:
        interview = make_interview(owner, status="completed")
        answer = api(recruiter).post(f"/api/v1/interviews/{interview.pk}/stop/")
        assert answer.status_code == 409
        assert answer.json()["code"] == "illegal_transition"
        assert answer.json()["message"] == "This is not possible: the interview is completed."
        assert OutboxMessage.objects.count() == 0

    def test_why_not_is_said_in_the_callers_language(self, api: Api, owner: User, recruiter: User) -> None:
        interview = make_interview(owner, status="abandoned")
        url = f"/api/v1/interviews/{interview.pk}/stop/"
        answer = api(recruiter).post(url, headers={"Accept-Language": "zh-CN"})
        assert answer.json()["message"] == "无法执行此操作：面试状态为 已放弃。"

    def test_three_people(self, api: Api, owner: User, outsider: User, colleague: User) -> None:
        interview = make_interview(owner)
        url = f"/api/v1/interviews/{interview.pk}/stop/"
        codes = [api(user).post(url).status_code for user in (owner, colleague, outsider, None)]
        assert codes == [403, 404, 404, 401]
        assert Interview.objects.get().status == "created"
