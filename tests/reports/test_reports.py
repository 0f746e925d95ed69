"""From a finished interview to the report its people read."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery, current_app
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Role, User
from interviews.models import Interview, Status
from reports.domain import evaluate, start
from reports.models import Report
from resumes.models import Resume
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
Api = Callable[[User], APIClient]
PLAN = [{"key": "backend-1", "text": "How do you make a query fast?", "difficulty": 2, "expected": ["index", "cache"]}]
SAID = "I built an index because the scans were slow, and 2 caches with the team."


def finished(owner: User, status: str = Status.COMPLETED) -> Interview:
    resume = Resume.objects.create(owner=owner, name="CV", status="interviewed", size=1)
    interview = Interview.objects.create(
        owner=owner,
        resume=resume,
        position_name="Backend",
        position_type="backend",
        language="en",
        plan=PLAN,
        status=status,
    )
    interview.turns.create(number=1, phase="intro", kind="prompt", prompt="Please introduce yourself.", answer="Hello.")
    interview.turns.create(
        number=2,
        phase="question",
        kind="question",
        question_number=1,
        question_key="backend-1",
        prompt=PLAN[0]["text"],
        answer=SAID,
        outcome="answered",
    )
    interview.utterances.create(
        utterance_id="c1",
        turn_number=2,
        question_number=1,
        phase="question",
        text=SAID,
        source="voice",
        start_ms=65_000,
        end_ms=70_000,
    )
    return interview


@pytest.fixture
def interview(owner: User) -> Interview:
    return finished(owner)


@pytest.fixture
def report(interview: Interview) -> Report:
    start.request_report(interview)
    evaluate.write_report(interview.pk)
    return Report.objects.get()


def test_a_report_is_written_once(interview: Interview, report: Report) -> None:
    assert (report.status, report.attempts, report.confidence) == ("ready", 1, "low")
    assert report.scores["technical_skills"] == round(100 * (0.75 + 0.25 * 15 / 60))
    assert report.evidence["technical_skills"][0]["quote"] == SAID
    before = report.updated_at
    evaluate.write_report(interview.pk)
    report.refresh_from_db()
    assert (report.updated_at, report.attempts) == (before, 1)


def test_reading_an_interview_takes_three_queries(
    interview: Interview, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(3):
        evaluate.evaluate(interview)
    for number in (3, 4):
        interview.turns.create(number=number, phase="question", kind="question", prompt="?", answer="x")
    with django_assert_num_queries(3):
        evaluate.evaluate(interview)


def test_proctoring_changes_no_score(interview: Interview, report: Report) -> None:
    before = evaluate.evaluate(interview)
    interview.proctoring_events.create(signal="multiple_faces", at_ms=1000, source="vision")
    assert evaluate.evaluate(interview) == before


def test_the_api_shape(api: Api, recruiter: User, interview: Interview, report: Report) -> None:
    body = api(recruiter).get(f"/api/v1/analysis/report/{interview.resume_id}").json()
    assert set(body) == {
        "interview_id",
        "status",
        "scores",
        "overall",
        "recommendation",
        "confidence",
        "strengths",
        "concerns",
        "evidence",
        "evaluator",
        "updated_at",
    }
    assert (body["interview_id"], body["status"], body["recommendation"]) == (str(interview.pk), "ready", "consider")
    assert body["evaluator"] == {
        "name": "viva-offline",
        "model": "",
        "rubric_version": "offline-2",
        "prompt_version": "",
    }
    assert "Mentioned: index · cache" in body["strengths"]
    assert "Communication: too little was said to tell" in body["concerns"]


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("colleague", 404), ("outsider", 404), ("recruiter", 200)])
def test_who_reads_a_report(
    request: pytest.FixtureRequest, api: Api, interview: Interview, report: Report, who: str, status: int
) -> None:
    user = request.getfixturevalue(who)
    client: Client = request.getfixturevalue(f"{who}_client")
    paths = (
        f"/api/v1/analysis/report/{interview.resume_id}",
        f"/api/v1/analysis/report/{interview.resume_id}?interview_id={interview.pk}",
    )
    assert [api(user).get(path).status_code for path in paths] == [status, status]
    assert client.get(reverse("reports:detail", args=[interview.pk])).status_code == status
    asked = api(user).post(f"/api/v1/analysis/interview-report/{interview.resume_id}").status_code
    assert asked == (202 if status == 200 else 404)


def managed(interview: Interview, *managers: User) -> None:
    vacancy = Vacancy.objects.create(title="Backend", position_type="backend")
    vacancy.managers.set(managers)
    Interview.objects.filter(pk=interview.pk).update(vacancy=vacancy)


@pytest.mark.parametrize(
    ("who", "status"), [("manager", 200), ("other", 404), ("owner", 200), ("colleague", 404), ("outsider", 404)]
)
def test_a_hiring_manager_reads_those_of_own_vacancies_by_the_api_too(
    request: pytest.FixtureRequest, api: Api, interview: Interview, report: Report, manager: User, who: str, status: int
) -> None:
    other = User.objects.create_user("olga@example.com", role=Role.HIRING_MANAGER)
    managed(finished(other), other)  # has one of her own, about another resume
    managed(interview, manager)
    user = other if who == "other" else request.getfixturevalue(who)
    path = f"/api/v1/analysis/report/{interview.resume_id}"
    answers = [api(user).get(path), api(user).get(f"{path}?interview_id={interview.pk}")]
    assert [answer.status_code for answer in answers] == [status, status]
    assert not {"alice@example.com", "Alice"} & set(re.findall(r"[\w@.]+", answers[0].content.decode()))
    asked = api(user).post(f"/api/v1/analysis/interview-report/{interview.resume_id}").status_code
    assert asked == (202 if status == 200 else 404)


def test_of_a_resume_s_interviews_a_hiring_manager_gets_the_latest_of_own_vacancies(
    api: Api, manager: User, interview: Interview, report: Report
) -> None:
    managed(interview, manager)
    later = finished(interview.owner)
    Interview.objects.filter(pk=later.pk).update(resume=interview.resume_id)
    start.request_report(later)
    path = f"/api/v1/analysis/report/{interview.resume_id}"
    assert api(manager).get(path).json()["interview_id"] == str(interview.pk)
    assert api(manager).get(f"{path}?interview_id={later.pk}").status_code == 404
    assert api(interview.owner).get(path).json()["interview_id"] == str(later.pk)


@pytest.mark.parametrize("who", ["manager", "owner", "recruiter"])
def test_a_report_takes_three_queries(
    request: pytest.FixtureRequest,
    api: Api,
    interview: Interview,
    report: Report,
    manager: User,
    who: str,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    managed(interview, manager)
    client = api(request.getfixturevalue(who))
    with django_assert_num_queries(3):  # who asks, which interview, its report
        assert client.get(f"/api/v1/analysis/report/{interview.resume_id}").status_code == 200


def test_a_stranger_reads_nothing(client: Client, interview: Interview, report: Report) -> None:
    assert client.get(f"/api/v1/analysis/report/{interview.resume_id}").status_code == 401
    assert client.get(reverse("reports:detail", args=[interview.pk])).status_code == 302


def test_a_company_may_keep_reports_to_itself(
    settings: Any, api: Api, owner: User, owner_client: Client, interview: Interview, report: Report
) -> None:
    settings.SHARE_REPORT_WITH_CANDIDATE = False
    assert api(owner).get(f"/api/v1/analysis/report/{interview.resume_id}").status_code == 404
    page = owner_client.get(reverse("reports:detail", args=[interview.pk])).content.decode()
    assert "There is no report to show for this interview." in page


@pytest.mark.parametrize("chosen", ["0", "x", "-1", "9" * 30, ""])
def test_a_wrong_interview_id_is_not_found(
    api: Api, owner: User, interview: Interview, report: Report, chosen: str
) -> None:
    assert api(owner).get(f"/api/v1/analysis/report/{interview.resume_id}?interview_id={chosen}").status_code == 404


def test_an_open_interview_has_no_report_yet(api: Api, owner: User) -> None:
    interview = finished(owner, Status.ACTIVE)
    response = api(owner).post(f"/api/v1/analysis/interview-report/{interview.resume_id}")
    assert (response.status_code, response.json()["code"]) == (409, "conflict")


def test_the_page_shows_scores_and_quotes(owner_client: Client, interview: Interview, report: Report) -> None:
    page = owner_client.get(reverse("reports:detail", args=[interview.pk])).content.decode()
    assert SAID in page
    assert "Question 1, at 1:05" in page
    assert "A person at the company decides." in page


@pytest.fixture
def coded(interview: Interview) -> Interview:
    interview.turns.create(number=3, phase="code", kind="follow_up", prompt="?", question_key="t+loop", answer=SAID)
    interview.utterances.create(
        utterance_id="c2", turn_number=3, phase="code", text=SAID, source="voice", start_ms=95_000, end_ms=99_000
    )
    counts = {"hidden_passed": 3, "hidden_total": 6}
    interview.code_runs.create(
        run_id="r", kind="submission", status="done", task_id="t", language="go", source="x", **counts
    )
    start.request_report(interview)
    evaluate.write_report(interview.pk)
    return interview


def test_what_was_said_about_the_code_is_no_introduction(owner_client: Client, coded: Interview) -> None:
    page = owner_client.get(reverse("reports:detail", args=[coded.pk])).content.decode()
    assert "About the solution, at 1:35" in page
    assert "Introduction" not in page
    assert "<p>Solution: 3 of 6 hidden tests passed</p>" in page


def test_reports_from_before_keep_their_words(owner_client: Client, coded: Interview) -> None:
    report = Report.objects.get()
    for rows in report.evidence.values():
        for row in rows:
            del row["phase"]
    report.save()
    page = owner_client.get(reverse("reports:detail", args=[coded.pk])).content.decode()
    assert "Introduction, at 1:35" in page


def test_what_the_tests_found_is_told_in_the_reader_s_language(api: Api, owner: User, coded: Interview) -> None:
    asked = api(owner).get(f"/api/v1/analysis/report/{coded.resume_id}", headers={"Accept-Language": "ru"}).json()
    row = asked["evidence"]["technical_skills"][-1]
    assert row["quote"] == "Решение: пройдено скрытых тестов 3 из 6"
    assert (row["speaker"], row["passed"], row["total"]) == ("tests", 3, 6)


def test_what_was_typed_was_heard_at_no_time(
    owner_client: Client, recruiter_client: Client, interview: Interview
) -> None:
    interview.utterances.update(source="text", start_ms=0, end_ms=0)
    introduction = "My own work is 3 services because they fail apart."
    interview.utterances.create(utterance_id="c0", turn_number=1, phase="intro", text=introduction, source="text")
    start.request_report(interview)
    evaluate.write_report(interview.pk)
    report = reverse("admin:reports_report_change", args=[Report.objects.get().pk])
    for client, path in ((owner_client, reverse("reports:detail", args=[interview.pk])), (recruiter_client, report)):
        page = client.get(path).content.decode()
        places = set(re.findall(r'<cite class="muted">(.*?)</cite>', page))
        assert places == {"Introduction", "Question 1"}


def test_the_admin_shows_findings_and_transcript(
    recruiter_client: Client, interview: Interview, report: Report
) -> None:
    page = recruiter_client.get(reverse("admin:reports_report_change", args=[report.pk])).content.decode()
    assert page.count(SAID) >= 2
    assert "viva-offline · offline-2" in page
    assert recruiter_client.get(reverse("admin:reports_report_changelist")).status_code == 200


def test_what_a_candidate_said_is_shown_as_text(owner_client: Client, interview: Interview) -> None:
    interview.utterances.update(text="<script>alert(1)</script> because index")
    start.request_report(interview)
    evaluate.write_report(interview.pk)
    page = owner_client.get(reverse("reports:detail", args=[interview.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_sweeper_asks_again_and_gives_up(interview: Interview) -> None:
    report = start.request_report(interview)
    assert start.sweep() == 0
    Report.objects.update(updated_at=timezone.now() - timedelta(minutes=3))
    assert start.sweep() == 1
    assert start.sweep() == 0
    Report.objects.update(updated_at=timezone.now() - timedelta(minutes=3), attempts=3)
    assert start.sweep() == 0
    report.refresh_from_db()
    assert report.status == "failed"


@pytest.mark.parametrize("resume_id", ["9223372036854775808", "9" * 30])
def test_a_number_that_no_database_holds_is_not_found(api: Api, recruiter: User, resume_id: str) -> None:
    assert api(recruiter).get(f"/api/v1/analysis/report/{resume_id}").status_code == 404
    assert api(recruiter).post(f"/api/v1/analysis/interview-report/{resume_id}").status_code == 404


def test_every_sweeper_is_on_the_clock(settings: Any) -> None:
    """A report left behind by a crash is asked for again only if the sweeper runs."""
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    current_app.loader.import_default_modules()
    sweepers = {name for name in current_app.tasks if ".sweep_" in name}
    assert sweepers == {
        "reports.tasks.sweep_reports",
        "resumes.tasks.sweep_resumes",
        "interviews.tasks.sweep_code_runs",
        "interviews.tasks.sweep_submissions",
        "resumes.tasks.sweep_imports",
        "resumes.tasks.sweep_duplicates",
        "resumes.search_tasks.sweep_search",
        "interviews.tasks.sweep_interviews",
    }
    assert sweepers <= scheduled


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_does_not_answer_leaves_the_row(interview: Interview) -> None:
    """The caller, such as a live session that has just completed an interview, does not pay for it."""
    own = current_app._get_current_object()  # type: ignore[attr-defined]  # a proxy
    nowhere = Celery(broker="redis://127.0.0.1:1", set_as_current=False)
    nowhere.conf.task_publish_retry = False
    nowhere.set_current()
    try:
        start.request_report(interview)
    finally:
        own.set_current()
    assert Report.objects.get().status == "pending"


def test_a_recruiter_starts_it_again(api: Api, recruiter: User, interview: Interview, report: Report) -> None:
    assert api(recruiter).post(f"/api/v1/analysis/interview-report/{interview.resume_id}").json()["status"] == "pending"
    evaluate.write_report(interview.pk)
    report.refresh_from_db()
    assert report.status == "ready"
