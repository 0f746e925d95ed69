"""The interviewer's voice over the main protocol: 60 ms of tone a character, in virtual time."""

import asyncio
import base64
from collections.abc import Callable

import pytest

from interviews.live import store
from interviews.models import Interview, Turn
from providers.base import ProviderError
from providers.tts.scripted import ScriptedTextToSpeech
from resumes.models import Resume
from tests.interviews.live.world import Caller, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Call = Callable[..., Caller]
PROMPT = "Please introduce yourself."


def audio_ms(caller: Caller, utterance_id: str) -> int:
    chunks = [message for message in caller.of("ai_audio_chunk") if message["utterance_id"] == utterance_id]
    assert [chunk["index"] for chunk in chunks] == list(range(len(chunks)))
    assert all((chunk["format"], chunk["sample_rate"]) == ("pcm16", 16_000) for chunk in chunks)
    return sum(len(base64.b64decode(chunk["audio"])) for chunk in chunks) // 32


async def test_a_message_is_spoken_in_the_order_of_the_protocol(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call()
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.next("interview_message", kind="prompt")
    spoken = prompt["utterance_id"]
    await caller.next("ai_speaking_end", utterance_id=spoken)
    own = [message for message in caller.log if message.get("utterance_id") == spoken]
    kinds = list(dict.fromkeys(message["type"] for message in own))
    assert kinds == [
        "interview_message",
        "ai_speaking_start",
        "ai_transcript_chunk",
        "ai_audio_chunk",
        "ai_audio_end",
        "ai_speaking_end",
    ]
    assert "".join(message["text"] for message in own if message["type"] == "ai_transcript_chunk") == PROMPT
    assert audio_ms(caller, spoken) == len(PROMPT) * 60


async def test_audio_is_at_most_two_seconds_ahead_of_playback(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, audio=True)
    start = await caller.next("ai_speaking_start")
    for second in range(4):
        await caller.settle()
        assert 1_900 <= audio_ms(caller, start["utterance_id"]) - second * 1_000 <= 2_200
        await asyncio.sleep(1 - 0.001)


async def test_a_client_that_plays_faster_is_sent_faster(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, audio=True)
    spoken = (await caller.next("ai_speaking_start"))["utterance_id"]
    loop = asyncio.get_running_loop()
    begun = loop.time()
    while not caller.of("ai_audio_end"):
        await caller.settle()
        caller.send("playback", utterance_id=spoken, event="progress", ms=audio_ms(caller, spoken))
    caller.send("playback", utterance_id=spoken, event="ended", ms=audio_ms(caller, spoken))
    await caller.next("ai_speaking_end", utterance_id=spoken)
    assert loop.time() - begun < 1


async def test_listening_begins_when_the_voice_was_heard(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call(FakeEngines(["", "That's all."]))
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.next("interview_message", kind="prompt")
    await caller.speak()  # into the greeting: nothing that can be understood, so the voice goes on
    assert (await caller.next("asr_result", final=True))["text"] == ""
    await caller.stream(20_000)  # and silence that does not count
    assert len(caller.of("asr_result")) == 1
    await caller.next("ai_speaking_end", utterance_id=prompt["utterance_id"])
    await caller.speak()
    assert (await caller.next("asr_result", final=True))["text"] == "That's all."
    await caller.next("interview_message", kind="notice")


async def test_speech_over_the_voice_ends_it_and_is_understood_from_its_start(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines(["one two three four five six"]))
    await caller.begin(interview, resume, audio=True)
    await caller.next("ai_audio_chunk")
    await caller.stream(200, loud=True)
    await caller.next("ai_interrupted", within_s=0.1)  # it waits for what this is
    await caller.stream(1_880, loud=True)
    assert (await caller.next("asr_result"))["text"] == "one"
    await caller.next("ai_speaking_end")  # nothing more of the greeting, nor of the prompt
    await caller.stream(800)
    assert (await caller.next("asr_result", final=True))["text"] == "one two three four five six"
    assert caller.kinds[-1] == "asr_result"


async def test_a_voice_that_fails_leaves_the_text(call: Call, interview: Interview, resume: Resume) -> None:
    broken = ScriptedTextToSpeech(error=ProviderError("gone", retryable=True), fail_after=2)
    caller = call(FakeEngines(["That's all."], tts=broken))
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.next("interview_message", kind="prompt")
    assert (await caller.next("error"))["code"] == "voice_failed"
    await caller.next("ai_speaking_end", utterance_id=prompt["utterance_id"])
    await caller.speak()
    await caller.next("interview_message", phase="question")


async def test_an_answer_before_the_voice_is_over_stops_it(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.next("ai_speaking_start")
    await asyncio.sleep(1)
    caller.send("text_answer", text="That's all.")
    interrupted = await caller.next("ai_interrupted", utterance_id=prompt["utterance_id"])
    assert 990 <= interrupted["heard_ms"] <= 1_010
    await caller.next("ai_speaking_end", utterance_id=prompt["utterance_id"])
    notice = await caller.next("interview_message", kind="notice")
    await caller.next("ai_speaking_start", utterance_id=notice["utterance_id"])


async def test_a_turn_keeps_of_its_question_what_was_heard(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, audio=True)
    question = await caller.introduce()
    await caller.next("ai_speaking_start", utterance_id=question["utterance_id"])
    await asyncio.sleep(1.5)
    caller.send("text_answer", text="Yes, I did that.")
    await caller.next("interview_message", question_number=2)
    turn = await store.default().run(lambda: Turn.objects.get(interview=interview, question_number=1))
    assert question["text"].startswith(turn.prompt)
    assert 10 <= len(turn.prompt) <= 26


async def test_a_client_that_reports_playback_is_waited_for(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, audio=True)
    spoken = (await caller.next("ai_speaking_start"))["utterance_id"]
    caller.send("playback", utterance_id=spoken, event="started", ms=0)
    loop = asyncio.get_running_loop()
    await caller.next("ai_audio_end", utterance_id=spoken)
    whole = audio_ms(caller, spoken)
    begun = loop.time()
    await caller.next("ai_speaking_end", utterance_id=spoken)
    assert 6.5 <= loop.time() - begun <= 7.5  # two seconds of audio, five of grace
    assert whole > 2_000


async def test_without_audio_nothing_is_spoken(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume)
    await caller.next("interview_message", kind="prompt")
    await asyncio.sleep(5)
    assert not [message for message in caller.log if message["type"].startswith("ai_")]


async def test_the_last_words_are_heard_before_the_end(call: Call, interview: Interview, resume: Resume) -> None:
    caller = call()
    await caller.begin(interview, resume, audio=True)
    caller.send("control", action="end_interview")
    closing = await caller.next("interview_message", kind="closing")
    await caller.next("ai_speaking_end", utterance_id=closing["utterance_id"])
    await caller.next("interview_complete")
    assert await caller.closed() == 1000


async def test_every_frame_behind_the_end_of_the_voice_is_listened_to(
    call: Call, interview: Interview, resume: Resume
) -> None:
    """However busy the server is: else the same recording would give another interview the next time."""
    caller = call(FakeEngines(["Hello."]))
    await caller.begin(interview, resume, audio=True)
    greeting, prompt = [(await caller.next("interview_message"))["utterance_id"] for _ in range(2)]
    await caller.next("ai_speaking_end", utterance_id=greeting)
    await caller.next("ai_audio_end", utterance_id=prompt)
    caller.send("playback", utterance_id=prompt, event="ended", ms=1_000)
    caller.send_frames(15_000)  # exactly what ends an introduction without a word
    await caller.next("interview_message", phase="question", within_s=1)


async def test_no_frame_before_the_end_of_the_voice_is_listened_to(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines(["Hello."]))
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.prompt()
    await caller.next("ai_audio_end", utterance_id=prompt["utterance_id"])
    for _ in range(60):  # more than the server takes at once
        caller.audio(bytes(32_000))
    caller.send("playback", utterance_id=prompt["utterance_id"], event="ended", ms=1_000)
    await asyncio.sleep(1)
    assert caller.of("interview_message")[-1] == prompt
    caller.send_frames(15_000)
    await caller.next("interview_message", phase="question", within_s=1)


async def test_progress_is_no_end(call: Call, interview: Interview, resume: Resume) -> None:
    """A player that lags is still heard when the server's own clock says that it must be over."""
    caller = call()
    await caller.begin(interview, resume, audio=True)
    spoken = (await caller.next("ai_speaking_start"))["utterance_id"]
    caller.send("playback", utterance_id=spoken, event="started", ms=0)
    await caller.next("ai_audio_end", utterance_id=spoken)
    await asyncio.sleep(3)
    caller.send("playback", utterance_id=spoken, event="progress", ms=1_000)
    await asyncio.sleep(1)
    assert caller.of("ai_speaking_end") == []
    caller.send("playback", utterance_id=spoken, event="ended", ms=1_500)
    await caller.next("ai_speaking_end", utterance_id=spoken, within_s=0.1)


async def test_an_end_that_is_reported_of_what_was_not_said_yet_does_nothing(
    call: Call, interview: Interview, resume: Resume
) -> None:
    caller = call(FakeEngines(["Hello."]))
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.prompt()
    caller.send("playback", utterance_id=prompt["utterance_id"], event="ended", ms=1_000)
    caller.send_frames(15_000)
    await asyncio.sleep(1)
    assert caller.of("interview_message")[-1] == prompt


async def test_a_voice_with_a_fault_of_its_own_leaves_the_text(
    call: Call, interview: Interview, resume: Resume
) -> None:
    broken = ScriptedTextToSpeech(error=RuntimeError("a bug"), fail_after=1)  # type: ignore[arg-type]
    caller = call(FakeEngines(["That's all."], tts=broken))
    await caller.begin(interview, resume, audio=True)
    prompt = await caller.prompt()
    assert (await caller.next("error"))["code"] == "voice_failed"
    await caller.next("ai_speaking_end", utterance_id=prompt["utterance_id"], within_s=10)
    await caller.speak()
    await caller.next("interview_message", phase="question", within_s=10)
