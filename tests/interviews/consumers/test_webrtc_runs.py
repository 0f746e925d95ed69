"""Runs and submissions over the main protocol, with a sandbox that answers what it is told to."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

import pytest
from django.utils import timezone
from pytest_django import Settings

from interviews.coding import runs, sweeping, tasks
from interviews.live import store
from interviews.live.mailbox import Mailbox
from interviews.live.records import StepRecord
from interviews.live.registry import sessions
from interviews.live.store import Store
from interviews.models import CodeRun, Interview
from providers.sandbox.base import Case, Outcome, Program, Status
from resumes.models import Resume
from tests.interviews.coding.sandboxes import ScriptedSandbox
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

P = ParamSpec("P")
T = TypeVar("T")
Call = Callable[..., Caller]
TASK = "backend-rate-limiter"


@pytest.fixture
def pinned(interview: Interview) -> tasks.Task:
    Interview.objects.filter(pk=interview.pk).update(code_task=TASK)
    return tasks.get(TASK)


def right_for(task: tasks.Task, *failing: str) -> ScriptedSandbox:
    """Answers every test of the task as expected, but for those."""
    expected = {test.input: test.expected for test in (*task.visible, *task.hidden) if test.name not in failing}

    def answer(_program: Program, case: Case) -> Outcome:
        return Outcome(Status.OK, 0, expected.get(case.stdin, "no"), "to stderr", 4, 700)

    return ScriptedSandbox(answer)


async def at_the_task(call: Call, engines: FakeEngines, interview: Interview, resume: Resume) -> Caller:
    caller = call(engines)
    await caller.begin(interview, resume, input="text")
    assert (await caller.reach_code())["task"]["task_id"] == TASK
    return caller


async def the_result(caller: Caller) -> dict[str, Any]:
    """It comes before or after the question that follows the submission."""
    found = caller.of("code_result")
    return found[0] if found else await caller.next("code_result")


def program(**fields: Any) -> dict[str, Any]:
    return {"task_id": TASK, "language": "python", "source": "print(1)", "run_id": "r1", **fields}


async def test_the_visible_tests_are_run(call: Call, interview: Interview, resume: Resume, pinned: tasks.Task) -> None:
    second = pinned.visible[1].name
    caller = await at_the_task(call, FakeEngines(sandbox=right_for(pinned, second)), interview, resume)
    caller.send("code_run", **program())
    result = await caller.next("code_result")
    assert [(test["name"], test["status"]) for test in result["tests"]] == [
        (test.name, "wrong_answer" if test.name == second else "ok") for test in pinned.visible
    ]
    assert (result["kind"], result["status"], result["hidden"]) == ("run", "wrong_answer", None)
    assert (result["stderr"], result["time_ms"], result["memory_kb"]) == ("to stderr", 4, 700)
    passed = len(pinned.visible) - 1
    assert result["text"] == f"{passed} of {len(pinned.visible)} tests passed."
    assert result["tests"][1]["stdout"] == "no"


async def test_own_input_is_run(call: Call, interview: Interview, resume: Resume, pinned: tasks.Task) -> None:
    sandbox = ScriptedSandbox()
    caller = await at_the_task(call, FakeEngines(sandbox=sandbox), interview, resume)
    caller.send("code_run", **program(stdin="mine"))
    result = await caller.next("code_result")
    assert (result["status"], result["stdout"], result["tests"], result["hidden"]) == ("ok", "mine", [], None)
    assert [cases for _program, cases, _limits in sandbox.asked] == [[Case("mine")]]


async def test_a_submission_gets_counts_alone(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    failing = pinned.hidden[0].name
    caller = await at_the_task(call, FakeEngines(sandbox=right_for(pinned, failing)), interview, resume)
    caller.send("code_submit", **program())
    await caller.next("interview_message", kind="follow_up")
    result = await the_result(caller)
    total = len(pinned.hidden)
    assert (result["kind"], result["status"], result["hidden"]) == (
        "submission",
        "ok",
        {"passed": total - 1, "total": total},
    )
    assert len(result["tests"]) == len(pinned.visible)
    row = await store.default().run(CodeRun.objects.get)
    assert [test["status"] for test in row.result["hidden"]].count("wrong_answer") == 1


async def test_the_same_message_twice_is_one_run(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    caller = await at_the_task(call, FakeEngines(sandbox=ScriptedSandbox()), interview, resume)
    for _ in range(2):
        caller.send("code_run", **program(stdin=""))
    await caller.next("code_result")
    await caller.settle()
    assert len(caller.of("code_result")) == 1
    assert caller.of("error") == []


async def test_a_second_run_waits_for_the_first_one_by_the_candidate(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    caller = await at_the_task(call, FakeEngines(sandbox=ScriptedSandbox()), interview, resume)
    for number in range(21):
        caller.send("code_run", **program(run_id=f"r{number}", stdin=""))
        await caller.next("code_result" if number < 20 else "error")
    assert [error["code"] for error in caller.of("error")] == ["too_many_runs"]
    assert caller.of("error")[0]["retryable"] is True


async def test_when_all_runs_are_used_up_the_code_can_still_be_handed_in(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    def use_up() -> None:
        row = {"interview": interview, "task_id": TASK, "kind": "run", "language": "python", "status": "done"}
        CodeRun.objects.bulk_create(CodeRun(run_id=f"u{number}", **row) for number in range(runs.MOST_RUNS))

    caller = await at_the_task(call, FakeEngines(sandbox=ScriptedSandbox()), interview, resume)
    await store.default().run(use_up)
    caller.send("code_run", **program())
    error = await caller.next("error")
    assert (error["code"], error["retryable"]) == ("too_many_runs", False)
    assert error["text"] == "All runs of this interview are used up. You can go on writing, and hand your code in."
    caller.send("code_submit", **program())
    await caller.next("interview_message", kind="follow_up")


async def test_after_the_submission_nothing_is_run_or_handed_in(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    caller = await at_the_task(call, FakeEngines(sandbox=ScriptedSandbox()), interview, resume)
    caller.send("code_submit", **program())
    await caller.next("interview_message", kind="follow_up")
    for kind in ("code_run", "code_submit"):
        caller.send(kind, **program(run_id="r2"))
        assert (await caller.next("error"))["code"] == "not_now"
    caller.send("code_submit", **program())  # the first one, again
    await caller.settle()
    assert len(caller.of("error")) == 2


async def test_a_run_id_cannot_be_handed_in(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    caller = await at_the_task(call, FakeEngines(sandbox=ScriptedSandbox()), interview, resume)
    caller.send("code_run", **program(stdin=""))
    await caller.next("code_result")
    caller.send("code_submit", **program())
    error = await caller.next("error")
    assert (error["code"], error["field"]) == ("invalid", "run_id")


async def test_what_was_found_out_meanwhile_is_told_after_a_reconnect(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    engines = FakeEngines(sandbox=ScriptedSandbox())
    caller = await at_the_task(call, engines, interview, resume)
    await engines.runner._room.acquire()  # other programs run
    caller.send("code_run", **program(stdin="7"))
    await caller.settle()
    last_seq = max(message["seq"] for message in caller.log if "seq" in message)
    await caller.hang_up()
    engines.runner._room.release()
    await engines.runner.settled()
    again = call(engines)
    await again.begin(interview, resume, input="text", last_seq=last_seq)
    result = await again.next("code_result")
    assert (result["run_id"], result["stdout"], result["seq"]) == ("r1", "7", last_seq + 1)
    await again.hang_up()
    third = call(engines)
    await third.begin(interview, resume, input="text", last_seq=last_seq)
    assert (await third.next("code_result"))["seq"] == last_seq + 1
    await third.settle()
    assert len(third.of("code_result")) == 1


async def test_a_run_that_still_waits_is_told_to_the_new_connection(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    engines = FakeEngines(sandbox=ScriptedSandbox())
    caller = await at_the_task(call, engines, interview, resume)
    await engines.runner._room.acquire()
    caller.send("code_run", **program(stdin="7"))
    await caller.settle()
    await caller.hang_up()
    again = call(engines)
    await again.begin(interview, resume, input="text")
    await again.settle()
    engines.runner._room.release()
    assert (await again.next("code_result"))["stdout"] == "7"


async def test_a_session_is_told_of_what_another_server_judged(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task, settings: Settings
) -> None:
    """The candidate asked there, and came back here."""
    settings.REDIS_URL = ""
    there, here = FakeEngines(sandbox=ScriptedSandbox()), FakeEngines(sandbox=ScriptedSandbox())
    caller = await at_the_task(call, there, interview, resume)
    await there.runner._room.acquire()
    await here.runner._room.acquire()
    caller.send("code_run", **program(stdin="7"))
    await caller.settle()
    await caller.hang_up()
    again = call(here)
    await again.begin(interview, resume, input="text")
    delivering = asyncio.create_task(Mailbox(sessions, store.default()).run())
    await again.settle()
    there.runner._room.release()
    await there.runner.settled()
    assert (await again.next("code_result", within_s=2))["stdout"] == "7"
    here.runner._room.release()
    await here.runner.settled()
    await asyncio.sleep(2)
    assert len(again.of("code_result")) == 1
    delivering.cancel()


async def test_a_reconnect_in_a_question_about_the_code(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    engines = FakeEngines(sandbox=ScriptedSandbox())
    caller = await at_the_task(call, engines, interview, resume)
    caller.send("code_submit", **program(source="final()"))
    asked = await caller.next("interview_message", kind="follow_up")
    await caller.hang_up()
    again = call(engines)
    state = (await again.begin(interview, resume, input="text"))["state"]
    assert (state["phase"], state["task"]["task_id"]) == ("code", TASK)
    assert (state["code"]["text"], state["code"]["submitted"]) == ("final()", True)
    repeated = await again.next("interview_message", kind="follow_up")
    assert (repeated["text"], repeated["repeat"]) == (asked["text"], True)


async def test_at_the_time_limit_what_was_written_is_handed_in(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    caller = await at_the_task(call, FakeEngines(sandbox=right_for(pinned)), interview, resume)
    events = [{"t_ms": 1, "changes": [[0, "def limit(calls):", "    return sorted(calls)"]]}]
    caller.send("editor_events", task_id=TASK, base_seq=0, events=events, language="python")
    await caller.next("editor_ack")
    text = "The time for the task is up."
    await caller.next("interview_message", kind="notice", text=text)
    await caller.next("interview_message", kind="follow_up")
    result = await the_result(caller)
    assert (result["kind"], result["hidden"]["passed"]) == ("submission", len(pinned.hidden))
    source = await store.default().run(lambda: CodeRun.objects.get().source)
    assert source == "def limit(calls):\n    return sorted(calls)"


async def test_at_the_time_limit_nothing_written_ends_the_interview(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    caller = await at_the_task(call, FakeEngines(sandbox=right_for(pinned)), interview, resume)
    await caller.closed()
    assert caller.kinds[-3:] == ["code/notice", "code/closing", "interview_complete"]
    assert await store.default().run(CodeRun.objects.count) == 0


class Busy(Store):
    """Is long about whatever a session does after the step that hands in."""

    def __init__(self) -> None:
        super().__init__(1)
        self.handed_in = asyncio.Event()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self.handed_in.is_set():
            await asyncio.sleep(1)
        result = await super().run(function, *args, **kwargs)
        if any(isinstance(one, StepRecord) and one.hand_in for one in args):
            self.handed_in.set()
        return result


@pytest.mark.parametrize("action", ["end_interview", "skip_question"])
async def test_what_was_written_is_judged_though_the_candidate_is_gone_at_once(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task, action: str
) -> None:
    """Nobody comes back to an interview that is over, and no sweep has to."""
    engines, door = FakeEngines(sandbox=right_for(pinned)), Busy()
    caller = call(engines, door)
    await caller.begin(interview, resume, input="text")
    await caller.reach_code()
    events = [{"t_ms": 1, "changes": [[0, "print(1)"]]}]
    caller.send("editor_events", task_id=TASK, base_seq=0, events=events, language="python")
    await caller.next("editor_ack")
    caller.send("control", action=action)
    await door.handed_in.wait()
    await caller.hang_up()
    await engines.runner.settled()
    run = await store.default().run(CodeRun.objects.get)
    assert (run.status, run.hidden_passed, run.taken) == ("done", len(pinned.hidden), True)


async def test_only_languages_that_can_be_run_are_offered(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    engines = FakeEngines(sandbox=ScriptedSandbox())
    caller = call(engines)
    await caller.begin(interview, resume, input="text")
    task = (await caller.reach_code())["task"]
    assert set(task["languages"]) <= {"python", "javascript", "typescript", "go"}
    await caller.hang_up()
    again = call(engines)
    assert (await again.begin(interview, resume))["state"]["task"]["languages"] == task["languages"]


async def test_what_another_process_judged_is_told_at_once(
    call: Call, interview: Interview, resume: Resume, pinned: tasks.Task
) -> None:
    engines = FakeEngines(sandbox=ScriptedSandbox())
    mailbox = Mailbox(sessions, store.default())
    caller = await at_the_task(call, engines, interview, resume)
    await engines.runner._room.acquire()  # as if it had died
    caller.send("code_run", **program(stdin="7"))
    await caller.settle()

    def sweep() -> int:
        CodeRun.objects.update(alive_at=timezone.now() - timedelta(minutes=3))
        return sweeping.sweep(ScriptedSandbox())

    assert await store.default().run(sweep) == 1
    mailbox.deliver(interview.pk, runs.JUDGED)
    assert (await caller.next("code_result"))["stdout"] == "7"
    engines.runner._room.release()
    await engines.runner.settled()
    await caller.settle()
    assert len(caller.of("code_result")) == 1
