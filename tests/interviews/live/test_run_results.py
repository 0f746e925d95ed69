"""Which results a candidate is still to be told."""

from typing import Any

import pytest

from interviews.coding import runs, tasks
from interviews.coding.judging import Tested, Verdict
from interviews.live import code_records, run_results
from interviews.live.errors import ErrorCode, LiveError
from interviews.models import CodeRun, Interview, OutgoingMessage, RunKind

RESULT = Verdict("ok", "scripted", stdout="1").kept()
pytestmark = pytest.mark.django_db


def run(interview: Interview, run_id: str, **fields: Any) -> CodeRun:
    given = {"task_id": "t", "kind": "run", "language": "python", "source": "x", "status": "done", "result": RESULT}
    return CodeRun.objects.create(interview=interview, run_id=run_id, **{**given, **fields})


def test_what_was_sent_runs_or_has_no_result_is_not_told(interview: Interview, django_assert_num_queries: Any) -> None:
    for seq, told in enumerate(["told", "7"], start=1):
        run(interview, told)
        payload = {"type": "code_result", "run_id": told}
        OutgoingMessage.objects.create(interview=interview, seq=seq, type="code_result", payload=payload)
    run(interview, "queued", status="queued", result={})
    run(interview, "erased", result={})
    run(interview, "first")
    run(interview, "second", kind="submission")
    with django_assert_num_queries(1):
        messages = [run_results.message(one, "en") for one in run_results.untold(interview.pk)]
    assert [(message.run_id, message.kind, message.stdout) for message in messages] == [
        ("first", "run", "1"),
        ("second", "submission", "1"),
    ]


@pytest.mark.parametrize("task_id", ["algo-rooms", "gone"])
def test_a_visible_test_is_told_by_its_name_in_the_language_of_the_interview(
    interview: Interview, task_id: str, django_assert_num_queries: Any
) -> None:
    shown = tasks.get("algo-rooms").visible[0]
    run(interview, "first", task_id=task_id, result=Verdict("ok", "scripted", tests=(Tested(shown.name, "ok"),)).kept())
    with django_assert_num_queries(1):
        message = run_results.message(run_results.untold(interview.pk)[0], "ko")
    assert [test["name"] for test in message.tests] == [shown.called("ko") if task_id == "algo-rooms" else shown.name]


def test_one_run_too_many_is_refused_with_the_reason(interview: Interview) -> None:
    task = tasks.of(interview)
    assert task is not None
    CodeRun.objects.bulk_create(
        CodeRun(interview=interview, run_id=str(number), task_id=task.task_id, kind="run", language="python", source="")
        for number in range(runs.MOST_RUNS)
    )
    with pytest.raises(LiveError) as refused:
        code_records.ask_run(interview.pk, runs.Asked(task.task_id, "python", "x", "r", RunKind.RUN))
    assert (refused.value.code, refused.value.retryable) == (ErrorCode.TOO_MANY_RUNS, False)
