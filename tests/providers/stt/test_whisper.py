"""The real faster-whisper path, on a tiny model that the test writes itself."""

import os
import signal

import pytest

from providers.base import ProviderError, UnavailableError
from providers.stt import local
from tests.providers.sound import until


async def test_partial_and_final_texts_come_from_the_model(whisper):
    partials: list[str] = []
    recognition = await whisper.open("en", on_partial=partials.append)
    await whisper.warm()
    recognition.feed(bytes(2 * 16_000 * 2))
    await until(lambda: bool(partials))
    transcript = await recognition.finish()
    assert partials == ["hello world"]
    assert (transcript.text, transcript.engine, transcript.words) == ("hello world", "whisper-tiny.en", ())
    assert transcript.confidence == pytest.approx(1.0, abs=0.01)
    assert recognition.backlog_ms == 0


async def test_what_a_pause_found_is_the_final_text_and_the_child_is_free(whisper):
    recognition = await whisper.open("en")
    recognition.feed(bytes(32_000))
    paused = await recognition.pause()
    assert await recognition.finish() == paused
    assert whisper.pool.open_utterances == 0


async def test_less_than_a_tenth_of_a_second_is_nothing(whisper):
    recognition = await whisper.open("en")
    recognition.feed(bytes(1_000))
    assert (await recognition.finish()).text == ""


async def test_a_killed_child_costs_nothing(whisper):
    await whisper.warm()
    recognition = await whisper.open("en")
    recognition.feed(bytes(32_000))
    os.kill(whisper.pool.pids[0], signal.SIGKILL)
    assert (await recognition.finish()).text == "hello world"


async def test_an_english_model_knows_no_other_language(whisper):
    with pytest.raises(ProviderError, match="does not recognise"):
        await whisper.open("zh-hans")


async def test_a_damaged_model_is_named_as_such(ending, tmp_path):
    (tmp_path / "model.bin").write_bytes(b"no model")
    engine = ending(local.whisper(tmp_path, children=1))
    with pytest.raises(UnavailableError, match="Error"):
        await engine.warm()
