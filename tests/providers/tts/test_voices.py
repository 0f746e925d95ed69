"""Voices: what is heard, in what pieces, and what happens when one fails or nobody listens any more."""

import asyncio
import io
import math
import struct
from contextlib import aclosing

import av
import pytest

from providers.base import BadInputError, Capabilities, FallbackNotice, ProviderError
from providers.health import Health
from providers.tts.base import BrokenOff, TextToSpeech
from providers.tts.edge import EdgeTextToSpeech
from providers.tts.espeak import EspeakTextToSpeech
from providers.tts.fallback import FallbackTextToSpeech
from providers.tts.openai_speech import OpenAITextToSpeech
from providers.tts.scripted import ScriptedTextToSpeech

SENTENCES = {
    "en": "Hello, please introduce yourself.",
    "zh-hans": "请开始自我介绍吧",
    "ru": "Расскажите, пожалуйста, о себе.",
    "ko": "자기소개를 해 주세요.",
}
DOWN = ProviderError("The voice server cannot be reached.", retryable=True)


async def heard(voice: TextToSpeech, text: str, language: str = "en") -> list[bytes]:
    return [chunk async for chunk in voice.stream(text, language)]


def seconds(chunks: list[bytes], voice: TextToSpeech) -> float:
    return sum(map(len, chunks)) / 2 / voice.sample_rate


def loudest(pcm: bytes) -> int:
    return max(struct.unpack(f"<{len(pcm) // 2}h", pcm))


def tone(length_s: float, rate: int) -> bytes:
    return b"".join(struct.pack("<h", int(9000 * math.sin(at * 0.1))) for at in range(int(length_s * rate)))


@pytest.mark.parametrize("language", SENTENCES)
async def test_espeak_speaks_four_languages_in_chunks_of_100_ms(language):
    voice = EspeakTextToSpeech()
    chunks = await heard(voice, SENTENCES[language], language)
    assert {len(chunk) for chunk in chunks[:-1]} == {4_410}
    assert 0 < len(chunks[-1]) <= 4_410
    assert 1.0 < seconds(chunks, voice) < 5.0
    assert loudest(b"".join(chunks)) > 5_000


async def test_espeak_serves_many_at_once_without_mixing_them():
    voice = EspeakTextToSpeech()
    texts = [f"Question number {number}." for number in range(6)]
    texts[3] = "A much longer question, with many more words in it than any of the others has."
    alone = [seconds(await heard(voice, text), voice) for text in texts]
    together = await asyncio.gather(*(heard(voice, text) for text in texts))
    # espeak-ng varies its pitch a little each time, and the length with it.
    assert [seconds(chunks, voice) for chunks in together] == pytest.approx(alone, rel=0.03)


async def test_leaving_early_stops_espeak_and_the_next_text_is_not_disturbed():
    voice = EspeakTextToSpeech()
    whole = seconds(await heard(voice, "Short."), voice)
    async with aclosing(voice.stream("A very long explanation. " * 150, "en")) as stream:
        assert len(await anext(stream)) == 4_410
    assert seconds(await heard(voice, "Short."), voice) == pytest.approx(whole, rel=0.03)


async def test_nothing_to_say_is_silence():
    assert await heard(EspeakTextToSpeech(), " … ") == []


async def test_limits_of_language_and_length():
    voice = EspeakTextToSpeech()
    with pytest.raises(ProviderError, match="does not speak 'de'"):
        await heard(voice, "Hallo", "de")
    with pytest.raises(BadInputError) as refused:
        await heard(voice, "a" * 5_001)
    assert refused.value.code == "too_long"


