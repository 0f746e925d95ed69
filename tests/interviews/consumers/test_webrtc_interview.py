"""A whole interview over the main protocol, in virtual time."""

from collections.abc import Awaitable, Callable

import pytest

from interviews.live import store
from interviews.models import CodeRun, Interview, OutgoingMessage, Turn, Utterance
from providers.base import ProviderError
from providers.stt.scripted import Line
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]
Reload = Callable[[Interview], Awaitable[Interview]]


async def test_typed_answers_carry_a_whole_interview(
    call: Call, interview: Interview, resume: Resume, reload: Reload
) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    task = (await caller.reach_code())["task"]
    source = "print(input())"
    caller.send("code_submit", task_id=task["task_id"], language=task["languages"][0], source=source, run_id="r1")
    await caller.next("interview_message", kind="follow_up")
    caller.send("text_answer", text="It is short.")
    await caller.next("interview_message", kind="follow_up")
    caller.send("control", action="end_interview")
    complete = await caller.next("interview_complete")
    assert await caller.closed() == 1000
    assert complete["interview_id"] == str(interview.pk)
    row = await reload(interview)
    assert (row.status, row.phase, row.last_seq) == ("completed", "finished", complete["seq"])

    def stored() -> tuple[list[str], list[str], list[str], list[int]]:
        return (
            list(Turn.objects.values_list("answer", flat=True)),
            list(Utterance.objects.values_list("text", flat=True)),
            list(CodeRun.objects.values_list("source", flat=True)),
            list(OutgoingMessage.objects.values_list("seq", flat=True)),
        )

    turns, utterances, submissions, seqs = await store.default().run(stored)
    count = len(row.plan)
    answers = ["I am Alice. That's all.", *(f"Answer {number}" for number in range(1, count + 1))]
    assert turns == [*answers, "", "It is short.", ""]
    assert utterances == [*answers, "It is short."]
    assert submissions == [source]
    assert seqs == list(range(1, complete["seq"] + 1))
    assert [message["seq"] for message in caller.log if "seq" in message] == seqs


async def test_messages_come_in_the_order_of_the_protocol(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, input="text")
    await caller.reach_code()
    caller.send("control", action="skip_question")
    await caller.closed()
    count = caller.of("interview_message")[-1]["question_count"]
    assert caller.kinds == [
        "connection_established",
        "stream_created",
        "intro/greeting",
        "intro/prompt",
        "question/notice",
        *["question/question"] * count,
        "code/notice",
        "code/task",
        "code/closing",
        "interview_complete",
    ]


async def test_fifteen_seconds_of_silence_end_the_introduction(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines(["I am Alice and I build things."]))
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    await caller.speak()
    final = await caller.next("asr_result", final=True)
    assert final["text"] == "I am Alice and I build things."
    await caller.stream(14_000)
    assert caller.kinds[-1] == "asr_result"
    await caller.stream(1_200)
    assert caller.kinds[-2:] == ["question/notice", "question/question"]


async def test_a_spoken_question_ends_by_the_pause_after_the_answer(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines(["That's all.", "I measured it", "and fixed it."]))
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    await caller.speak()
    await caller.next("interview_message", question_number=1)
    await caller.speak(pause=1_000)
    await caller.speak(pause=2_400)
    await caller.next("interview_message", question_number=2)
    turn = await store.default().run(lambda: Turn.objects.get(number=2))
    assert (turn.answer, turn.source, turn.outcome) == ("I measured it and fixed it.", "voice", "answered")


async def test_partial_texts_lead_to_exactly_one_final_each(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(["one two three", "four five"]))
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    for _ in range(2):
        await caller.stream(2_000, loud=True, pace=True)
        await caller.stream(1_000)
    heard: dict[str, list[tuple[str, bool]]] = {}
    for message in caller.of("asr_result"):
        heard.setdefault(message["utterance_id"], []).append((message["text"], message["final"]))
    assert list(heard.values()) == [
        [("one", False), ("one two", False), ("one two three", False), ("one two three", True)],
        [("four", False), ("four five", False), ("four five", True)],
    ]


async def test_a_final_says_up_to_which_frame_it_heard(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(["hello"]))
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    await caller.stream(1_000, loud=True, first_n=100)
    await caller.stream(2_000, first_n=125)
    final = await caller.next("asr_result", final=True)
    assert 125 + 600 // 40 - 1 <= final["acked_n"] <= 125 + 640 // 40


async def test_faster_than_real_time_gives_the_same_interview(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines([Line("That's all.", delay_ms=400), Line("I measured it first.", delay_ms=400)]))
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    # All at once: recognition and the interviewer are slower than the audio, which waits for them.
    for loud, ms in ((True, 2_000), (False, 1_000), (True, 2_000), (False, 18_000)):
        caller.send_frames(ms, loud=loud)
    await caller.next("interview_message", question_number=2)
    await caller.next("interview_message", kind="notice", within_s=1)
    finals = [message["text"] for message in caller.of("asr_result") if message["final"]]
    assert finals == ["That's all.", "I measured it first."]


async def test_a_recognition_that_fails_is_said_and_the_interview_goes_on(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines([Line("", error=ProviderError("no", retryable=True)), "That's all."]))
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    await caller.speak()
    assert (await caller.next("asr_result", final=True))["text"] == ""
    assert (await caller.next("error"))["code"] == "recognition_failed"
    await caller.speak()
    await caller.next("interview_message", question_number=1)


async def test_end_finalises_the_utterance_and_in_a_question_the_turn(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines(["Hello", "That's all.", "I measured it"]))
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    await caller.stream(1_000, loud=True)
    caller.send("audio_frame", audio_data="", end=True)
    assert (await caller.next("asr_result", final=True))["text"] == "Hello"
    await caller.stream(1_000, loud=True)
    caller.send("audio_frame", audio_data="", end=True)
    await caller.next("interview_message", question_number=1)
    await caller.stream(1_000, loud=True)
    caller.send("audio_frame", audio_data="", end=True)
    await caller.next("interview_message", question_number=2, within_s=1)


async def test_without_recognition_answers_are_typed(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(deaf=True))
    created = await caller.begin(interview, resume)
    assert created["state"]["speech_engine"] == ""
    await caller.stream(1_000, loud=True)
    assert [error["code"] for error in caller.of("error")] == ["no_recognition"]
    await caller.introduce()


async def test_a_recogniser_that_lags_slows_the_sender_and_one_that_hangs_is_given_up(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines([Line("never", backlog_ms=3_001), "That's all."]))
    await caller.begin(interview, resume)
    await caller.prompt()
    await caller.stream(10_000, loud=True)
    assert caller.unread > 0  # the server reads no further, and nothing is dropped
    await caller.stream(1_000)
    assert (await caller.next("asr_result", final=True, within_s=31))["text"] == ""
    assert (await caller.next("error"))["code"] == "recognition_failed"
    assert caller.unread == 0
    await caller.speak()
    await caller.next("interview_message", phase="question")
