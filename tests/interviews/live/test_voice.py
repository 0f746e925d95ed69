"""The interviewer's voice by itself: 60 ms of tone a character, in virtual time."""

import asyncio
import random
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from interviews.live.errors import LiveError
from interviews.live.messages import AudioChunk, Interrupted, Message, SpeakingStart, TranscriptChunk
from interviews.live.outbound import Outbound
from interviews.live.voice import Cut, Voice
from interviews.live.words import TOLERANCE_MS
from providers.base import ProviderError
from providers.tts.fallback import FallbackTextToSpeech
from providers.tts.scripted import CHARACTER_MS, ScriptedTextToSpeech

FIRST, SECOND = "Thank you very much. ", "What would you look at first of all?"
DOWN = ProviderError("gone", retryable=True)


class Room:
    """A client that takes everything at once; `log` has what it was sent, but for the sound."""

    def __init__(self) -> None:
        self.log: list[Any] = []
        self.sound: list[tuple[float, AudioChunk]] = []
        self.errors: list[str] = []
        self.reading = asyncio.Event()
        self.reading.set()

    async def send(self, message: Message | dict[str, Any]) -> None:
        await self.reading.wait()
        if isinstance(message, AudioChunk):
            self.sound.append((asyncio.get_running_loop().time(), message))
        else:
            self.log.append(message)

    async def refuse(self, error: LiveError) -> None:
        self.errors.append(error.code)

    async def answered(self, text: str) -> None: ...

    async def close(self, code: int) -> None: ...

    @property
    def kinds(self) -> list[str]:
        return [message.__struct_config__.tag.removeprefix("ai_") for message in self.log]

    @property
    def words(self) -> str:
        return "".join(message.text for message in self.log if isinstance(message, TranscriptChunk))

    def sent_ms(self, since: int = 0) -> int:
        """Of sound, from the chunk with this place in what was sent."""
        return sum(len(chunk.audio) for _, chunk in self.sound[since:]) // 32


class Stage:
    def __init__(self, tts: Any = None) -> None:
        self.tts = tts or ScriptedTextToSpeech()
        self.room = Room()
        self.silence: list[str] = []
        self.voice = Voice(self.tts, "en", Outbound(self.room), self.room, self.silence.append)


@pytest.fixture
async def stage() -> AsyncGenerator[Stage, None]:
    made = Stage()
    yield made
    await made.voice.close()
    assert len(asyncio.all_tasks()) == 1


def ms(text: str) -> int:
    return len(text.strip()) * CHARACTER_MS


async def test_the_first_sentence_is_spoken_while_the_second_is_written(stage: Stage) -> None:
    spoken = stage.voice.open("q1")
    spoken.write(FIRST)
    await asyncio.sleep(0.1)
    assert stage.room.kinds == []
    spoken.write(SECOND[:5])
    await asyncio.sleep(0.5)
    assert (stage.room.kinds, stage.room.words) == (["speaking_start", "transcript_chunk"], FIRST)
    assert stage.room.sent_ms() == ms(FIRST)
    spoken.write(SECOND[5:])
    await asyncio.sleep(0.5)
    stage.voice.say("q1", FIRST + SECOND)
    await stage.voice.finished()
    assert stage.tts.spoken == [FIRST.strip(), SECOND]
    assert stage.room.kinds == ["speaking_start", *["transcript_chunk"] * 2, "audio_end", "speaking_end"]
    assert stage.room.words == FIRST + SECOND
    assert stage.room.sent_ms() == ms(FIRST) + ms(SECOND)
    assert [chunk.index for _, chunk in stage.room.sound] == list(range(len(stage.room.sound)))
    assert stage.silence == ["q1"]


async def test_the_next_sentence_is_ready_when_the_one_before_is_over() -> None:
    """A voice that takes 300 ms to begin is heard without a gap."""
    stage = Stage(ScriptedTextToSpeech(first_ms=300))
    stage.voice.say("q1", FIRST + SECOND)
    await stage.voice.finished()
    begun = stage.room.sound[0][0]
    assert asyncio.get_running_loop().time() - begun == pytest.approx((ms(FIRST) + ms(SECOND)) / 1000, abs=0.01)


async def test_sound_that_is_not_heard_yet_is_bounded(stage: Stage) -> None:
    stage.voice.say("q1", "A very long explanation of something. " * 20)
    await asyncio.sleep(0.1)
    assert stage.room.sent_ms() <= 2_200
    assert len(stage.tts.spoken) <= 6  # ten seconds of it


async def test_an_utterance_that_is_still_written_is_not_over_before_the_interview_goes_on_with_it(
    stage: Stage,
) -> None:
    spoken = stage.voice.open("q1")
    spoken.write(FIRST)
    spoken.end()
    await asyncio.sleep(10)
    assert (stage.room.kinds[-1], stage.silence) == ("audio_end", [])
    stage.voice.say("q1", FIRST)
    await asyncio.sleep(0.1)
    assert (stage.room.kinds[-1], stage.silence) == ("speaking_end", ["q1"])


