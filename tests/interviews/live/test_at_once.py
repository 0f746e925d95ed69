"""What is there already is not waited for: each wait costs turns of a loop that other interviews keep busy."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from typing import Any, TypeVar

import pytest

from interviews.live.asking import Decided
from interviews.live.drafting import Draft
from interviews.live.hearing import Heard
from interviews.live.pausing import Pause
from providers.stt.base import Transcript
from providers.stt.scripted import Line, ScriptedSpeechToText
from tests.interviews.live.world import LOUD

T = TypeVar("T")


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives without letting anybody else have a turn."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise AssertionError("it waited")


async def asked(*pieces: tuple[float, str]) -> AsyncGenerator[Decided | str, None]:
    for after_s, text in pieces:
        await asyncio.sleep(after_s)
        yield text


async def test_words_that_a_pause_brought_are_the_answer() -> None:
    recognition = await ScriptedSpeechToText([Line("I measured.", delay_ms=300)]).open("en")
    recognition.feed(LOUD)
    await recognition.pause()
    assert at_once(recognition.finish()).text == "I measured."


async def test_a_pause_whose_words_are_known() -> None:
    words = asyncio.get_running_loop().create_future()
    words.set_result(Transcript("I measured."))
    pause = Pause(Heard("u1", 0), 0, 0, words)
    at_once(pause.known(30.0))
    assert pause.text == "I measured."


async def test_a_draft_that_was_asked_for_long_ago() -> None:
    slow = Draft(1, "I measured.", asked((0.5, "And then?")))
    await asyncio.sleep(0.1)
    assert at_once(slow.begun(0.02)) is False
    await asyncio.sleep(0.5)
    assert at_once(slow.begun(0.02)) is True


async def test_a_draft_that_was_asked_for_just_now_is_waited_for() -> None:
    time = asyncio.get_running_loop().time
    slow, quick = Draft(1, "I measured.", asked((0.5, "And?"))), Draft(1, "I measured.", asked((0.01, "And?")))
    begun = time()
    assert await slow.begun(0.02) is False
    assert time() - begun == pytest.approx(0.02, abs=0.001)
    assert await quick.begun(0.02) is True
    slow.cancel()
