"""The pages: who sees what, and what they lead to."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.models import User
from interviews import engine
from interviews.domain import lifecycle, outbox
from interviews.models import Interview, Phase
from reports.models import Report
from tests.interviews.api.test_interviews import with_everything
from tests.interviews.factories import make_interview, make_resume


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


class TestHome:
    def test_a_stranger_reads_what_it_is(self, db: None) -> None:
        html = page(Client(), "/")
        assert "AI interviewer" in html
        assert 'href="/accounts/sign-up/"' in html

    def test_a_candidate_finds_their_own_things(self, owner: User, colleague: User, owner_client: Client) -> None:
        resume = make_resume(owner, name="My CV")
        new, going = make_interview(owner), make_interview(owner, status="active")
        past = make_interview(owner, status="completed", position_name="Old one")
        make_interview(colleague, position_name="Not mine")
        html = page(owner_client, "/")
        for path in (f"/interviews/{new.pk}/room/", f"/interviews/{going.pk}/room/", f"/interviews/{past.pk}/"):
            assert f'href="{path}"' in html
        assert f'href="/interviews/new/?resume={resume.pk}"' in html
        assert "My CV" in html
        assert f'href="/interviews/{past.pk}/room/"' not in html
        assert "Not mine" not in html

    def test_a_recruiter_is_led_to_the_admin(self, owner: User, recruiter_client: Client) -> None:
        interview = make_interview(owner)
        html = page(recruiter_client, "/")
        assert 'href="/admin/interviews/interview/"' in html
        assert f'href="/interviews/{interview.pk}/"' in html
        assert f'href="/interviews/{interview.pk}/room/"' not in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, owner: User, owner_client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(count):
            make_interview(owner, resume=make_resume(owner))
            make_interview(owner, status="completed")
        with django_assert_num_queries(5):  # the session, the person, resumes, open and past interviews
            owner_client.get("/")


class TestList:
    def test_three_people_and_a_recruiter(
        self, owner: User, colleague: User, owner_client: Client, outsider_client: Client, recruiter_client: Client
    ) -> None:
        make_interview(owner, position_name="Alpha")
        make_interview(colleague, position_name="Beta")
        seen = [
            (("Alpha" in html), ("Beta" in html))
            for html in (page(client, "/interviews/") for client in (owner_client, outsider_client, recruiter_client))
        ]
        assert seen == [(True, False), (False, False), (True, True)]
        assert Client().get("/interviews/")["Location"] == "/accounts/sign-in/?next=/interviews/"

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, owner: User, recruiter_client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(count):
            make_interview(owner)
        with django_assert_num_queries(4):  # the session, the person, the count, the rows
            recruiter_client.get("/interviews/")


@pytest.mark.parametrize("path", ["/", "/interviews/", "/api/v1/interviews/", "/api/interview/sessions/"])
def test_no_list_loads_what_an_interview_holds(owner: User, owner_client: Client, path: str) -> None:
    make_interview(owner)
    with CaptureQueriesContext(connection) as captured:
        assert owner_client.get(path).status_code == 200
    columns = ("engine_state", "code_task_document", '"interviews_interview"."plan"')
    assert not [one["sql"] for one in captured if any(column in one["sql"] for column in columns)]
    assert "position_name" in "".join(one["sql"] for one in captured)


class TestCreate:
    def form(self, **fields: Any) -> dict[str, Any]:
        return {"position_name": "Tester", "position_type": "qa", "language": "ko", **fields}

    def test_a_new_interview_leads_to_its_room(self, owner: User, owner_client: Client) -> None:
        resume = make_resume(owner)
        answer = owner_client.post("/interviews/new/", self.form(resume=resume.pk, company_name="Acme"))
        interview = Interview.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/interviews/{interview.pk}/room/")
        fields = (interview.owner, interview.resume, interview.position_type, interview.language)
        assert fields == (owner, resume, "qa", "ko")
        assert len(interview.plan) == 8

    def test_a_form_that_is_sent_again_leads_to_the_same_room(
        self, owner: User, owner_client: Client, settings: Settings
    ) -> None:
        settings.MAX_OPEN_INTERVIEWS_PER_USER = 1
        body = self.form(resume=make_resume(owner).pk)
        rooms = [owner_client.post("/interviews/new/", body)["Location"] for _ in range(2)]
        assert rooms == [f"/interviews/{Interview.objects.get().pk}/room/"] * 2

    @pytest.mark.parametrize(
        "change", [{"company_name": "Acme"}, {"language": "ru"}, {"position_type": "pm"}, {"position_name": "Lead"}]
    )
    def test_another_form_makes_another(self, owner: User, owner_client: Client, change: dict[str, str]) -> None:
        body = self.form(resume=make_resume(owner).pk)
        owner_client.post("/interviews/new/", body)
        owner_client.post("/interviews/new/", {**body, **change})
        assert Interview.objects.count() == 2

    @pytest.mark.parametrize("change", [{"status": "active"}, {"created_at": timezone.now() - timedelta(minutes=11)}])
    def test_what_was_entered_or_made_long_ago_is_not_given_again(
        self, owner: User, owner_client: Client, change: dict[str, Any]
    ) -> None:
        body = self.form(resume=make_resume(owner).pk)
        owner_client.post("/interviews/new/", body)
        Interview.objects.update(**change)
        owner_client.post("/interviews/new/", body)
        assert Interview.objects.count() == 2

    @pytest.mark.django_db(transaction=True)
    def test_a_double_click_makes_one(self, owner: User, owner_client: Client) -> None:
        body, together = self.form(resume=make_resume(owner).pk), Barrier(2)

        def click(_: int) -> str:
            client = Client()
            client.cookies = owner_client.cookies
            together.wait()
            try:
                return client.post("/interviews/new/", body)["Location"]
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            rooms = list(pool.map(click, range(2)))
        assert rooms == [f"/interviews/{Interview.objects.get().pk}/room/"] * 2

    def test_a_chosen_resume_fills_the_form(self, owner: User, owner_client: Client) -> None:
        resume = make_resume(owner, expected_position="前端工程师", language="zh-hans")
        make_resume(owner, expected_position="Baker")
        html = page(owner_client, f"/interviews/new/?resume={resume.pk}")
        assert 'value="前端工程师"' in html
        assert re.search(r'<option value="frontend"\s+selected', html)
        assert re.search(r'<option value="zh-hans"\s+selected', html)

    @pytest.mark.parametrize("query", ["", "?resume=x", "?resume=99999", "?resume=" + "9" * 40, "?resume=１"])
    def test_any_query_shows_the_form(self, owner: User, owner_client: Client, query: str) -> None:
        make_resume(owner)
        assert "<form method" in page(owner_client, f"/interviews/new/{query}")

    def test_without_a_resume_that_was_read(self, owner: User, owner_client: Client) -> None:
        make_resume(owner, status="parsing")
        assert 'href="/resumes/upload/"' in page(owner_client, "/interviews/new/")

    def test_somebody_elses_resume(self, owner: User, colleague: User, owner_client: Client) -> None:
        make_resume(owner)
        answer = owner_client.post("/interviews/new/", self.form(resume=make_resume(colleague).pk))
        assert answer.status_code == 400
        assert Interview.objects.count() == 0

    def test_too_many_open_ones(self, owner: User, owner_client: Client, settings: Settings) -> None:
        settings.MAX_OPEN_INTERVIEWS_PER_USER = 1
        make_interview(owner)
        answer = owner_client.post("/interviews/new/", self.form(resume=make_resume(owner).pk))
        assert answer.status_code == 400
        assert "You have 1 interview that is not over." in answer.content.decode()

    def test_a_stranger_signs_in_first(self, db: None) -> None:
        assert Client().get("/interviews/new/")["Location"] == "/accounts/sign-in/?next=/interviews/new/"


class TestDetail:
    def test_what_was_said_and_written(self, owner: User, owner_client: Client) -> None:
        html = page(owner_client, f"/interviews/{with_everything(owner).pk}/")
        for text in ("Please introduce yourself.", "Why Go?", "said 1", "Find the flaky tests", "vosk"):
            assert text in html

    def test_what_a_candidate_says_is_escaped(self, owner: User, recruiter_client: Client) -> None:
        interview = with_everything(owner)
        interview.utterances.update(text="<script>alert(1)</script>")
        interview.code_runs.update(source="<img src=x onerror=alert(1)>")
        html = page(recruiter_client, f"/interviews/{interview.pk}/")
        assert "<script>alert" not in html
        assert "<img src=x" not in html

    def test_three_people_and_a_recruiter(
        self, owner: User, owner_client: Client, colleague_client: Client, outsider_client: Client,
        recruiter_client: Client,
    ) -> None:  # fmt: skip
        url = f"/interviews/{make_interview(owner).pk}/"
        clients = (owner_client, colleague_client, outsider_client, recruiter_client, Client())
        assert [client.get(url).status_code for client in clients] == [200, 404, 404, 200, 302]

    def test_the_report_where_it_is_shared(self, owner: User, owner_client: Client, settings: Settings) -> None:
        interview = make_interview(owner, status="completed")
        Report.objects.create(interview=interview)
        link = f'href="/interviews/{interview.pk}/report/"'
        assert link in page(owner_client, f"/interviews/{interview.pk}/")
        settings.SHARE_REPORT_WITH_CANDIDATE = False
        assert link not in page(owner_client, f"/interviews/{interview.pk}/")

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, owner: User, owner_client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        interviews = [with_everything(owner) for _ in range(count)]
        # The session, the person, the interview, turns, utterances, documents, submissions.
        with django_assert_num_queries(7):
            owner_client.get(f"/interviews/{interviews[0].pk}/")


class TestAdmin:
    def test_a_recruiter_reads_an_interview(self, owner: User, recruiter_client: Client) -> None:
        interview = with_everything(owner)
        Report.objects.create(interview=interview)
        html = page(recruiter_client, f"/admin/interviews/interview/{interview.pk}/change/")
        for text in ("Please introduce yourself.", "said 1", "Find the flaky tests", "/admin/reports/report/"):
            assert text in html
        assert 'name="_save"' not in html
        assert 'name="position_name"' not in html

    def test_it_is_read_in_the_recruiters_language(
        self, owner: User, recruiter: User, recruiter_client: Client
    ) -> None:
        User.objects.filter(pk=recruiter.pk).update(language="ru")
        interview = make_interview(owner, status="active", phase="question")
        lifecycle.move(interview, "stopped", "moved")
        Interview.objects.update(phase="question")
        html = page(recruiter_client, f"/admin/interviews/interview/{interview.pk}/change/")
        assert "Идёт → Остановлено компанией" in html
        assert "StatusChange object" not in html
        assert '<div class="readonly">Вопросы</div>' in html
        assert '<td class="field-phase">Вопросы</td>' in page(recruiter_client, "/admin/interviews/interview/")

    def test_who_deletes_a_person_reads_what_goes_along(self, owner: User, administrator_client: Client) -> None:
        interview = with_everything(owner)
        outbox.send(interview.pk, "stop")
        html = page(administrator_client, f"/admin/accounts/user/{owner.pk}/delete/")
        assert "Utterance: #1" in html
        assert re.findall(r"\w+ object \(\d+\)", html) == []

    def test_every_phase_has_a_name(self) -> None:
        assert Phase.values == [phase.value for phase in engine.Phase]

    def test_search_and_filters(self, owner: User, colleague: User, recruiter_client: Client) -> None:
        make_interview(owner, position_name="Alpha")
        make_interview(colleague, position_name="Beta", status="active")
        url = "/admin/interviews/interview/"
        assert "Beta" not in page(recruiter_client, f"{url}?q=alice")
        assert "Alpha" not in page(recruiter_client, f"{url}?status__exact=active")

    def test_the_action_stops(self, owner: User, recruiter: User, recruiter_client: Client) -> None:
        going, over = make_interview(owner, status="active"), make_interview(owner, status="completed")
        body = {"action": "stop", "_selected_action": [going.pk, over.pk]}
        answer = recruiter_client.post("/admin/interviews/interview/", body, follow=True)
        html = answer.content.decode()
        assert "1 interview was stopped." in html
        assert "Interviews that are over stay as they are." in html
        going.refresh_from_db()
        over.refresh_from_db()
        assert (going.status, over.status) == ("stopped", "completed")
        assert going.history.get().reason == f"stopped by user {recruiter.pk}"

    def test_nobody_adds_or_deletes(self, owner: User, recruiter_client: Client) -> None:
        interview = make_interview(owner)
        assert recruiter_client.get("/admin/interviews/interview/add/").status_code == 403
        assert recruiter_client.get(f"/admin/interviews/interview/{interview.pk}/delete/").status_code == 403

    def test_a_candidate_stays_outside(self, owner_client: Client) -> None:
        assert owner_client.get("/admin/interviews/interview/").status_code == 302

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries(
        self, owner: User, recruiter_client: Client, count: int, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(count):
            make_interview(owner, resume=make_resume(owner))
        with django_assert_max_num_queries(8):
            recruiter_client.get("/admin/interviews/interview/")
