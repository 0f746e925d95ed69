"""When one recogniser fails, the next gets the whole utterance."""

import logging

import pytest

from providers.base import BadInputError, Capabilities, FallbackNotice, ProviderError
from providers.health import Health
from providers.stt.base import SpeechToText
from providers.stt.fallback import FallbackSpeechToText
from providers.stt.scripted import Line, ScriptedSpeechToText

SECOND = bytes(32_000)
DOWN = ProviderError("The server cannot be reached.", retryable=True)


def scripted(name: str, *lines: str | Line, languages: frozenset[str] = frozenset({"en"})) -> ScriptedSpeechToText:
    engine = ScriptedSpeechToText(lines)
    engine.capabilities = Capabilities(name, languages, streaming=True, local=False)
    return engine


class Closed(SpeechToText):
    """Cannot even be opened."""

    capabilities = Capabilities("closed", frozenset({"en"}), streaming=False, local=False)

    async def _open(self, language, on_partial, speaker):
        raise DOWN


async def test_the_first_engine_does_the_work():
    second = scripted("second", "not me")
    engine = FallbackSpeechToText([scripted("first", "hello"), second])
    partials: list[str] = []
    recognition = await engine.open("en", on_partial=partials.append)
    recognition.feed(SECOND)
    transcript = await recognition.finish()
    assert (transcript.text, transcript.engine, partials, second.opened) == ("hello", "first", ["hello"], 0)


async def test_a_failing_final_is_done_by_the_next_with_all_the_audio(caplog):
    notices: list[FallbackNotice] = []
    engine = FallbackSpeechToText(
        [scripted("first", Line("", error=DOWN)), scripted("second", "a secret word")], on_fallback=notices.append
    )
    partials: list[str] = []
    recognition = await engine.open("en", on_partial=partials.append)
    for _ in range(3):
        recognition.feed(SECOND)
    with caplog.at_level(logging.WARNING):
        transcript = await recognition.finish()
    assert (transcript.text, transcript.engine) == ("a secret word", "second")
    assert partials[-1] == "a secret word"
    assert notices == [FallbackNotice("stt", "first", "second", "The server cannot be reached.")]
    assert "first failed" in caplog.text
    assert "secret" not in caplog.text


async def test_an_engine_that_cannot_be_opened_is_passed_over():
    engine = FallbackSpeechToText([Closed(), scripted("second", "hello")])
    assert (await (await engine.open("en")).finish()).engine == "second"


async def test_the_last_failure_is_raised():
    engine = FallbackSpeechToText([Closed(), scripted("second", Line("", error=DOWN))])
    recognition = await engine.open("en")
    with pytest.raises(ProviderError, match="cannot be reached"):
        await recognition.finish()
    with pytest.raises(ProviderError):
        await FallbackSpeechToText([Closed()]).open("en")


async def test_input_that_nobody_can_take_is_not_passed_on():
    second = scripted("second", "hello")
    bad = Line("", error=BadInputError("no", code="unreadable"))
    recognition = await FallbackSpeechToText([scripted("first", bad), second]).open("en")
    with pytest.raises(BadInputError):
        await recognition.finish()
    assert second.opened == 0


async def test_a_failed_engine_rests_and_then_is_tried_again():
    now = [0.0]
    health = Health(clock=lambda: now[0])
    first = scripted("first", Line("", error=DOWN), "well again")
    engine = FallbackSpeechToText([first, scripted("second", "a", "b")], health=health)
    assert engine.name == "first"
    heard = [(await (await engine.open("en")).finish()).text]
    assert engine.name == "second"
    now[0] = 29.0
    heard.append((await (await engine.open("en")).finish()).text)
    now[0] = 31.0
    heard.append((await (await engine.open("en")).finish()).text)
    assert heard == ["a", "b", "well again"]


async def test_languages_are_those_of_all_and_each_gets_its_own():
    english = scripted("english", "hello")
    russian = scripted("russian", "привет", languages=frozenset({"ru"}))
    engine = FallbackSpeechToText([english, russian])
    assert engine.capabilities.languages == {"en", "ru"}
    assert (await (await engine.open("ru")).finish()).engine == "russian"


async def test_cancel_reaches_the_engine():
    first = scripted("first", "hello")
    recognition = await FallbackSpeechToText([first]).open("en")
    recognition.feed(SECOND)
    recognition.cancel()
    assert first.cancelled == 1


async def test_a_pause_is_the_current_engines_and_costs_no_second_recognition():
    sleeps: list[float] = []

    async def sleep(seconds: float) -> None:
        sleeps.append(seconds)

    first = ScriptedSpeechToText([Line("hello", delay_ms=300)], sleep=sleep)
    engine = FallbackSpeechToText([first])
    assert engine.pause_ms == first.pause_ms
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    assert (await recognition.pause()).text == "hello"
    assert (await recognition.finish()).text == "hello"
    assert sleeps == [0.3]


async def test_an_engine_that_fails_in_a_pause_is_followed_by_the_next_at_the_end():
    engine = FallbackSpeechToText([scripted("first", Line("", error=DOWN)), scripted("second", "hello")])
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    with pytest.raises(ProviderError):
        await recognition.pause()
    transcript = await recognition.finish()
    assert (transcript.text, transcript.engine) == ("hello", "second")
