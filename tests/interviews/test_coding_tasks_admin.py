"""Code tasks in the admin: recruiters write, look, try and pin; everybody else finds nothing there."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from interviews.coding import sandboxes, tasks
from interviews.models import CodingTask, Interview, Status
from tests.conftest import signed_in
from tests.interviews.factories import make_interview
from vacancies.models import Vacancy

DOCUMENT = (Path(__file__).parent / "coding" / "own_task.yaml").read_text(encoding="utf-8")
needs_sandbox = pytest.mark.skipif(bool(sandboxes.current().reason), reason="programs cannot be run here")


def page(action: str, *args: Any) -> str:
    return reverse(f"admin:interviews_codingtask_{action}", args=args)


def make_task(number: int = 0, **fields: Any) -> CodingTask:
    document = DOCUMENT.replace("own-greeting", f"own-greeting-{number}") if number else DOCUMENT
    task_id = f"own-greeting-{number}" if number else "own-greeting"
    return CodingTask.objects.create(**{"task_id": task_id, "title": "Greeting", "document": document, **fields})


@pytest.fixture
def task(db: None) -> CodingTask:
    return make_task()


def edit(client: Client, task: CodingTask, **changes: Any) -> Any:
    task.refresh_from_db()
    values = {"document": task.document, "active": "on", "seen": task.updated_at.isoformat(), **changes}
    return client.post(page("change", task.pk), values)


def test_a_recruiter_adds_one(recruiter_client: Client, recruiter: User) -> None:
    answer = recruiter_client.post(page("add"), {"document": DOCUMENT.replace("\n", "\r\n"), "active": "on"})
    assert answer.status_code == 302
    task = CodingTask.objects.get()
    assert (task.task_id, task.title, task.author, task.active) == ("own-greeting", "Greeting", recruiter, True)
    assert task.document == DOCUMENT


def test_it_begins_with_an_example_that_is_sound(recruiter_client: Client) -> None:
    form = recruiter_client.get(page("add")).context["adminform"].form
    assert tasks.own(form.initial["document"]).task_id == "own-second-largest"


@pytest.mark.parametrize("task_id", ["algo-rooms", "pm-pricing"])
def test_a_task_of_the_bank_can_be_begun_from(recruiter_client: Client, task_id: str) -> None:
    form = recruiter_client.get(page("add"), {"from": task_id}).context["adminform"].form
    assert tasks.own(form.initial["document"]).task_id == f"own-{task_id}"


def test_every_fault_is_named_with_its_line_and_nothing_is_kept(recruiter_client: Client) -> None:
    bad = DOCUMENT.replace("difficulty: 1", "difficulty: 9").replace("limit_minutes: 15", "limit_minuets: 15")
    html = recruiter_client.post(page("add"), {"document": bad}).content.decode()
    for fault in (
        "Line 4, difficulty: This must be a number from 1 to 3.",
        "Line 5, limit_minuets: No such field is known here.",
        "<li>limit_minutes: This is missing.</li>",
    ):
        assert fault in html
    assert not CodingTask.objects.exists()


def test_an_id_is_given_once_and_stays(recruiter_client: Client, task: CodingTask) -> None:
    assert b"Another task has the id" in recruiter_client.post(page("add"), {"document": DOCUMENT}).content
    renamed = edit(recruiter_client, task, document=DOCUMENT.replace("own-greeting", "own-other"))
    assert b"The id must stay" in renamed.content
    assert CodingTask.objects.get().document == DOCUMENT


def test_an_edit_is_kept_and_loses_nobody_elses(recruiter_client: Client, task: CodingTask) -> None:
    changed = DOCUMENT.replace("Greeting", "Salute")
    assert edit(recruiter_client, task, document=changed, active="").status_code == 302
    stored = CodingTask.objects.get()
    assert (stored.title, stored.document, stored.active) == ("Salute", changed, False)
    late = edit(recruiter_client, task, document=DOCUMENT, seen=task.created_at.isoformat())
    assert b"Somebody else has changed this task" in late.content
    assert CodingTask.objects.get().title == "Salute"


@pytest.mark.django_db(transaction=True)
def test_of_edits_at_the_same_moment_one_is_kept_and_the_others_are_told(recruiter: User, task: CodingTask) -> None:
    seen, barrier = task.updated_at.isoformat(), Barrier(3)

    def save(number: int) -> int:
        client = signed_in(recruiter)
        client.get(page("change", task.pk))  # what is imported late is imported now
        barrier.wait()
        try:
            values = {"document": DOCUMENT.replace("Greeting", f"Salute {number}"), "active": "on", "seen": seen}
            return client.post(page("change", task.pk), values).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        statuses = list(pool.map(save, range(3)))
    assert sorted(statuses) == [200, 200, 302]
    assert CodingTask.objects.get().title == f"Salute {statuses.index(302)}"


@pytest.mark.parametrize("language", ["en", "zh-hans", "ru", "ko"])
def test_the_page_shows_what_candidates_get_in_four_languages(recruiter_client: Client, language: str) -> None:
    answer = recruiter_client.get(page("show", "algo-rooms"), {"language": language})
    assert answer.context["shown"] == tasks.get("algo-rooms").public(language)
    html = answer.content.decode()
    assert "all at once" in html  # a hidden test
    assert page("try", "algo-rooms") in html
    assert f'href="?language={language}" lang="{language}" hreflang="{language}" aria-current="true"' in html


def test_a_written_case_shows_its_points_in_the_language_of_its_text(recruiter_client: Client) -> None:
    html = recruiter_client.get(page("show", "pm-pricing"), {"language": "ko"}).content.decode()
    points = tasks.get("pm-pricing").points
    assert [point for point in points["ko"] if escape(point) not in html] == []
    assert points["en"][0] not in html


def test_another_language_than_the_four_is_the_readers(recruiter_client: Client) -> None:
    shown = recruiter_client.get(page("show", "algo-rooms"), {"language": "xx"}).context["shown"]
    assert shown["title"] == tasks.get("algo-rooms").title("en")


@pytest.mark.parametrize("task_id", [task.task_id for task in tasks.bank().values()])
def test_every_task_of_the_bank_has_its_page(recruiter_client: Client, task_id: str) -> None:
    assert recruiter_client.get(page("show", task_id)).status_code == 200


def test_the_bank_can_be_narrowed_to_a_position(recruiter_client: Client) -> None:
    rows = recruiter_client.get(page("bank"), {"position": "pm"}).context["rows"]
    assert {row["task"].task_id for row in rows} >= {"pm-pricing", "pm-retention"}
    assert {"pm" in row["task"].position_types for row in rows} == {True}
    everything = recruiter_client.get(page("bank"), {"position": "chef"}).context["rows"]
    assert len(everything) == len(tasks.bank())


@needs_sandbox
def test_a_solution_is_tried_test_by_test(recruiter_client: Client, task: CodingTask) -> None:
    begun = recruiter_client.get(page("try", task.task_id)).context["form"]
    right = recruiter_client.post(page("try", task.task_id), begun.initial)
    assert [row["status"] for row in right.context["verdict"]["tests"]] == ["ok", "ok"]
    assert b"Every test passed" in right.content
    wrong = {"language": "python", "source": 'print("Hello, Ann!")'}
    tested = recruiter_client.post(page("try", task.task_id), wrong).context["verdict"]["tests"]
    assert [(row["name"], row["status"]) for row in tested] == [("a short name", "ok"), ("two words", "wrong_answer")]
    assert (tested[1]["stdout"], tested[1]["expected"]) == ("Hello, Ann!\n", "Hello, Ann Lee!\n")


def test_what_cannot_be_tried(recruiter_client: Client, task: CodingTask) -> None:
    assert recruiter_client.get(page("try", "pm-pricing")).status_code == 404
    refused = recruiter_client.post(page("try", task.task_id), {"language": "cobol", "source": "x"})
    assert (refused.status_code, refused.context["verdict"]) == (400, None)
    long = recruiter_client.post(page("try", task.task_id), {"language": "python", "source": "x" * 70_000})
    assert (long.status_code, long.context["verdict"]) == (400, None)


def test_a_task_is_pinned_to_an_interview_that_has_not_begun(
    recruiter_client: Client, owner: User, task: CodingTask
) -> None:
    interview = make_interview(owner)
    read = reverse("admin:interviews_interview_change", args=[interview.pk])
    assert page("pin", interview.pk) in recruiter_client.get(read).content.decode()
    assert recruiter_client.post(page("pin", interview.pk), {"code_task": task.task_id}).status_code == 302
    assert Interview.objects.get().code_task == task.task_id
    assert "Greeting" in recruiter_client.get(read).content.decode()
    assert recruiter_client.post(page("pin", interview.pk), {"code_task": "nothing"}).status_code == 400
    recruiter_client.post(page("pin", interview.pk), {"code_task": ""})
    assert Interview.objects.get().code_task == ""


def test_an_interview_that_has_begun_keeps_its_task(recruiter_client: Client, owner: User) -> None:
    interview = make_interview(owner, status=Status.ACTIVE)
    assert recruiter_client.post(page("pin", interview.pk), {"code_task": "qa-flaky"}).status_code == 404
    read = reverse("admin:interviews_interview_change", args=[interview.pk])
    assert page("pin", interview.pk) not in recruiter_client.get(read).content.decode()


def test_a_task_is_pinned_to_a_vacancy(recruiter_client: Client, task: CodingTask) -> None:
    values = {"title": "Any", "position_type": "backend", "language": "en", "code_task": task.task_id}
    steps = {"history-TOTAL_FORMS": "0", "history-INITIAL_FORMS": "0"}
    assert recruiter_client.post("/admin/vacancies/vacancy/add/", {**values, **steps}).status_code == 302
    assert Vacancy.objects.get().code_task == task.task_id


def test_a_pin_on_what_is_no_longer_offered_stays_possible(recruiter_client: Client, owner: User) -> None:
    make_task(active=False)
    interview = make_interview(owner, code_task="own-greeting")
    form = recruiter_client.get(page("pin", interview.pk)).context["form"]
    assert ("own-greeting", "Greeting") in form.fields["code_task"].choices
    other = make_interview(owner)
    form = recruiter_client.get(page("pin", other.pk)).context["form"]
    assert "own-greeting" not in str(form.fields["code_task"].choices)


def test_a_hiring_manager_reads_the_title_on_their_vacancy(manager_client: Client, manager: User) -> None:
    vacancy = Vacancy.objects.create(title="Any", position_type="qa", language="en", code_task="qa-flaky")
    vacancy.managers.add(manager)
    html = manager_client.get(reverse("admin:vacancies_vacancy_change", args=[vacancy.pk])).content.decode()
    assert "Find the flaky tests" in html


def addresses(task: CodingTask, interview: Interview) -> list[str]:
    return [
        page("changelist"),
        page("add"),
        page("change", task.pk),
        page("delete", task.pk),
        page("bank"),
        page("show", task.task_id),
        page("show", "algo-rooms"),
        page("try", "algo-rooms"),
        page("pin", interview.pk),
    ]


def test_candidates_and_hiring_managers_find_nothing(
    owner_client: Client, manager_client: Client, owner: User, task: CodingTask
) -> None:
    for address in addresses(task, make_interview(owner)):
        for client in (owner_client, manager_client):
            for answer in (client.get(address), client.post(address, {"document": DOCUMENT, "code_task": "qa-flaky"})):
                assert answer.status_code in {302, 403, 404, 405}, address
                assert b"Ann Lee" not in answer.content
    assert Interview.objects.get().code_task == ""
    assert CodingTask.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_for_one_and_for_three(
    recruiter_client: Client, recruiter: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        make_task(number, author=recruiter)
    with django_assert_num_queries(5):
        recruiter_client.get(page("changelist"))


@pytest.mark.parametrize("count", [1, 3])
def test_a_choice_costs_one_query_for_any_number(
    recruiter_client: Client, owner: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        make_task(number)
    interview = make_interview(owner)
    with django_assert_num_queries(4):
        recruiter_client.get(page("pin", interview.pk))


def test_a_task_has_one_name_in_russian() -> None:
    with override("ru"):
        assert (str(CodingTask._meta.verbose_name), str(CodingTask._meta.verbose_name_plural)) == (
            "задание на код",
            "задания на код",
        )
