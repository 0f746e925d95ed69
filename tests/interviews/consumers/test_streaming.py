"""A whole interview over the streaming protocol, in virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count

import pytest
from pytest_django import Settings

from interviews.coding import tasks
from interviews.coding.definitions import TOLD
from interviews.live import store
from interviews.live.engines import Ensemble
from interviews.models import Interview, OutgoingMessage, Status, Turn
from providers.llm.base import Request
from providers.llm.scripted import Reply, ScriptedLanguageModel, decision
from providers.webm.base import HEADER
from providers.webm.scripted import GARBAGE
from tests.interviews.consumers.streaming_world import GREETING, Dial, Recorder, listen, played
from tests.interviews.live.world import LOUD, FakeEngines

pytestmark = pytest.mark.django_db(transaction=True)

Reload = Callable[[Interview], Awaitable[Interview]]
PROMPT = "Please introduce yourself."


async def introduce(recorder: Recorder) -> str:
    """Take the introduction (a spoken line that closes it comes first); gives the first question."""
    assert (await recorder.line()).startswith(GREETING)
    assert await recorder.line() == PROMPT
    await listen(recorder)
    await recorder.speak()
    assert await recorder.line() == "Thank you for the introduction. Now to the questions."
    return await recorder.line()


async def test_it_begins_with_one_greeting_and_each_piece_of_voice_is_a_file(dial: Dial) -> None:
    recorder = dial()
    await recorder.line()
    assert await recorder.line() == PROMPT
    prompt = [one for one in recorder.of("ai_audio_chunk") if one["utterance_id"] == recorder.log[-1]["utterance_id"]]
    files = [played(one) for one in prompt]
    assert {rate for rate, _ in files} == {16_000}
    assert files[0][1] == 1_600  # the first 100 ms do not wait for more
    assert sum(samples for _, samples in files) == len(PROMPT) * 60 * 16
    assert len(files) == 5
    assert {one["type"] for one in recorder.log} == {"ai_transcript_chunk", "ai_audio_chunk", "ai_audio_end"}


class Thinker(FakeEngines):
    """With a model that takes a second over each question: answers are acknowledged meanwhile."""

    numbers = count(1)

    def ensemble(self, language: str, *, voice: bool) -> Ensemble:
        return replace(super().ensemble(language, voice=voice), model=ScriptedLanguageModel(self.asked))

    def asked(self, request: Request) -> Reply:
        return Reply(decision(f"What did change number {next(self.numbers)} do to the service?"), first_ms=1_000)


async def test_the_answer_is_told_before_the_words_that_acknowledge_it(dial: Dial, settings: Settings) -> None:
    settings.ADAPTIVE_QUESTIONS = True
    recorder = dial(Thinker(["I am Alice. That's all.", "We used a queue.", "And more."]))
    await introduce(recorder)
    await listen(recorder)
    known = len(recorder.log)
    await recorder.speak(pause=6_000)
    await recorder.next("user_transcript")
    await recorder.line()
    told = [one for one in recorder.log[known:] if one["type"] in {"user_transcript", "ai_transcript_chunk"}]
    assert [one["type"] for one in told[:2]] == ["user_transcript", "ai_transcript_chunk"]
    assert told[1]["utterance_id"].endswith(".ack")
    assert sum(one["text"] == told[1]["text"] for one in told) == 1


async def test_a_turn_gives_one_transcript(dial: Dial) -> None:
    recorder = dial(FakeEngines(["I am Alice.", "I write Python. That's all.", "We used a queue."]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    await recorder.speak()
    await recorder.speak()
    assert (await recorder.next("user_transcript"))["text"] == "I am Alice. I write Python. That's all."
    await recorder.line()
    question = await recorder.line()
    await listen(recorder)
    await recorder.speak(pause=6_000)
    assert (await recorder.next("user_transcript"))["text"] == "We used a queue."
    assert question != await recorder.line()
    assert recorder.transcripts == ["I am Alice. I write Python. That's all.", "We used a queue."]


async def test_a_pause_in_the_chunks_ends_the_turn(dial: Dial) -> None:
    """A client that records only while a button is held."""
    recorder = dial(FakeEngines(["Hello.", "We used a queue because"]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    await recorder.stream(2_000, loud=True)
    await asyncio.sleep(1.4)
    assert recorder.transcripts == []
    await recorder.stream(1_000, loud=True)
    await asyncio.sleep(1.4)
    assert recorder.transcripts == []
    await asyncio.sleep(0.2)
    assert (await recorder.next("user_transcript", within_s=1))["text"] == "Hello."
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    recorder.recording = False  # a new recording, with a header of its own
    await recorder.stream(2_000, loud=True)
    assert (await recorder.next("user_transcript", within_s=2))["text"] == "We used a queue because"
    assert recorder.decoders.opened == 2
    assert recorder.decoders.closed == 1


async def test_a_pause_without_words_ends_nothing(dial: Dial) -> None:
    recorder = dial(FakeEngines(["That's all."]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    await recorder.stream(3_000)
    await asyncio.sleep(10)
    assert recorder.lines[-1] == PROMPT
    await recorder.speak()
    await recorder.next("user_transcript")


async def test_plain_sound_is_taken_too(dial: Dial) -> None:
    recorder = dial(FakeEngines(["That's all."]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    recorder.chunk(LOUD * 50, name="audio_data", format="pcm16")
    recorder.chunk(bytes(64_000), name="audio", format="pcm16")
    assert (await recorder.next("user_transcript"))["text"] == "That's all."
    assert recorder.decoders.opened == 0


async def test_a_header_that_comes_byte_by_byte_begins_a_recording(dial: Dial) -> None:
    """As Chromium sends it."""
    recorder = dial(FakeEngines(["That's all."]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    for byte in (HEADER + HEADER)[:7]:
        recorder.chunk(bytes([byte]))
    recorder.recording = True
    recorder.chunk(HEADER[3:] + bytes(640))
    await recorder.speak()
    assert (await recorder.next("user_transcript"))["text"] == "That's all."
    assert recorder.decoders.opened == 2
    assert recorder.of("error") == []


async def test_the_end_comes_with_the_conversation(dial: Dial, interview: Interview, reload: Reload) -> None:
    recorder = dial(FakeEngines(["I am Alice. That's all.", "We used a queue."]))
    question = await introduce(recorder)
    await listen(recorder)
    await recorder.stream(2_000, loud=True)
    recorder.send("end_interview")
    ended = await recorder.next("interview_ended")
    assert await recorder.closed() == 1000
    assert [(one["role"], one["text"]) for one in ended["conversation"]] == [
        ("interviewer", PROMPT),
        ("candidate", "I am Alice. That's all."),
        ("interviewer", question),
        ("candidate", "We used a queue."),
    ]
    assert all(one["at_ms"] >= 0 for one in ended["conversation"])
    assert recorder.transcripts == ["I am Alice. That's all.", "We used a queue."]
    assert recorder.log[-1] == ended
    assert (await reload(interview)).status == "completed"


async def test_an_interview_that_is_over_says_so_again(dial: Dial) -> None:
    recorder = dial()
    await recorder.line()
    recorder.send("end_interview")
    ended = await recorder.next("interview_ended")
    await recorder.closed()
    again = dial()
    assert await again.closed() == 1000
    assert again.log == [ended]


async def test_a_reconnect_goes_on_at_the_same_question_without_a_second_greeting(dial: Dial) -> None:
    recorder = dial(FakeEngines(["I am Alice. That's all."]))
    question = await introduce(recorder)
    await recorder.hang_up()
    again = dial(FakeEngines(["We used a queue."]))
    assert await again.line() == question
    await listen(again)
    assert again.lines == [question]
    again.chunk(LOUD * 25)  # the recording went on, but its beginning was heard by the other connection
    again.chunk(LOUD * 25)
    assert (await again.next("error"))["code"] == "bad_audio"
    await again.speak(pause=6_000)
    assert (await again.next("user_transcript"))["text"] == "We used a queue."
    assert [one["code"] for one in again.of("error")] == ["bad_audio"]
    greetings = await store.default().run(lambda: OutgoingMessage.objects.filter(payload__kind="greeting").count())
    assert greetings == 1


async def test_the_task_is_told_whole_and_answered_aloud(dial: Dial, interview: Interview, reload: Reload) -> None:
    recorder = dial(FakeEngines(["I am Alice. That's all.", "I would count the requests in a queue.", "And test it."]))
    await reach_the_task(recorder)
    await recorder.line()
    task = await recorder.line()
    assert task.endswith("There is no editor here: please say how you would solve it.")
    assert len(task) > 200
    await listen(recorder)
    await recorder.stream(20_000)  # time to think
    await recorder.speak(pause=10_000)
    await recorder.speak(pause=14_000)
    assert recorder.of("interview_ended") == []
    await recorder.stream(2_000)
    await recorder.next("interview_ended")
    assert recorder.transcripts[-1] == "I would count the requests in a queue. And test it."
    assert (await reload(interview)).status == "completed"
    kept = await store.default().run(lambda: Turn.objects.get(phase="code").outcome)
    assert kept == "answered"


async def test_a_task_that_nobody_pinned_can_be_told(dial: Dial, interview: Interview, reload: Reload) -> None:
    unpinned = {"code_task": "", "position_type": "qa"}  # most of its tasks are tests to be written for a program
    await store.default().run(lambda: Interview.objects.filter(pk=interview.pk).update(**unpinned))
    await reach_the_task(dial(FakeEngines(["I am Alice. That's all."])))
    chosen = (await reload(interview)).code_task
    assert tasks.get(chosen).kind in TOLD


async def reach_the_task(recorder: Recorder) -> None:
    """Through the questions by silence."""
    await introduce(recorder)
    while "Now to the coding task" not in recorder.lines[-1] and "Now to the coding task" not in recorder.lines[-2]:
        await listen(recorder)
        await recorder.stream(16_000)
        await asyncio.sleep(1)
    recorder._taken = next(at for at, one in enumerate(recorder.log) if "coding task" in one.get("text", ""))


async def test_a_task_that_was_answered_ends_with_the_recording(dial: Dial) -> None:
    recorder = dial(FakeEngines(["I am Alice. That's all.", "I would count the requests."]))
    await reach_the_task(recorder)
    await listen(recorder)
    await recorder.stream(3_000)
    await asyncio.sleep(5)
    assert recorder.of("interview_ended") == []  # nothing was said yet
    await recorder.stream(2_000, loud=True)
    assert (await recorder.next("user_transcript", within_s=2))["text"] == "I would count the requests."
    await recorder.next("interview_ended")


async def test_without_a_voice_the_words_come_alone(dial: Dial) -> None:
    recorder = dial(FakeEngines(["That's all."], mute=True))
    await recorder.line()
    assert await recorder.line() == PROMPT
    await recorder.speak()
    await recorder.next("user_transcript")
    await recorder.line()
    assert recorder.of("ai_audio_chunk") == []


async def test_without_recognition_nothing_is_begun(dial: Dial, interview: Interview) -> None:
    recorder = dial(FakeEngines(deaf=True))
    error = await recorder.next("error")
    assert (error["code"], error["retryable"]) == ("no_recognition", False)
    assert error["text"] == error["message"]
    assert await recorder.closed() == 4404
    stored = await Interview.objects.aget(pk=interview.pk)
    assert (stored.status, stored.owner_epoch) == (Status.CREATED, 0)


async def test_a_recording_that_breaks_is_told_once_and_the_next_one_is_heard(dial: Dial) -> None:
    recorder = dial(FakeEngines(["That's all."]))
    await recorder.line()
    await recorder.line()
    await listen(recorder)
    recorder.chunk(HEADER + LOUD)
    for _ in range(30):
        recorder.chunk(GARBAGE)
    await recorder.settle()
    assert [(one["code"], one.get("field")) for one in recorder.of("error")] == [("bad_audio", "data")]
    await recorder.speak()
    assert (await recorder.next("user_transcript"))["text"] == "That's all."
    assert recorder.decoders.opened == 2


async def test_what_is_cut_short_has_ended_then(dial: Dial) -> None:
    recorder = dial()
    await recorder.line()
    prompt = await recorder.next("ai_transcript_chunk")
    await asyncio.sleep(0.5)
    recorder.send("end_interview")
    cut = await recorder.next("ai_interrupted")
    assert cut["utterance_id"] == prompt["utterance_id"]
    assert 400 <= cut["heard_ms"] <= 600
    assert (await recorder.next("ai_audio_end"))["utterance_id"] == cut["utterance_id"]
    await recorder.next("interview_ended")
    ends = [one["utterance_id"] for one in recorder.of("ai_audio_end")]
    assert list(dict.fromkeys(ends)) == [*dict.fromkeys(one["utterance_id"] for one in recorder.of("ai_audio_chunk"))]


async def test_a_voice_over_the_interviewers_ends_it(dial: Dial) -> None:
    recorder = dial(FakeEngines(["I am Alice and I write Python."]))
    await recorder.line()
    prompt = await recorder.next("ai_transcript_chunk")
    await asyncio.sleep(0.5)
    await recorder.stream(3_000, loud=True)
    cut = await recorder.next("ai_interrupted")
    assert cut["utterance_id"] == prompt["utterance_id"]
    assert (await recorder.next("ai_audio_end"))["utterance_id"] == cut["utterance_id"]
    assert (await recorder.next("user_transcript", within_s=5))["text"] == "I am Alice and I write Python."


async def test_a_sound_that_is_no_word_lets_the_voice_go_on(dial: Dial) -> None:
    recorder = dial(FakeEngines(["mm"]))
    await recorder.line()
    prompt = await recorder.next("ai_transcript_chunk")
    await asyncio.sleep(0.5)
    await recorder.stream(600, loud=True)
    cut = await recorder.next("ai_interrupted")
    await recorder.stream(2_000)
    again = await recorder.next("ai_audio_chunk", within_s=5)
    assert again["utterance_id"] == cut["utterance_id"] == prompt["utterance_id"]
    assert played(again)[1] == 1_600
    assert (await recorder.next("ai_audio_end"))["utterance_id"] == prompt["utterance_id"]
    assert recorder.lines[-1] == PROMPT
