"""Speech by OpenAI or any server that speaks its `/audio/speech`."""

from collections.abc import AsyncGenerator

from openai import AsyncOpenAI

from providers.base import LANGUAGES, Capabilities
from providers.loops import PerLoop
from providers.openai_client import client, translated
from providers.tts.base import TextToSpeech

# OpenAI's `pcm` format is 24 kHz, 16 bit, mono, without a header.
SAMPLE_RATE = 24_000
TIMEOUT_S = 15.0
_READ_BYTES = 4_800


class OpenAITextToSpeech(TextToSpeech):
    """Streams the server's raw PCM on as it arrives."""

    capabilities = Capabilities(name="openai", languages=LANGUAGES, streaming=True, local=False)
    sample_rate = SAMPLE_RATE

    def __init__(self, api_key: str, *, base_url: str = "", model: str = "tts-1", voice: str = "alloy") -> None:
        self._model = model
        self._voice = voice
        self._clients: PerLoop[AsyncOpenAI] = PerLoop(lambda: client(api_key, base_url, TIMEOUT_S))

    async def close(self) -> None:
        mine = self._clients.pop()
        if mine is not None:
            await mine.close()

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        request = self._clients.get().audio.speech.with_streaming_response.create(
            model=self._model, voice=self._voice, input=text, response_format="pcm"
        )
        with translated("The voice server"):
            async with request as response:
                async for piece in response.iter_bytes(_READ_BYTES):
                    yield piece