def mp3(length_s: float) -> bytes:
    target = io.BytesIO()
    with av.open(target, "w", format="mp3") as output:
        stream = output.add_stream("libmp3lame", rate=24_000, layout="mono")
        pcm = tone(length_s, 24_000)
        for start in range(0, len(pcm), 1_152 * 2):
            piece = pcm[start : start + 1_152 * 2]
            frame = av.AudioFrame(format="s16", layout="mono", samples=len(piece) // 2)
            frame.sample_rate = 24_000
            frame.pts = start // 2
            frame.planes[0].update(piece)
            output.mux(stream.encode(av.AudioResampler("s16p", "mono", 24_000).resample(frame)[0]))
        output.mux(stream.encode(None))
    return target.getvalue()


async def test_edge_mp3_is_decoded_as_it_arrives():
    asked: list[tuple[str, str]] = []

    async def source(text: str, voice: str):
        asked.append((text, voice))
        data = mp3(2.0)
        for start in range(0, len(data), 720):
            yield data[start : start + 720]

    voice = EdgeTextToSpeech(source)
    chunks = await heard(voice, SENTENCES["ru"], "ru")
    assert asked == [(SENTENCES["ru"], "ru-RU-SvetlanaNeural")]
    assert abs(seconds(chunks, voice) - 2.0) < 0.15
    assert {len(chunk) for chunk in chunks[:-1]} == {4_800}
    assert loudest(chunks[9]) == pytest.approx(9_000, rel=0.1)


async def test_something_else_than_mp3_is_an_error():
    async def source(text: str, voice: str):
        yield b"<html>Service unavailable</html>" * 50

    with pytest.raises(ProviderError, match="no MP3") as failure:
        await heard(EdgeTextToSpeech(source), "Hello")
    assert failure.value.retryable


async def test_an_edge_failure_in_the_middle_is_raised():
    async def source(text: str, voice: str):
        yield mp3(1.0)
        raise DOWN

    with pytest.raises(ProviderError, match="cannot be reached"):
        await heard(EdgeTextToSpeech(source), "Hello")


async def test_openai_speech_is_streamed_on(audio_server):
    audio_server.pcm = tone(0.75, 24_000)
    voice = OpenAITextToSpeech("key", base_url=audio_server.url, model="tts-x", voice="nova")
    chunks = await heard(voice, "**Hello**", "ko")
    assert b"".join(chunks) == audio_server.pcm
    assert [len(chunk) for chunk in chunks] == [4_800] * 7 + [2_400]
    assert audio_server.requests == [
        {"model": "tts-x", "voice": "nova", "input": "Hello", "response_format": "pcm", "authorization": "Bearer key"}
    ]
    await voice.close()


async def test_a_refused_key_is_not_retryable(audio_server):
    audio_server.answers = [401]
    voice = OpenAITextToSpeech("key", base_url=audio_server.url)
    with pytest.raises(ProviderError, match="OPENAI_API_KEY") as failure:
        await heard(voice, "Hello")
    assert not failure.value.retryable
    await voice.close()


async def test_the_scripted_voice_takes_60_ms_a_character():
    voice = ScriptedTextToSpeech()
    chunks = await heard(voice, "Hello there")
    assert [len(chunk) for chunk in chunks] == [3_200] * 6 + [1_920]
    assert voice.spoken == ["Hello there"]


async def test_a_voice_that_fails_at_once_is_followed_by_the_next_at_the_same_rate(caplog):
    notices: list[FallbackNotice] = []
    first = ScriptedTextToSpeech(sample_rate=24_000, error=DOWN, name="first")
    second = ScriptedTextToSpeech(sample_rate=16_000, name="second")
    voice = FallbackTextToSpeech([first, second], on_fallback=notices.append)
    assert voice.sample_rate == 24_000
    chunks = await heard(voice, "ten letters")
    assert seconds(chunks, voice) == pytest.approx(0.66, abs=0.01)
    assert {len(chunk) for chunk in chunks[:-1]} == {4_800}
    assert notices == [FallbackNotice("tts", "first", "second", "The voice server cannot be reached.")]
    assert voice.name == "second"
    assert "ten letters" not in caplog.text


async def test_a_voice_that_dies_half_way_says_so_and_the_next_one_speaks_what_is_asked_then():
    first = ScriptedTextToSpeech(error=DOWN, fail_after=2, name="first")
    second = ScriptedTextToSpeech(name="second")
    voice = FallbackTextToSpeech([first, second])
    with pytest.raises(BrokenOff, match="cannot be reached"):
        await heard(voice, "ten letters")
    assert second.spoken == []
    await heard(voice, "letters")
    assert (first.spoken, second.spoken) == (["ten letters"], ["letters"])


async def test_a_voice_that_hangs_is_followed_by_the_next():
    second = ScriptedTextToSpeech(name="second")
    voice = FallbackTextToSpeech([ScriptedTextToSpeech(first_ms=60_000, name="first"), second], patience_s=0.05)
    assert seconds(await heard(voice, "ten letters"), voice) == pytest.approx(0.66)
    assert voice.name == "second"


async def test_a_voice_that_failed_rests():
    now = [0.0]
    first = ScriptedTextToSpeech(error=DOWN, name="first")
    voice = FallbackTextToSpeech([first, ScriptedTextToSpeech(name="second")], health=Health(clock=lambda: now[0]))
    for at in (0.0, 10.0, 40.0):
        now[0] = at
        await heard(voice, "Hello")
    assert len(first.spoken) == 2


async def test_when_every_voice_fails_the_last_error_is_raised():
    voices = [ScriptedTextToSpeech(error=DOWN, name=name) for name in ("first", "second")]
    with pytest.raises(ProviderError, match="cannot be reached"):
        await heard(FallbackTextToSpeech(voices), "Hello")


async def test_a_language_goes_to_a_voice_that_speaks_it():
    first = ScriptedTextToSpeech(name="first")
    first.capabilities = Capabilities("first", frozenset({"en"}), streaming=True, local=True)
    second = ScriptedTextToSpeech(name="second")
    await heard(FallbackTextToSpeech([first, second]), "Привет", "ru")
    assert (first.spoken, second.spoken) == ([], ["Привет"])