async def test_what_is_not_asked_after_all_is_cut(stage: Stage) -> None:
    stage.voice.open("q1").write(FIRST + SECOND)
    await asyncio.sleep(0.5)
    await stage.voice.drop("q1")
    assert stage.room.kinds[-2:] == ["interrupted", "speaking_end"]
    stage.voice.say("closing", "Goodbye to you.")
    await stage.voice.finished()
    assert stage.silence == ["closing"]


# --- pauses ----------------------------------------------------------------------------------------------------------


async def test_after_a_pause_the_voice_goes_on_with_the_word_that_was_cut(stage: Stage) -> None:
    stage.voice.say("q1", SECOND)
    await asyncio.sleep(1)
    await stage.voice.pause()
    assert stage.room.log[-1].heard_ms == 1_000
    before = len(stage.room.sound)
    await asyncio.sleep(5)
    assert len(stage.room.sound) == before
    await stage.voice.resume()
    await stage.voice.finished()
    start = stage.room.log[stage.room.kinds.index("speaking_start", 1)]
    heard = SECOND[: SECOND.index("look")]
    assert start.utterance_id == "q1"
    assert start.from_ms == pytest.approx(len(heard) * CHARACTER_MS, abs=120)
    assert stage.room.sent_ms(since=before) == pytest.approx(ms(SECOND) - start.from_ms, abs=1)
    assert stage.room.kinds.count("speaking_end") == 1
    assert stage.room.words == SECOND
    assert [chunk.index for _, chunk in stage.room.sound] == list(range(len(stage.room.sound)))


async def test_a_pause_in_what_was_sent_already_sends_it_again(stage: Stage) -> None:
    stage.voice.say("q1", "Good question.")
    await asyncio.sleep(0.4)
    assert stage.room.kinds[-1] == "audio_end"
    await stage.voice.pause()
    before = len(stage.room.sound)
    await stage.voice.resume()
    await stage.voice.finished()
    start = stage.room.log[-3]
    assert stage.room.sent_ms(since=before) == pytest.approx(ms("Good question.") - start.from_ms, abs=1)
    assert stage.room.kinds[2:] == ["audio_end", "interrupted", "speaking_start", "audio_end", "speaking_end"]
    assert stage.silence == ["q1"]


async def test_the_client_says_where_it_paused(stage: Stage) -> None:
    stage.voice.say("q1", SECOND)
    await asyncio.sleep(0.1)
    stage.voice.report("q1", "started", 0)
    await asyncio.sleep(1)
    await stage.voice.pause()
    assert stage.room.log[-1].heard_ms == 1_000
    assert not stage.voice.report("q1", "stopped", 400)
    await stage.voice.resume()
    await asyncio.sleep(0.001)
    start = stage.room.log[stage.room.kinds.index("speaking_start", 1)]
    assert start.from_ms == pytest.approx(5 * CHARACTER_MS, abs=30)


async def test_the_stop_of_a_pause_may_come_late(stage: Stage) -> None:
    stage.voice.say("q1", SECOND)
    await asyncio.sleep(0.1)
    stage.voice.report("q1", "started", 0)
    await stage.voice.pause()
    await stage.voice.resume()
    assert not stage.voice.report("q1", "stopped", 100)
    await asyncio.sleep(1)
    assert stage.voice.speaking


async def test_what_is_said_during_a_pause_waits(stage: Stage) -> None:
    stage.voice.say("q1", SECOND)
    await asyncio.sleep(0.5)
    await stage.voice.pause()
    stage.voice.say("q2", FIRST)
    await asyncio.sleep(5)
    assert stage.room.kinds[-1] == "interrupted"
    await stage.voice.resume()
    await stage.voice.finished()
    assert stage.silence == ["q2"]


@pytest.mark.parametrize("seed", range(8))
async def test_however_often_it_pauses_every_word_is_heard(seed: int) -> None:
    """Each time it goes on with what was not heard, at most a word before."""
    stage, dice = Stage(), random.Random(seed)
    text = FIRST + SECOND + " And what would you do after that, if it were your own money?"
    stage.voice.say("q1", text)
    while stage.voice.speaking:
        await asyncio.sleep(dice.uniform(0.05, 1.5))
        await stage.voice.pause()
        await asyncio.sleep(dice.uniform(0, 1))
        await stage.voice.resume()
        await asyncio.sleep(0.001)
    cuts = [message.heard_ms for message in stage.room.log if isinstance(message, Interrupted)]
    starts = [message.from_ms for message in stage.room.log if isinstance(message, SpeakingStart)][1:]
    assert len(cuts) >= 3
    longest = len("Thank ") * CHARACTER_MS * 1.5
    assert all(-TOLERANCE_MS <= cut - start <= longest for cut, start in zip(cuts, starts, strict=True))
    assert stage.room.words == text
    assert stage.silence == ["q1"]


