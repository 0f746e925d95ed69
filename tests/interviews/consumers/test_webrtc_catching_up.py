"""Audio that a client kept through a break and sends again, faster than real time."""

import asyncio
from collections.abc import Callable

import pytest

from interviews.models import Interview
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]


def finals(caller: Caller) -> list[str]:
    return [message["text"] for message in caller.of("asr_result") if message["final"]]


async def come_back(call: Call, before: Caller, interview: Interview, resume: Resume, **fields: object) -> Caller:
    seq = max(message.get("seq", 0) for message in before.log)
    engines = FakeEngines(["the end of it", "that's all"])
    again = call(engines)
    await again.begin(interview, resume, last_seq=seq, **fields)
    return again


async def test_an_answer_cut_by_a_break_is_understood_though_the_interviewer_speaks(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines(["I began"]))
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.prompt()
    await caller.next("ai_speaking_end", utterance_id=prompt["utterance_id"])
    await caller.stream(2_000, loud=True, first_n=1)
    await caller.stream(1_000, first_n=51)
    assert finals(caller) == ["I began"]
    await caller.stream(1_000, loud=True, first_n=76)  # cut in the middle
    await caller.hang_up()
    again = await come_back(call, caller, interview, resume, audio=True)
    acked = next(message["acked_n"] for message in caller.of("asr_result") if message["final"])
    await again.next("ai_speaking_start")
    await again.stream(2_000, loud=True, first_n=acked + 1)
    await again.stream(1_000, first_n=acked + 51)
    assert finals(again) == ["the end of it"]


async def test_silence_that_is_sent_again_does_not_count(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume)
    await caller.prompt()
    await caller.stream(12_000, first_n=1)
    await caller.hang_up()
    again = await come_back(call, caller, interview, resume)
    await again.stream(12_000, first_n=1)  # what was kept, at once
    await asyncio.sleep(1)
    for second in range(14):  # and the microphone
        await again.stream(1_000, pace=True, first_n=301 + 25 * second)
    assert again.of("interview_message") == []
    for second in range(14, 16):
        await again.stream(1_000, pace=True, first_n=301 + 25 * second)
    assert again.kinds[-2:] == ["question/notice", "question/question"]


async def test_what_is_stored_already_is_not_understood_twice(call: Call, interview: Interview, resume: Resume) -> None:
    """The final text was committed, but the connection broke before it reached the client."""
    caller = call(FakeEngines(["I am Alice"]))
    await caller.begin(interview, resume)
    prompt = await caller.prompt()
    await caller.stream(2_000, loud=True, first_n=1)
    await caller.stream(1_000, first_n=51)
    await caller.hang_up()
    again = call(FakeEngines(["never"]))
    await again.begin(interview, resume, last_seq=prompt["seq"])
    await again.stream(2_000, loud=True, first_n=1)
    await again.stream(1_000, first_n=51)
    assert finals(again) == ["I am Alice"]  # the replay, and nothing else


async def test_a_reloaded_page_counts_anew(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(["I am Alice"]))
    await caller.begin(interview, resume)
    await caller.prompt()
    await caller.stream(2_000, loud=True, first_n=1)
    await caller.stream(1_000, first_n=51)
    await caller.hang_up()
    again = await come_back(call, caller, interview, resume)
    await again.stream(2_000, loud=True, first_n=1)
    await again.stream(1_000, first_n=51)
    assert finals(again) == ["the end of it"]
