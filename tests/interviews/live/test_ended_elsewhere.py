"""What somebody ends or deletes while its candidate is connected: nothing later is stored, and the end is said."""

import asyncio
import json
import logging
from collections.abc import Callable

import pytest

from accounts.models import User
from interviews.domain import ending, lifecycle
from interviews.live import store
from interviews.models import CodeDocument, CodeRun, Interview, OutgoingMessage, Turn, Utterance
from resumes.models import Resume
from tests.interviews.live.world import Caller

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]
Late = Callable[[Caller, str], None]
KEPT = (Utterance, Turn, CodeDocument, CodeRun)
LATE = {
    "an answer": {"type": "text_answer", "text": "Wait!"},
    "the end": {"type": "control", "action": "end_interview"},
    "code": {"type": "code_submit", "language": "python", "source": "pass"},
    "typing": {"type": "editor_events", "base_seq": 0, "events": [{"t_ms": 1, "changes": [[0, "x"]]}]},
}


async def reach_code(caller: Caller, interview: Interview, resume: Resume) -> str:
    await caller.begin(interview, resume, input="text")
    task_id: str = (await caller.reach_code())["task"]["task_id"]
    return task_id


def kept() -> list[int]:
    return [model.objects.count() for model in KEPT]


@pytest.fixture(params=LATE)
def late(request: pytest.FixtureRequest) -> Late:
    """Sends a message of the code phase."""
    message = LATE[request.param]
    return lambda caller, task_id: caller.send_raw(json.dumps({**message, "task_id": task_id}))


async def test_nothing_that_comes_after_a_stop_is_stored(
    call: Call, interview: Interview, resume: Resume, late: Late
) -> None:
    caller = call()
    task_id = await reach_code(caller, interview, resume)
    before = await store.default().run(kept)
    await store.default().run(ending.end, interview, "stopped", "by a recruiter")
    late(caller, task_id)
    assert (await caller.next("interview_complete", within_s=1))["outcome"] == "stopped"
    assert await caller.closed() == 1000
    assert [message["type"] for message in caller.log[-2:]] == ["interview_message", "interview_complete"]
    assert await store.default().run(kept) == before
    row = await store.default().run(lambda: Interview.objects.get(pk=interview.pk))
    assert (row.status, row.phase) == ("stopped", "stopped")


async def test_what_was_written_before_a_stop_is_taken(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    task_id = await reach_code(caller, interview, resume)
    events = [{"t_ms": 1, "changes": [[0, "print(1)"]]}]
    caller.send("editor_events", task_id=task_id, base_seq=0, events=events, language="python")
    await caller.next("editor_ack")
    await store.default().run(ending.end, interview, "stopped", "by a recruiter")
    caller.send("text_answer", text="Wait!")
    assert await caller.closed() == 1000
    rows = await store.default().run(lambda: list(CodeRun.objects.values_list("kind", "source", "taken")))
    assert rows == [("submission", "print(1)", True)]


@pytest.mark.parametrize("with_its_owner", [False, True])
async def test_nothing_that_was_deleted_comes_back(
    call: Call,
    interview: Interview,
    resume: Resume,
    owner: User,
    late: Late,
    with_its_owner: bool,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caller = call()
    task_id = await reach_code(caller, interview, resume)
    await store.default().run(owner.delete if with_its_owner else interview.delete)
    late(caller, task_id)
    assert (await caller.next("error", within_s=1))["code"] == "interview_not_found"
    assert await caller.closed() == 1000
    assert await store.default().run(kept) == [0, 0, 0, 0]
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_an_interview_survives_its_resume(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await store.default().run(resume.delete)
    caller.send("text_answer", text="I am Alice. That's all.")
    await caller.next("interview_message", kind="question", within_s=1)
    await caller.hang_up()
    again = call()
    again.send("create_stream", interview_id=interview.pk)
    assert (await again.next("stream_created"))["resumed"] is True
    await again.hang_up()


@pytest.mark.parametrize(("status", "phase"), [("completed", "finished"), ("abandoned", "abandoned")])
async def test_a_candidate_who_ended_it_from_another_program_is_told_so(
    call: Call, interview: Interview, resume: Resume, status: str, phase: str
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await store.default().run(ending.end, interview, status, "by the candidate")
    assert (await caller.next("interview_complete", within_s=6))["outcome"] == status
    assert await caller.closed() == 1000
    row = await store.default().run(lambda: Interview.objects.get(pk=interview.pk))
    assert (row.status, row.phase) == (status, phase)


@pytest.mark.parametrize("last_seq", [None, 0, 2])
async def test_who_was_away_at_the_end_is_told_by_the_next_connection(
    call: Call, interview: Interview, resume: Resume, last_seq: int | None
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await caller.hang_up()
    await store.default().run(lifecycle.move, interview, "stopped")
    told = []
    for _time in range(2):
        again = call()
        await again.begin(interview, resume, last_seq=last_seq)
        assert await again.closed() == 1000
        told.append(again.of("interview_complete"))
    (message,) = told[0]
    assert (message["outcome"], message["seq"]) == ("stopped", 3)
    assert told[1] == told[0]
    assert await store.default().run(OutgoingMessage.objects.filter(type="interview_complete").count) == 1


async def test_a_step_that_is_taken_away_at_once_leaves_no_warning(
    call: Call, interview: Interview, resume: Resume, recwarn: pytest.WarningsRecorder
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await store.default().run(lifecycle.move, interview, "stopped")
    await caller.hang_up()  # the end is noticed by the last checkpoint, and nobody is there to be told
    assert len(asyncio.all_tasks()) == 1
    assert [str(warning.message) for warning in recwarn if "never awaited" in str(warning.message)] == []
