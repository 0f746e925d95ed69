"""ElevenLabs, against a small server that speaks its protocol."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from providers.base import ProviderError
from providers.tts.base import BrokenOff
from providers.tts.elevenlabs import ElevenLabsTextToSpeech
from providers.tts.fallback import FallbackTextToSpeech
from providers.tts.scripted import ScriptedTextToSpeech

PCM = bytes(range(256)) * 94  # half a second


@dataclass
class VoiceServer:
    """Answers with `pcm`; `status` refuses, `stalls_after` pieces nothing more comes, `cut_after` it hangs up."""

    url: str = ""
    pcm: bytes = PCM
    status: int = 200
    stalls_after: int = 10**9
    cut_after: int = 10**9
    requests: list[dict[str, object]] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def speak(self, request: web.Request) -> web.StreamResponse:
        where = {"path": request.path, "format": request.query["output_format"], "key": request.headers["xi-api-key"]}
        self.requests.append({**where, **await request.json()})
        if self.status != 200:
            return web.json_response({"detail": {"status": "refused", "message": "a secret"}}, status=self.status)
        response = web.StreamResponse()
        await response.prepare(request)
        for number, start in enumerate(range(0, len(self.pcm), 999)):  # pieces that end within a sample
            if number >= self.cut_after and request.transport is not None:
                request.transport.abort()
            if number >= self.stalls_after:
                await self.left.wait()
            await response.write(self.pcm[start : start + 999])
        return response


@pytest.fixture
async def server() -> AsyncIterator[VoiceServer]:
    made = VoiceServer()
    app = web.Application()
    app.router.add_post("/v1/text-to-speech/{voice}/stream", made.speak)
    async with TestServer(app) as running:
        made.url = str(running.make_url(""))
        yield made
        made.left.set()


async def heard(voice: ElevenLabsTextToSpeech | FallbackTextToSpeech, text: str, language: str = "en") -> list[bytes]:
    return [chunk async for chunk in voice.stream(text, language)]


async def test_speech_is_streamed_on(server: VoiceServer) -> None:
    voice = ElevenLabsTextToSpeech("key", "v1", url=server.url)
    chunks = await heard(voice, "**Здравствуйте**", "ru")
    assert b"".join(chunks) == PCM
    assert {len(chunk) for chunk in chunks[:-1]} == {4_800}
    assert server.requests == [
        {
            "path": "/v1/text-to-speech/v1/stream",
            "format": "pcm_24000",
            "key": "key",
            "text": "Здравствуйте",
            "model_id": "eleven_flash_v2_5",
            "language_code": "ru",
        }
    ]
    await voice.close()


async def test_the_first_sound_does_not_wait_for_the_last(server: VoiceServer) -> None:
    server.stalls_after = 6
    voice = ElevenLabsTextToSpeech("key", url=server.url)
    async with aclosing(voice.stream("Hello", "zh-hans")) as stream:
        assert await anext(stream) == PCM[:4_800]
    assert server.requests[0]["language_code"] == "zh"
    await voice.close()


@pytest.mark.parametrize(
    ("status", "retryable", "hint"),
    [
        (401, False, "ELEVENLABS_API_KEY"),
        (403, False, "ELEVENLABS_API_KEY"),
        (404, False, "ELEVENLABS_VOICE_ID"),
        (429, True, "429"),
        (503, True, "503"),
    ],
)
async def test_refusals(server: VoiceServer, status: int, retryable: bool, hint: str) -> None:
    server.status = status
    voice = ElevenLabsTextToSpeech("key", url=server.url)
    with pytest.raises(ProviderError, match=hint) as refused:
        await heard(voice, "Hello")
    assert refused.value.retryable is retryable
    assert "secret" not in str(refused.value)
    await voice.close()


async def test_a_server_that_stalls_is_given_up(server: VoiceServer) -> None:
    server.stalls_after = 0
    voice = ElevenLabsTextToSpeech("key", url=server.url, read_s=0.1)
    with pytest.raises(ProviderError, match="in time"):
        await heard(voice, "Hello")
    await voice.close()


async def test_a_server_that_hangs_up_half_way_leaves_the_rest_to_the_next_voice(server: VoiceServer) -> None:
    server.cut_after = 12
    following = ScriptedTextToSpeech(name="second")
    voice = FallbackTextToSpeech([ElevenLabsTextToSpeech("key", url=server.url), following])
    with pytest.raises(BrokenOff):
        await heard(voice, "Hello there.")
    await heard(voice, "there.")
    assert following.spoken == ["there."]
    await voice.close()


async def test_nobody_there(closed_port: str) -> None:
    voice = ElevenLabsTextToSpeech("key", url=closed_port)
    with pytest.raises(ProviderError, match="ElevenLabs failed") as failure:
        await heard(voice, "Hello")
    assert failure.value.retryable
    await voice.close()
