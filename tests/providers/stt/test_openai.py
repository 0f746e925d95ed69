"""Transcription by a server, over real HTTP."""

import asyncio
import io
import wave

import pytest

from providers.base import ProviderError
from providers.stt.openai_compatible import OpenAISpeechToText

SECOND = bytes(range(200)) * 160


@pytest.fixture
async def engine(audio_server):
    made = OpenAISpeechToText("key", base_url=audio_server.url, model="whisper-x")
    yield made
    await made.close()


async def test_the_utterance_is_uploaded_as_a_wav(engine, audio_server):
    recognition = await engine.open("zh-hans")
    recognition.feed(SECOND)
    recognition.feed(SECOND)
    assert recognition.backlog_ms == 0
    transcript = await recognition.finish()
    assert (transcript.text, transcript.confidence, transcript.engine) == ("hello world", None, "openai")
    (request,) = audio_server.requests
    assert {name: request[name] for name in ("model", "language", "file_name", "type", "authorization")} == {
        "model": "whisper-x",
        "language": "zh",
        "file_name": "speech.wav",
        "type": "audio/wav",
        "authorization": "Bearer key",
    }
    with wave.open(io.BytesIO(request["file"])) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16_000, 1, 2)
        assert sound.readframes(99_999) == SECOND * 2


async def test_nothing_said_is_not_uploaded(engine, audio_server):
    assert (await (await engine.open("en")).finish()).text == ""
    assert audio_server.requests == []


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_what_may_pass_is_tried_again(engine, audio_server, status):
    audio_server.answers = [status, status]
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    assert (await recognition.finish()).text == "hello world"
    assert len(audio_server.requests) == 3


@pytest.mark.parametrize(
    ("status", "retryable", "tries"), [(401, False, 1), (400, False, 1), (404, False, 1), (503, True, 3)]
)
async def test_what_stays_wrong_is_raised_without_the_servers_words(engine, audio_server, status, retryable, tries):
    audio_server.answers = [status] * 3
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    with pytest.raises(ProviderError) as failure:
        await recognition.finish()
    assert failure.value.retryable is retryable
    assert f"answered {status}" in str(failure.value)
    assert ("OPENAI_API_KEY" in str(failure.value)) is (status == 401)
    assert "secret" not in str(failure.value)
    assert len(audio_server.requests) == tries


async def test_a_server_that_is_not_there(closed_port):
    engine = OpenAISpeechToText("", base_url=closed_port)
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    with pytest.raises(ProviderError, match="cannot be reached") as failure:
        await recognition.finish()
    assert failure.value.retryable
    await engine.close()


async def test_a_cancelled_upload_wakes_who_waits(engine):
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    final = asyncio.create_task(recognition.finish())
    await asyncio.sleep(0)
    recognition.cancel()
    with pytest.raises(ProviderError, match="cancelled"):
        await final


async def test_what_was_uploaded_in_a_pause_is_the_final_text_if_nothing_follows(engine, audio_server):
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    assert (await recognition.pause()).text == "hello world"
    assert (await recognition.finish()).text == "hello world"
    assert len(audio_server.requests) == 1


async def test_a_pause_that_failed_is_tried_again_at_the_end(engine, audio_server):
    audio_server.answers = [503] * 3
    recognition = await engine.open("en")
    recognition.feed(SECOND)
    with pytest.raises(ProviderError):
        await recognition.pause()
    assert (await recognition.finish()).text == "hello world"
