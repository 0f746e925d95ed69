"""What holds for every recognition, shown on the scripted engine; and the script itself."""

import asyncio

import pytest

from providers.base import BadInputError, ProviderError
from providers.stt.base import Recognition, Transcript
from providers.stt.scripted import Line, ScriptedSpeechToText

SECOND = bytes(32_000)


async def test_words_are_revealed_with_the_audio_and_the_final_comes_at_the_end():
    partials: list[str] = []
    engine = ScriptedSpeechToText(["one two three"])
    recognition = await engine.open("en", on_partial=partials.append)
    for _ in range(3):
        recognition.feed(SECOND[:12_800])
    transcript = await recognition.finish()
    assert partials == ["one", "one two", "one two three"]
    assert (transcript.text, transcript.confidence, transcript.engine) == ("one two three", 0.9, "scripted")
    assert recognition.fed_ms == 1_200


async def test_each_speaker_walks_through_the_script_alone():
    engine = ScriptedSpeechToText(["first", "second"])

    async def says(speaker: str) -> str:
        return (await (await engine.open("ko", speaker=speaker)).finish()).text

    assert [await says("a"), await says("b"), await says("a"), await says("a")] == ["first", "first", "second", ""]


async def test_the_delay_runs_on_the_given_clock():
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    engine = ScriptedSpeechToText([Line("late", delay_ms=300, backlog_ms=700)], sleep=sleep)
    recognition = await engine.open("en")
    assert recognition.backlog_ms == 700
    assert (await recognition.finish()).text == "late"
    assert slept == [0.3]


async def test_a_scripted_failure():
    engine = ScriptedSpeechToText([Line("", error=ProviderError("down", retryable=True))])
    with pytest.raises(ProviderError, match="down"):
        await (await engine.open("en")).finish()


async def test_finishing_twice_gives_the_same_transcript():
    recognition = await ScriptedSpeechToText(["once"]).open("en")
    assert await recognition.finish() is await recognition.finish()


async def test_nothing_is_fed_after_the_end():
    recognition = await ScriptedSpeechToText(["once"]).open("en")
    await recognition.finish()
    with pytest.raises(RuntimeError, match="finished recognition"):
        recognition.feed(SECOND)


async def test_a_cancelled_recognition_is_silent():
    partials: list[str] = []
    engine = ScriptedSpeechToText(["one two"])
    recognition = await engine.open("en", on_partial=partials.append)
    recognition.cancel()
    recognition.cancel()
    recognition.feed(SECOND)
    with pytest.raises(ProviderError, match="cancelled"):
        await recognition.finish()
    assert (partials, engine.opened, engine.cancelled) == ([], 1, 1)


async def test_half_samples_and_endless_utterances_are_refused():
    recognition = await ScriptedSpeechToText([""]).open("en")
    with pytest.raises(BadInputError) as odd:
        recognition.feed(b"\0")
    assert odd.value.code == "unreadable"
    for _ in range(119):
        recognition.feed(SECOND)
    with pytest.raises(BadInputError) as long:
        recognition.feed(SECOND * 2)
    assert long.value.code == "too_long"
    assert isinstance(long.value, ValueError)


async def test_an_unknown_language_is_refused():
    with pytest.raises(ProviderError, match="scripted does not recognise 'de'") as refused:
        await ScriptedSpeechToText([""]).open("de")
    assert not refused.value.retryable


async def test_speech_that_goes_on_takes_the_pause_back():
    engine = ScriptedSpeechToText([Line("one two", delay_ms=5, pauses=("one",))])
    recognition = await engine.open("en")
    recognition.feed(bytes(32_000))
    pause = recognition.pause()
    assert recognition.pause() is pause
    recognition.feed(bytes(32_000))
    await asyncio.wait({pause})
    assert pause.cancelled()
    assert (await recognition.pause()).text == "one two"
    assert (await recognition.finish()).text == "one two"


async def test_an_engine_that_cannot_decode_in_the_middle_gives_its_latest_partial_text():
    class Deaf(Recognition):
        backlog_ms = 0

        def _feed(self, pcm):
            self._tell("so far")

        async def _finish(self):
            return Transcript("all of it")

        def _cancel(self): ...

    recognition = Deaf()
    recognition.feed(bytes(100))
    assert (await recognition.pause()).text == "so far"
    assert (await recognition.finish()).text == "all of it"


async def test_leaving_forgets_the_pause():
    recognition = await ScriptedSpeechToText([Line("one", delay_ms=60_000)]).open("en")
    pause = recognition.pause()
    recognition.cancel()
    await asyncio.wait({pause})
    assert pause.cancelled()