async def test_of_a_client_that_takes_nothing_more_only_so_much_is_kept() -> None:
    stage = Stage()
    stage.room.reading.clear()
    stage.voice.say("q1", "A very long explanation of something. " * 100)
    await asyncio.sleep(60)
    assert len(stage.tts.spoken) <= 6
    await stage.voice.close()


async def test_nothing_to_pause_or_to_go_on_with(stage: Stage) -> None:
    await stage.voice.pause()
    await stage.voice.resume()
    assert await stage.voice.stop() is None
    assert stage.room.log == []


# --- stops -----------------------------------------------------------------------------------------------------------


async def test_a_stop_tells_the_words_that_were_heard(stage: Stage) -> None:
    stage.voice.say("q1", FIRST + SECOND)
    stage.voice.say("q2", "Something else.")
    await asyncio.sleep((ms(FIRST) + ms("What would you")) / 1000 + 0.1)
    assert await stage.voice.stop() == Cut("q1", FIRST + "What would you")
    assert stage.room.kinds[-2:] == ["interrupted", "speaking_end"]
    await asyncio.sleep(10)
    assert (stage.silence, stage.room.kinds[-1]) == ([], "speaking_end")


async def test_a_stop_after_a_pause_only_ends(stage: Stage) -> None:
    stage.voice.say("q1", SECOND)
    await asyncio.sleep(1)
    await stage.voice.pause()
    assert await stage.voice.stop() == Cut("q1", "What would you")
    assert stage.room.kinds[-2:] == ["interrupted", "speaking_end"]
    assert stage.room.kinds.count("interrupted") == 1
    stage.voice.say("q2", FIRST)
    await stage.voice.finished()
    assert stage.silence == ["q2"]


async def test_a_question_that_is_being_written_outlives_the_stop_of_what_came_before(stage: Stage) -> None:
    stage.voice.say("notice", FIRST)
    spoken = stage.voice.open("q1")
    spoken.write(SECOND)
    spoken.end()
    await asyncio.sleep(0.5)
    await stage.voice.stop()
    stage.voice.say("q1", SECOND)
    await stage.voice.finished()
    assert stage.room.words == FIRST + SECOND
    assert stage.silence == ["q1"]


async def test_a_question_that_was_cut_while_it_was_written_is_over(stage: Stage) -> None:
    stage.voice.open("q1").write(FIRST + SECOND)
    await asyncio.sleep(0.5)
    cut = await stage.voice.stop()
    assert cut == Cut("q1", "Thank you")
    stage.voice.say("q1", FIRST + SECOND)
    assert stage.silence == ["q1"]
    assert not stage.voice.speaking


# --- voices that fail ------------------------------------------------------------------------------------------------


class InTime(ScriptedTextToSpeech):
    """Gives its sound as slowly as it is heard."""

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        async for pcm in super()._stream(text, language):
            yield pcm
            await asyncio.sleep(0.1)


def two_voices(fail_after: int) -> tuple[ScriptedTextToSpeech, ScriptedTextToSpeech, Stage]:
    first = ScriptedTextToSpeech(error=DOWN, fail_after=fail_after, name="first")
    second = ScriptedTextToSpeech(name="second")
    return first, second, Stage(FallbackTextToSpeech([first, second]))


async def test_of_a_sentence_that_was_not_sent_yet_the_next_voice_speaks_all() -> None:
    """Three seconds are made at once, two of them are sent: the third sentence was still to come."""
    third = "And what after that, please?"
    first, second, stage = two_voices(fail_after=24)
    stage.voice.say("q1", FIRST + "Tell me about it in detail, please, as you did then. " + third)
    await stage.voice.finished()
    assert first.spoken[-1] == "Tell me about it in detail, please, as you did then."
    assert second.spoken[-1] == third
    assert stage.room.errors == []


async def test_of_a_sentence_in_the_middle_the_next_voice_speaks_the_rest() -> None:
    second = ScriptedTextToSpeech(name="second")
    stage = Stage(FallbackTextToSpeech([InTime(error=DOWN, fail_after=12, name="first"), second]))
    stage.voice.say("q1", SECOND)
    await stage.voice.finished()
    assert second.spoken == ["at first of all?"]
    assert stage.room.words == SECOND
    assert stage.room.sent_ms() == 1_200 + ms(second.spoken[0])
    assert [chunk.index for _, chunk in stage.room.sound] == list(range(len(stage.room.sound)))
    assert stage.silence == ["q1"]


async def test_without_any_voice_the_words_are_sent_and_the_interview_goes_on() -> None:
    stage = Stage(ScriptedTextToSpeech(error=DOWN, fail_after=0))
    spoken = stage.voice.open("q1")
    spoken.write(FIRST)
    spoken.write(SECOND)
    stage.voice.say("q1", FIRST + SECOND)
    await stage.voice.finished()
    assert stage.room.words == FIRST + SECOND
    assert (stage.room.errors, stage.silence) == (["voice_failed"], ["q1"])
