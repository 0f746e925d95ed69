"""What is handed in goes its way, whatever becomes of the connection meanwhile."""

import asyncio
from collections.abc import Callable

import pytest

from interviews.coding import runs
from interviews.coding.runs import Asked
from interviews.live import store
from interviews.models import CodeRun, Interview, RunKind, Turn
from resumes.models import Resume
from tests.interviews.live.world import Caller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 10])
async def test_who_hands_in_and_is_cut_off_is_asked_about_it(
    call: Callable[..., Caller], interview: Interview, resume: Resume, turns: int
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    task = (await caller.reach_code())["task"]
    await caller.settle()
    handed_in = {"task_id": task["task_id"], "language": "python", "source": "x y", "run_id": "s1"}
    caller.send("code_submit", **handed_in)
    for _ in range(turns):
        await asyncio.sleep(0)
    await caller.hang_up()
    again = call()
    created = await again.begin(interview, resume, input="text")
    if not created["state"]["code"]["submitted"]:  # it never arrived: a client sends it again
        again.send("code_submit", **handed_in)
    await again.next("interview_message", kind="follow_up", within_s=30)
    assert await store.default().run(submissions) == [("s1", "x y")]


async def test_a_crash_between_the_submission_and_its_step(
    call: Callable[..., Caller], interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    task = (await caller.reach_code())["task"]
    asked = Asked(task["task_id"], "python", "x y", "s1", RunKind.SUBMISSION)
    await store.default().run(lambda: runs.ask(Interview.objects.get(pk=interview.pk), asked))
    await caller.hang_up()
    again = call()
    created = await again.begin(interview, resume, input="text")
    assert created["state"]["code"]["submitted"] is True
    await again.next("interview_message", kind="follow_up", within_s=30)
    outcomes = await store.default().run(
        lambda: list(Turn.objects.filter(kind="task").values_list("outcome", flat=True))
    )
    assert outcomes == ["answered"]


def submissions() -> list[tuple[str, str]]:
    return list(CodeRun.objects.values_list("run_id", "source"))
