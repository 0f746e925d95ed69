"""A whole interview over the main protocol, in virtual time."""

from collections.abc import Awaitable, Callable

import pytest

from interviews.live import store
from interviews.models import CodeSubmission, Interview, OutgoingMessage, Turn, Utterance
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]
Reload = Callable[[Interview], Awaitable[Interview]]


async def begin(caller: Caller, interview: Interview, resume: Resume, **fields: object) -> None:
    caller.send(
        "create_stream", title="t", description="d", interview_id=interview.pk, resume_id=str(resume.pk), **fields
    )


async def test_typed_answers_carry_a_whole_interview(
    call: Call, interview: Interview, resume: Resume, reload: Reload
) -> None:
    caller = call()
    await begin(caller, interview, resume, input="text")
    await caller.next("interview_message", kind="prompt")
    caller.send("text_answer", text="I am Alice. That's all.")
    count = (await caller.next("interview_message", kind="question"))["question_count"]
    for number in range(1, count + 1):
        assert caller.log[-1]["question_number"] == number
        caller.send("text_answer", text=f"Answer {number}")
        await caller.next("interview_message", phase="question" if number < count else "code")
        await caller.settle()
    task = caller.log[-1]["task"]
    source = "print(input())"
    caller.send("code_submit", task_id=task["task_id"], language=task["languages"][0], source=source, run_id="r1")
    complete = await caller.next("interview_complete")
    assert await caller.closed() == 1000
    assert complete["interview_id"] == str(interview.pk)
    row = await reload(interview)
    assert (row.status, row.phase, row.last_seq) == ("completed", "finished", complete["seq"])

    def stored() -> tuple[list[str], list[str], list[str], list[int]]:
        return (
            list(Turn.objects.values_list("answer", flat=True)),
            list(Utterance.objects.values_list("text", flat=True)),
            list(CodeSubmission.objects.values_list("source", flat=True)),
            list(OutgoingMessage.objects.values_list("seq", flat=True)),
        )

    turns, utterances, submissions, seqs = await store.default().run(stored)
    answers = ["I am Alice. That's all.", *(f"Answer {number}" for number in range(1, count + 1))]
    assert turns == [*answers, ""]
    assert utterances == answers
    assert submissions == [source]
    assert seqs == list(range(1, complete["seq"] + 1))
    numbered = [message["seq"] for message in caller.log if "seq" in message]
    assert numbered == seqs


async def test_silence_leads_from_phase_to_phase(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(["I am Alice and I build things."]))
    await begin(caller, interview, resume)
    await caller.next("interview_message", kind="prompt")
    await caller.speak()
    final = await caller.next("asr_result", final=True)
    assert final["text"] == "I am Alice and I build things."
    await caller.stream(14_000)
    assert caller.of("interview_message")[-1]["phase"] == "intro"
    await caller.stream(1_200)
    assert caller.kinds[-2:] == ["question/notice", "question/question"]
