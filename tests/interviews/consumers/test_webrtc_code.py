"""The code phase over the main protocol."""

from collections.abc import Callable
from typing import Any

import pytest

from interviews.live import store
from interviews.models import CodeDocument, CodeRun, Interview
from resumes.models import Resume
from tests.interviews.live.world import Caller

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]


@pytest.fixture
def reach(call: Call, interview: Interview, resume: Resume) -> Callable[[], Any]:
    async def at_the_task() -> tuple[Caller, dict[str, Any]]:
        caller = call()
        await caller.begin(interview, resume, input="text")
        return caller, (await caller.reach_code())["task"]

    return at_the_task


async def test_the_task_is_shown_whole(reach: Callable[[], Any]) -> None:
    _caller, task = await reach()
    assert set(task) == {
        "task_id", "kind", "title", "statement", "languages", "starter", "visible_tests", "subject", "setup", "limits",
        "seconds_left",
    }  # fmt: skip
    assert task["seconds_left"] > 0


async def test_a_run_is_answered_though_nothing_can_run(reach: Callable[[], Any]) -> None:
    caller, task = await reach()
    caller.send("code_run", task_id=task["task_id"], language="python", source="print(1)", run_id=7)
    result = await caller.next("code_result")
    assert (result["task_id"], result["run_id"], result["status"]) == (task["task_id"], "7", "unavailable")
    assert result["text"] == "Your code is kept. It could not be run here."
    assert result["seq"] == caller.of("interview_message")[-1]["seq"] + 1


async def test_a_submission_is_stored_and_asked_about(reach: Callable[[], Any]) -> None:
    caller, task = await reach()
    caller.send("code_submit", task_id=task["task_id"], language="python", source="print(1)")
    assert (await caller.next("interview_message", kind="follow_up"))["phase"] == "code"
    await caller.settle()
    assert [result["kind"] for result in caller.of("code_result")] == ["submission"]
    caller.send("control", action="end_interview")
    await caller.closed()
    assert caller.kinds[-2:] == ["code/closing", "interview_complete"]
    rows = await store.default().run(lambda: list(CodeRun.objects.values_list("language", "source")))
    assert rows == [("python", "print(1)")]


@pytest.mark.parametrize(
    ("kind", "fields", "code", "field"),
    [
        ("code_run", {"task_id": "another"}, "unknown_task", "task_id"),
        ("code_submit", {"task_id": "another"}, "unknown_task", "task_id"),
        ("code_submit", {"language": "cobol"}, "invalid", "language"),
        ("editor_events", {"task_id": "another"}, "unknown_task", "task_id"),
        ("editor_events", {"base_seq": 5}, "editor_gap", "base_seq"),
        ("editor_events", {"events": [{"t_ms": 1, "changes": [[9, "x"]]}]}, "invalid", "events"),
    ],
)
async def test_what_does_not_fit_the_task_is_refused(
    reach: Callable[[], Any], kind: str, fields: dict[str, Any], code: str, field: str
) -> None:
    caller, task = await reach()
    good = {"task_id": task["task_id"], "language": "python", "source": "", "base_seq": 0, "events": []}
    caller.send(kind, **{**good, "events": [{"t_ms": 1, "changes": [[0, "x"]]}], **fields})
    error = await caller.next("error")
    assert (error["code"], error["field"]) == (code, field)
    await caller.settle()
    assert caller.code is None


async def test_editor_events_are_kept_acknowledged_and_come_back(
    reach: Callable[[], Any], call: Call, interview: Interview, resume: Resume
) -> None:
    caller, task = await reach()
    events = [{"t_ms": 10, "changes": [[0, "a"]]}, {"t_ms": 20.5, "changes": [1, [0, "b"]]}]
    caller.send("editor_events", task_id=task["task_id"], base_seq=0, events=events)
    assert await caller.next("editor_ack") == {"type": "editor_ack", "task_id": task["task_id"], "seq": 2}
    caller.send("editor_events", task_id=task["task_id"], base_seq=1, events=events[1:])
    assert (await caller.next("editor_ack"))["seq"] == 2
    assert await store.default().run(lambda: CodeDocument.objects.get().text) == "ab"
    await caller.hang_up()
    created = await call().begin(interview, resume)
    assert (created["state"]["code"]["text"], created["state"]["code"]["seq"]) == ("ab", 2)


async def test_what_is_typed_after_handing_in_is_not_kept(reach: Callable[[], Any]) -> None:
    caller, task = await reach()
    about = {"task_id": task["task_id"], "language": "python"}
    caller.send("editor_events", **about, base_seq=0, events=[{"t_ms": 10, "changes": [[0, "a"]]}])
    await caller.next("editor_ack")
    caller.send("code_submit", **about, source="a")
    await caller.next("interview_message", kind="follow_up")
    caller.send("editor_events", **about, base_seq=1, events=[{"t_ms": 20, "changes": [1, [0, "b"]]}])
    assert await caller.next("editor_ack") == {"type": "editor_ack", "task_id": task["task_id"], "seq": 1}
    assert await store.default().run(lambda: CodeDocument.objects.get().text) == "a"
    assert caller.of("error") == []


@pytest.mark.parametrize("action", ["end_interview", "skip_question"])
async def test_who_leaves_the_task_hands_in_what_is_written(reach: Callable[[], Any], action: str) -> None:
    caller, task = await reach()
    events = [{"t_ms": 10, "changes": [[0, "print(42)"]]}]
    caller.send("editor_events", task_id=task["task_id"], base_seq=0, language="python", events=events)
    await caller.next("editor_ack")
    caller.send("control", action=action)
    await caller.closed()
    rows = await store.default().run(lambda: list(CodeRun.objects.values_list("kind", "language", "source")))
    assert rows == [("submission", "python", "print(42)")]
    assert caller.kinds[-2:] == ["code/closing", "interview_complete"]


@pytest.mark.parametrize("kind", ["code_run", "code_submit", "editor_events"])
async def test_there_is_no_code_before_the_code_phase(
    call: Call, interview: Interview, resume: Resume, kind: str
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    caller.send(kind, task_id="t", language="python", source="", base_seq=0, events=[])
    assert (await caller.next("error"))["code"] == "not_now"
