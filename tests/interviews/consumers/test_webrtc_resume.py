"""A closed laptop, a killed server, a second tab: the interview goes on where it was."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from interviews.live import store
from interviews.live.registry import sessions
from interviews.models import Interview, OutgoingMessage
from providers.stt.scripted import Line
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]
Reload = Callable[[Interview], Awaitable[Interview]]


async def kill(caller: Caller) -> None:
    """What a `kill -9` leaves: nothing is stored any more, nobody is told."""
    for session in sessions:
        session.closed = True
    await caller.hang_up()


@pytest.mark.parametrize("leave", [Caller.hang_up, kill], ids=["hang-up", "kill"])
@pytest.mark.parametrize("phase", ["intro", "question", "code"])
async def test_every_phase_is_resumed_at_the_same_prompt(
    call: Call, interview: Interview, resume: Resume, phase: str, leave: Callable[[Caller], Awaitable[None]]
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    reach = {"intro": caller.prompt, "question": caller.introduce, "code": caller.reach_code}
    before = await reach[phase]()
    await leave(caller)
    again = call()
    created = await again.begin(interview, resume, input="text")
    assert created["resumed"] is True
    assert created["state"]["phase"] == phase
    assert created["state"]["question_number"] == before["question_number"]
    repeated = await again.next("interview_message")
    same = ("text", "kind", "phase", "question_number", "question_count", "seq")
    assert [repeated[name] for name in same] == [before[name] for name in same]
    assert repeated["repeat"] is True
    if phase == "code":
        assert repeated["task"]["task_id"] == created["state"]["task"]["task_id"] == before["task"]["task_id"]
        assert created["state"]["code"]["seq"] == 0


async def test_with_last_seq_the_later_messages_come_again_once(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.introduce()
    seqs = [message["seq"] for message in caller.log if "seq" in message]
    await caller.hang_up()
    again = call()
    await again.begin(interview, resume, input="text", last_seq=seqs[1])
    await again.settle()
    assert [message["seq"] for message in again.log if "seq" in message] == seqs[2:]
    assert again.log[2:] == [message for message in caller.log if message.get("seq", 0) > seqs[1]]
    again.send("text_answer", text="An answer")
    following = await again.next("interview_message", question_number=2)
    assert following["seq"] == seqs[-1] + 1


async def test_what_was_said_before_a_break_counts(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(["I am Alice."]))
    await caller.begin(interview, resume)
    await caller.prompt()
    await caller.speak()
    await caller.next("asr_result", final=True)
    await kill(caller)
    again = call(FakeEngines(["That's all."]))
    await again.begin(interview, resume)
    await again.prompt()
    await again.speak()
    await again.next("interview_message", phase="question")
    answers = await store.default().run(lambda: list(interview.turns.values_list("answer", flat=True)))
    assert answers == ["I am Alice. That's all."]


async def test_recognition_in_flight_is_given_up_and_sent_again(
    call: Call, interview: Interview, resume: Resume
) -> None:
    engines = FakeEngines([Line("That's all.", delay_ms=60_000)])
    caller = call(engines)
    await caller.begin(interview, resume)
    await caller.prompt()
    await caller.speak()
    await caller.hang_up()
    assert engines.stt is not None
    assert engines.stt.cancelled == 1
    again = call(FakeEngines(["That's all."]))
    await again.begin(interview, resume)
    await again.prompt()
    await again.speak()
    assert len([message for message in again.of("asr_result") if message["final"]]) == 1


async def test_the_clocks_stand_still_while_nobody_is_connected(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    created = await caller.begin(interview, resume, input="text")
    assert created["state"]["seconds_left"] == 45 * 60
    await caller.prompt()
    await asyncio.sleep(61)
    await caller.hang_up()
    await asyncio.sleep(3_600)
    again = call()
    created = await again.begin(interview, resume, input="text")
    assert created["state"]["seconds_left"] in (45 * 60 - 61, 45 * 60 - 62)


async def test_a_killed_server_loses_at_most_five_seconds_of_the_clock(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await asyncio.sleep(61)
    await kill(caller)
    again = call()
    created = await again.begin(interview, resume, input="text")
    assert 45 * 60 - 61 <= created["state"]["seconds_left"] <= 45 * 60 - 55


async def test_a_question_that_was_being_asked_for_is_asked(
    call: Call, interview: Interview, resume: Resume, reload: Reload
) -> None:
    """The process died between the answer's commit and the next question's."""
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.introduce()
    await kill(caller)
    row = await reload(interview)
    state = row.engine_state
    assert state is not None
    pending = {"effect_id": "e99", "kind": "question", "answer": "", "utterance_id": "u99", "hushed": False}
    state.update(prompt=None, pending=[pending], question_number=0)
    await store.default().run(lambda: Interview.objects.filter(pk=row.pk).update(engine_state=state))
    again = call()
    await again.begin(interview, resume, input="text")
    question = await again.next("interview_message")
    assert (question["kind"], question["question_number"]) == ("question", 1)


async def test_the_newest_socket_wins_and_the_older_is_told(call: Call, interview: Interview, resume: Resume) -> None:
    first = call()
    await first.begin(interview, resume, input="text")
    await first.prompt()
    await asyncio.sleep(30)
    second = call()
    created = await second.begin(interview, resume, input="text")
    assert await first.closed() == 4409
    assert first.log[-1]["code"] == "superseded"
    assert created["state"]["seconds_left"] in (45 * 60 - 30, 45 * 60 - 31)  # to the second, not to the checkpoint
    await second.introduce()


async def test_many_sockets_at_once_leave_one(call: Call, interview: Interview, resume: Resume) -> None:
    callers = [call() for _ in range(5)]
    for caller in callers:
        caller.send("create_stream", interview_id=interview.pk, resume_id=resume.pk, input="text")
    await asyncio.sleep(20)
    assert sorted(caller.code or 0 for caller in callers) == [0, 4409, 4409, 4409, 4409]
    assert len(sessions) == 1
    winner = next(caller for caller in callers if caller.code is None)
    winner.send("text_answer", text="That's all.")
    await winner.next("interview_message", phase="question")
    seqs = await store.default().run(lambda: list(OutgoingMessage.objects.values_list("seq", flat=True)))
    assert seqs == list(range(1, len(seqs) + 1))


async def test_an_owner_elsewhere_is_noticed_within_five_seconds(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await store.default().run(lambda: Interview.objects.update(owner_epoch=99))
    assert await caller.closed(within_s=5.1) == 4409


async def test_a_stop_from_elsewhere_is_noticed_within_five_seconds(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await store.default().run(lambda: Interview.objects.update(status="stopped"))
    complete = await caller.next("interview_complete", within_s=5.1)
    assert complete["outcome"] == "stopped"
    assert await caller.closed() == 1000


@pytest.mark.parametrize("last_seq", [None, 2], ids=["without last_seq", "with last_seq"])
async def test_an_interview_that_is_over_says_so_again(
    call: Call, interview: Interview, resume: Resume, last_seq: int | None
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    caller.send("control", action="end_interview")
    assert await caller.closed() == 1000
    again = call()
    await again.begin(interview, resume, **({} if last_seq is None else {"last_seq": last_seq}))
    assert await again.closed() == 1000
    numbered = [message for message in caller.log if "seq" in message]
    assert again.log[2:] == (numbered[-1:] if last_seq is None else numbered[last_seq:])


async def test_nothing_of_a_session_is_left_behind(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(["Hello", Line("again", delay_ms=9_000)]))
    await caller.begin(interview, resume, audio=True)
    await caller.next("ai_speaking_start")
    await caller.stream(3_000, loud=True)
    before = {asyncio.current_task()}
    await caller.hang_up()
    assert asyncio.all_tasks() == before
    assert len(sessions) == 0


async def test_a_last_seq_that_was_never_sent_is_a_strangers(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    prompt = await caller.prompt()
    await caller.hang_up()
    again = call()
    await again.begin(interview, resume, input="text", last_seq=prompt["seq"] + 40)
    assert (await again.next("interview_message", within_s=1))["seq"] == prompt["seq"]


@pytest.mark.parametrize("busy", [False, True], ids=["at rest", "in a step"])
async def test_an_interview_that_was_deleted_is_not_taken_for_one_elsewhere(
    call: Call, interview: Interview, resume: Resume, busy: bool
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.prompt()
    await store.default().run(interview.delete)
    if busy:
        caller.send("text_answer", text="Hello")
    assert (await caller.next("error", within_s=5.1))["code"] == "interview_not_found"
    assert await caller.closed(within_s=1) == 1000
