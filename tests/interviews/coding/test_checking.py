"""A submission is looked at once; what is found are signals, and no score changes for them."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery, current_app
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from interviews.coding import checking, runs, similarity, tasks
from interviews.models import CodeDocument, CodeRun, Interview, OutboxMessage, RunKind, SubmissionCheck
from interviews.tasks import check_submission
from proctoring.models import ProctoringEvent
from reports.domain import evaluate
from tests.interviews.coding.test_integrity import FOREIGN
from tests.interviews.coding.test_replay import submission
from tests.interviews.coding.test_similarity import LOOP, OTHER, RENAMED
from tests.interviews.coding.writing import PROGRAM, Hand
from tests.interviews.factories import make_interview

pytestmark = pytest.mark.django_db
Notice = tuple[str, str, int, dict[str, Any]]


@pytest.fixture
def interview(owner: User) -> Interview:
    return make_interview(owner, status="active", code_task=PROGRAM)


def events(interview: Interview) -> list[Notice]:
    rows = ProctoringEvent.objects.filter(interview=interview)
    return [(event.signal, event.source, event.at_ms, event.detail) for event in rows]


def handed_in(interview: Interview, source: str, task_id: str = "t", **fields: Any) -> CodeRun:
    run = submission(interview, source, task_id, **fields)
    checking.check(run.pk)
    return run


def test_a_paste_and_a_burst_are_told_once(interview: Interview) -> None:
    hand = Hand().type("x = 1\n").insert(FOREIGN).wait(5_000).type("ab" * 45, interval_ms=20)
    hand.store(interview, "t", start_ms=60_000)
    run = handed_in(interview, hand.text)
    found = events(interview)
    pasted = {"seq": 7, "writing_ms": 61_400, "lines": 2, "characters": len(FOREIGN)}
    typed = {"seq": 8, "writing_ms": 66_420, "characters": 90, "seconds": 1.8}
    assert found == [("large_paste", "editor", 61_400, pasted), ("fast_typing", "editor", 66_420, typed)]
    assert ProctoringEvent.objects.get(signal="fast_typing").until_ms == 68_200
    checking.check(run.pk)
    assert events(interview) == found
    assert SubmissionCheck.objects.get().comparison["outcome"] == "equal"


def test_starters_and_what_the_task_shows_are_no_paste(interview: Interview) -> None:
    task = tasks.of(interview)
    assert task is not None
    hand = Hand(task.starters["python"]["en"])
    for text in (task.starters["go"]["en"], task.visible[0].input, task.statements["en"]):
        hand.replace(0, len(hand.text), text)
    hand.store(interview, task.task_id)
    handed_in(interview, hand.text, task.task_id)
    assert events(interview) == []


def test_what_is_handed_in_and_what_was_written_differ(interview: Interview) -> None:
    Hand().type("x = 1").store(interview, "t")
    handed_in(interview, "x = 2")
    assert SubmissionCheck.objects.get().comparison == {
        "outcome": "different", "byte": 4, "line": 1, "column": 5, "seq": None,
    }  # fmt: skip


def test_the_same_program_in_other_words(interview: Interview, colleague: User, outsider: User) -> None:
    first, second = make_interview(colleague), make_interview(outsider)
    handed_in(first, LOOP, at_ms=7_000)
    handed_in(second, OTHER)
    handed_in(interview, RENAMED)
    assert events(interview) == [("similar_code", "server", 9_000, {"share": 1.0, "interview": first.pk})]
    assert events(first) == [("similar_code", "server", 7_000, {"share": 1.0, "interview": interview.pk})]
    assert events(second) == []


def test_whose_earlier_submission_is_alike_is_told_nothing(
    interview: Interview, colleague: User, settings: LazySettings
) -> None:
    settings.CANDIDATE_SIGNALS = ["similar_code"]
    earlier = make_interview(colleague, status="active")
    handed_in(earlier, LOOP)
    handed_in(interview, RENAMED)
    notified = dict(ProctoringEvent.objects.values_list("interview_id", "notified"))
    assert notified == {interview.pk: True, earlier.pk: False}


def test_both_pages_lead_to_each_other_and_name_nobody(
    recruiter_client: Client, manager_client: Client, interview: Interview, colleague: User
) -> None:
    earlier = make_interview(colleague)
    handed_in(earlier, LOOP)
    handed_in(interview, RENAMED)
    for one, other, person in ((interview, earlier, colleague), (earlier, interview, interview.owner)):
        address = reverse("admin:interviews_interview_change", args=[one.pk])
        html = recruiter_client.get(address).content.decode()
        assert f'href="{reverse("admin:interviews_interview_change", args=[other.pk])}"' in html
        assert person.email not in html
        assert manager_client.get(address).status_code in {302, 403, 404}


@pytest.mark.parametrize("fields", [{"language": "ruby"}, {"task_id": "u"}])
def test_only_the_same_task_in_the_same_language_is_compared(
    interview: Interview, colleague: User, fields: dict[str, str]
) -> None:
    handed_in(make_interview(colleague), LOOP, **fields)
    handed_in(interview, LOOP)
    assert events(interview) == []


def test_prose_is_not_compared(interview: Interview, colleague: User) -> None:
    handed_in(make_interview(colleague), LOOP, language="text")
    handed_in(interview, LOOP, language="text")
    assert events(interview) == []


def test_ones_own_earlier_interview_is_nobody_elses(interview: Interview, owner: User) -> None:
    handed_in(make_interview(owner), LOOP)
    handed_in(interview, LOOP)
    assert events(interview) == []


def test_short_programs_are_alike_by_chance(interview: Interview, colleague: User) -> None:
    short = "for line in sys.stdin:\n    a, b = map(int, line.split())\n    print(a + b)\n"
    handed_in(make_interview(colleague), short)
    handed_in(interview, short)
    assert events(interview) == []


def test_what_everybody_writes_is_nobodys(interview: Interview) -> None:
    for number in range(5):
        person = User.objects.create_user(f"{number}@example.com", "x")
        handed_in(make_interview(person), LOOP)
    ProctoringEvent.objects.all().delete()
    handed_in(interview, LOOP)
    assert events(interview) == []


def test_the_number_of_queries_does_not_grow(interview: Interview, django_assert_num_queries: Any) -> None:
    for number in range(3):
        person = User.objects.create_user(f"{number}@example.com", "x")
        handed_in(make_interview(person), LOOP + f"\nprint({number})\n" * number)
    run = submission(interview, OTHER)
    with django_assert_num_queries(11):
        checking.check(run.pk)


def test_only_the_latest_submissions_are_compared(
    interview: Interview, colleague: User, outsider: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "COMPARED", 1)
    handed_in(make_interview(colleague), LOOP)
    handed_in(make_interview(outsider), OTHER)
    handed_in(interview, LOOP)
    assert events(interview) == []


@pytest.mark.parametrize(("signals", "told"), [([], 0), (["no_face"], 0), (["large_paste"], 1)])
def test_the_candidate_is_told_only_what_the_setting_names(
    interview: Interview, settings: LazySettings, signals: list[str], told: int
) -> None:
    settings.CANDIDATE_SIGNALS, settings.REDIS_URL = signals, ""
    hand = Hand().insert(FOREIGN)
    hand.store(interview, "t")
    handed_in(interview, hand.text)
    event = ProctoringEvent.objects.get()
    assert event.notified == bool(told)
    words = "Several lines were inserted into your code at once. Please write your own code."
    payload = {"text": words, "signal": "large_paste", "event_id": event.pk, "at_ms": 200}
    assert [row.payload for row in OutboxMessage.objects.all()] == [payload] * told


def test_after_the_interview_nobody_is_told(interview: Interview, settings: LazySettings) -> None:
    settings.CANDIDATE_SIGNALS = ["large_paste"]
    Interview.objects.update(status="completed")
    hand = Hand().insert(FOREIGN)
    hand.store(interview, "t")
    handed_in(interview, hand.text)
    assert (ProctoringEvent.objects.get().notified, OutboxMessage.objects.count()) == (False, 0)


def test_no_score_changes_for_a_signal(interview: Interview, colleague: User) -> None:
    handed_in(make_interview(colleague), LOOP)
    hand = Hand().insert(LOOP).type("ab" * 60, interval_ms=20).replace(len(LOOP), 120)
    document = hand.store(interview, "t")
    run = submission(interview, hand.text)
    before = evaluate.evaluate(Interview.objects.get(pk=interview.pk))
    checking.check(run.pk)
    assert {event[0] for event in events(interview)} == {"large_paste", "fast_typing", "similar_code"}
    assert evaluate.evaluate(Interview.objects.get(pk=interview.pk)) == before
    assert CodeDocument.objects.get(pk=document.pk).text == LOOP


def test_a_crash_is_tried_again_and_not_for_ever(
    interview: Interview, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    run = submission(interview, "x")
    SubmissionCheck.objects.create(run=run, task_id="t", attempts=checking.MOST_ATTEMPTS)
    checking.check(run.pk)
    assert SubmissionCheck.objects.get().status == "pending"
    CodeRun.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert checking.sweep() == 0
    SubmissionCheck.objects.update(attempts=2)
    assert checking.sweep() == 1
    checking.check(run.pk)
    assert (SubmissionCheck.objects.get().status, checking.sweep()) == ("done", 0)


def test_the_sweeper_takes_what_nobody_has_looked_at(interview: Interview) -> None:
    for number, (kind, minutes) in enumerate(
        [("run", 5), ("submission", 0), ("submission", 5), ("submission", 60 * 24 * 8)]
    ):
        run = submission(interview, "x", f"task-{number}", run_id=str(number), kind=kind)
        CodeRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))
    assert checking.sweep() == 1


def test_a_run_or_what_was_erased_is_not_looked_at(interview: Interview) -> None:
    checking.check(submission(interview, "x", kind="run").pk)
    checking.check(99_999)
    assert SubmissionCheck.objects.count() == 0


def test_handing_in_asks_for_the_look_once(
    interview: Interview,
    django_capture_on_commit_callbacks: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    task, asked = tasks.of(interview), list[Any]()
    assert task is not None
    monkeypatch.setattr(Celery, "send_task", lambda _app, name, args, **_options: asked.append((name, args)))
    for run_id, kind in [("1", RunKind.RUN), ("2", RunKind.SUBMISSION), ("3", RunKind.SUBMISSION)]:
        with django_capture_on_commit_callbacks(execute=True):
            run, _new = runs.ask(interview, runs.Asked(task.task_id, "python", "x", run_id, kind))
    assert asked == [("interviews.tasks.check_submission", [run.pk])]
    assert checking.TASK in current_app.tasks
    check_submission(run.pk)
    assert SubmissionCheck.objects.get().status == "done"


def test_fingerprints_and_operations_go_with_the_interview(interview: Interview) -> None:
    hand = Hand().insert(LOOP)
    hand.store(interview, "t")
    handed_in(interview, hand.text)
    assert similarity.unpacked(bytes(SubmissionCheck.objects.get().fingerprints))
    interview.delete()
    assert (SubmissionCheck.objects.count(), CodeDocument.objects.count(), ProctoringEvent.objects.count()) == (0, 0, 0)


def test_the_log_has_no_code(interview: Interview, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        handed_in(interview, "sehr_geheim = 1")
    assert "looked at" in caplog.text
    assert "geheim" not in caplog.text
