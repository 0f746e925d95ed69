"""A report in the admin, as a recruiter reads it in their own language."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from interviews.models import Interview
from reports.models import Report

pytestmark = pytest.mark.django_db


def test_a_fixed_line_is_shown_in_words_and_labels_in_the_reader_s_language(
    owner: User, recruiter: User, recruiter_client: Client
) -> None:
    User.objects.filter(pk=recruiter.pk).update(language="ru")
    interview = Interview.objects.create(owner=owner, position_name="Backend", position_type="backend", language="ko")
    interview.turns.create(number=1, phase="intro", kind="prompt", prompt="intro_prompt", answer="안녕하세요")
    report = Report.objects.create(interview=interview)
    page = recruiter_client.get(reverse("admin:reports_report_change", args=(report.pk,))).content.decode()
    assert "자기소개를 부탁드립니다." in page
    assert "intro_prompt" not in page
    assert "<label>Интервью:</label>" in page


RESULT = {
    "status": "ok",
    "tests": [{"name": "one", "status": "ok"}],
    "hidden": [{"name": "none", "status": "ok"}, {"name": "two at once", "status": "wrong_answer"}],
}


def test_the_code_that_was_handed_in_is_read_beside_the_report(recruiter_client: Client, owner: User) -> None:
    interview = Interview.objects.create(owner=owner, position_name="Backend", position_type="backend", language="en")
    interview.turns.create(number=3, phase="code", kind="task", prompt="Rate limiter", outcome="answered")
    interview.code_runs.create(
        task_id="backend-rate-limiter", kind="submission", language="python", source="print('<b>')", run_id="r1",
        status="done", hidden_passed=1, hidden_total=2, result=RESULT,
    )  # fmt: skip
    report = Report.objects.create(interview=interview)
    page = recruiter_client.get(reverse("admin:reports_report_change", args=[report.pk])).content.decode()
    assert "The code was handed in." in page
    assert '<h3 lang="en">Rate limiter</h3>' in page
    assert "Hidden tests passed: 1 of 2" in page
    assert "<td>two at once</td><td>hidden</td><td>Wrong answer</td>" in page
    assert "<td>one</td><td>visible</td><td>Passed</td>" in page
    assert "(Python)</p>" in page
    assert "print(&#x27;&lt;b&gt;&#x27;)" in page


def test_what_became_of_the_tests_is_told_in_the_reader_s_language(
    owner: User, recruiter: User, recruiter_client: Client
) -> None:
    User.objects.filter(pk=recruiter.pk).update(language="ru")
    interview = Interview.objects.create(owner=owner, position_name="Backend", position_type="backend", language="en")
    for task_id, language, result in (("backend-rate-limiter", "cpp", RESULT), ("none", "text", {})):
        interview.code_runs.create(
            task_id=task_id, kind="submission", language=language, source="x", run_id=task_id, status="done",
            result=result,
        )  # fmt: skip
    report = Report.objects.create(interview=interview)
    page = recruiter_client.get(reverse("admin:reports_report_change", args=[report.pk])).content.decode()
    assert "(C++)</p>" in page
    assert "(Текст)</p>" in page
    assert "<td>Неверный ответ</td>" in page
    assert "wrong_answer" not in page
