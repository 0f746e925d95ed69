"""An own task that does not hold what it promises: who saves or pins it is told, and nobody is given it by chance."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from interviews.coding import proving, sandboxes, tasks
from interviews.models import CodingTask
from interviews.tasks import prove_coding_task
from providers.sandbox.base import NoSandbox, Outcome, Status
from tests.interviews.coding.plain import PlainSandbox
from tests.interviews.coding.sandboxes import ScriptedSandbox
from tests.interviews.factories import make_interview
from tests.interviews.test_coding_tasks_admin import DOCUMENT, edit, make_task, needs_sandbox, page

Committing = Callable[..., AbstractContextManager[Any]]
WRONG = DOCUMENT.replace("Hello, {input()}!", "Hi, {input()}!")
PLANTED = f"""{DOCUMENT}wrong:
  - name: the right one
    language: python
    source: |
      print("Hello, " + input() + "!")
"""
FAILS = "The Python solution fails: a short name (Wrong answer); two words (Wrong answer)."
PASSES = "The wrong solution “the right one” passes every test."


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    cache.clear()


def proved(task: CodingTask) -> CodingTask:
    assert proving.prove(task.pk, PlainSandbox())
    task.refresh_from_db()
    return task


def test_a_solution_that_never_ends_is_given_up_with_its_first_test(db: None) -> None:
    sandbox = ScriptedSandbox(lambda _program, _case: Outcome(Status.TIME_LIMIT, None))
    task = make_task()
    assert proving.prove(task.pk, sandbox)
    assert len(sandbox.asked[0][1]) == 1
    task.refresh_from_db()
    assert proving.problems(task)[0].startswith("The Python solution fails: a short name (")
    assert "two words" not in proving.problems(task)[0]


@needs_sandbox
@pytest.mark.parametrize(("document", "problem"), [(WRONG, FAILS), (PLANTED, PASSES)])
def test_whoever_saves_an_unsound_task_is_told_what_is_wrong(
    recruiter_client: Client, django_capture_on_commit_callbacks: Committing, document: str, problem: str
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = recruiter_client.post(page("add"), {"document": document, "active": "on"})
    warning = [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "warning"]
    assert len(warning) == 1
    assert problem in warning[0]
    assert page("try", "own-greeting") in warning[0]
    assert "Fails its own tests" in recruiter_client.get(page("changelist")).content.decode()
    changed = recruiter_client.get(page("change", CodingTask.objects.get().pk)).content.decode()
    assert problem in changed
    assert problem in recruiter_client.get(page("show", "own-greeting")).content.decode()


@needs_sandbox
def test_a_sound_task_is_said_to_be_so_and_may_be_tried_again(
    recruiter_client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    task = make_task()
    assert proving.state_in_short(task) == "Not tried"
    assert b"Not tried since the last change." in recruiter_client.get(page("show", task.task_id)).content
    shown = recruiter_client.post(page("prove", task.pk), follow=True).content.decode()
    assert "Its solutions pass every test, and its wrong ones fail." in shown
    assert "Its solutions pass, its wrong ones fail: tried on" in shown
    assert proving.state_in_short(CodingTask.objects.get()) == "Sound"
    before = CodingTask.objects.get().proved_at
    with django_capture_on_commit_callbacks(execute=True):
        edit(recruiter_client, task, document=DOCUMENT.replace("\n", "\r\n"), active="")
    assert CodingTask.objects.get().proved_at == before  # the document is what it was


def test_a_change_of_the_document_takes_the_proof_away(recruiter_client: Client) -> None:
    task = proved(make_task(document=WRONG))
    assert proving.state(task) == f"Fails: {FAILS}"
    edit(recruiter_client, task, document=DOCUMENT)
    task.refresh_from_db()
    assert (task.proved_at, task.faults, proving.state(task)) == (None, [], "Not tried since the last change.")


def test_without_a_sandbox_nothing_is_said_to_be_sound(db: None) -> None:
    task = make_task()
    nothing = NoSandbox("none here")
    assert not proving.can_be_tried(task, nothing)
    assert not proving.prove(task.pk, nothing)
    assert CodingTask.objects.get().proved_at is None


def test_what_takes_too_long_is_not_written_down(db: None) -> None:
    task = make_task()
    assert not proving.prove(task.pk, PlainSandbox(), wait_s=-1)
    assert CodingTask.objects.get().proved_at is None


@needs_sandbox
def test_the_queue_tries_what_a_person_could_not_wait_for(db: None) -> None:
    task = make_task(document=WRONG)
    assert prove_coding_task(task.pk)
    task.refresh_from_db()
    assert proving.problems(task) == [FAILS]
    task.delete()
    assert not prove_coding_task(task.pk or 0)


def test_a_pin_on_an_unsound_task_is_possible_and_warned_of(recruiter_client: Client, owner: User) -> None:
    task = proved(make_task(document=WRONG))
    interview = make_interview(owner)
    choices = str(recruiter_client.get(page("pin", interview.pk)).context["form"].fields["code_task"].choices)
    assert "difficulty 1): fails its own tests" in choices
    answer = recruiter_client.post(page("pin", interview.pk), {"code_task": task.task_id}, follow=True)
    assert f"Greeting: Fails: {FAILS}" in answer.content.decode()


def test_a_vacancy_with_an_unsound_task_is_warned_of(recruiter_client: Client) -> None:
    task = proved(make_task(document=WRONG))
    values = {"title": "Any", "position_type": "backend", "language": "en", "code_task": task.task_id}
    steps = {"history-TOTAL_FORMS": "0", "history-INITIAL_FORMS": "0"}
    answer = recruiter_client.post("/admin/vacancies/vacancy/add/", {**values, **steps}, follow=True)
    assert f"Greeting: Fails: {FAILS}" in answer.content.decode()


def test_a_sound_task_is_pinned_without_a_word(recruiter_client: Client, owner: User) -> None:
    task = proved(make_task())
    interview = make_interview(owner)
    answer = recruiter_client.post(page("pin", interview.pk), {"code_task": task.task_id}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_no_own_task_is_given_by_chance(owner: User) -> None:
    for number in range(3):
        make_task(number)
    assert {tasks.choose(make_interview(owner)).own for _ in range(3)} == {False}  # type: ignore[union-attr]


def test_only_recruiters_may_have_a_task_tried(owner_client: Client, manager_client: Client, db: None) -> None:
    task = make_task()
    for client in (owner_client, manager_client):
        assert client.post(page("prove", task.pk)).status_code in {302, 404}
    assert CodingTask.objects.get().proved_at is None
    assert sandboxes.current().name
