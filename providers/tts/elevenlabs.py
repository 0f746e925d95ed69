"""The voices of ElevenLabs: raw PCM over HTTP, streamed on as it arrives."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

import httpx2

from providers.base import Capabilities, ProviderError
from providers.loops import PerLoop
from providers.openai_client import LANGUAGE_CODES
from providers.tts.base import TextToSpeech

# The key in a header, the text in JSON, PCM16 mono back: https://elevenlabs.io/docs/api-reference/text-to-speech/stream
URL = "https://api.elevenlabs.io"
MODEL = "eleven_flash_v2_5"  # the quickest of those that know all four languages
VOICE_ID = "JBFqnCBsd6RMkjVDRZzb"
SAMPLE_RATE = 24_000
CONNECT_S = 5.0
READ_S = 8.0
_REFUSED = {401, 402, 403}  # a wrong key, or one that has used up what it paid for
_WRONG = {400, 404, 422}  # among others: no such voice


class ElevenLabsTextToSpeech(TextToSpeech):
    """`voice_id` empty: one of their stock voices, which speaks all four languages."""

    capabilities = Capabilities(name="elevenlabs", languages=frozenset(LANGUAGE_CODES), streaming=True, local=False)
    sample_rate = SAMPLE_RATE

    def __init__(self, api_key: str, voice_id: str = "", *, url: str = URL, read_s: float = READ_S) -> None:
        self._path = f"/v1/text-to-speech/{voice_id or VOICE_ID}/stream"
        timeout = httpx2.Timeout(read_s, connect=CONNECT_S)
        self._clients: PerLoop[httpx2.AsyncClient] = PerLoop(
            lambda: httpx2.AsyncClient(base_url=url, headers={"xi-api-key": api_key}, timeout=timeout)
        )

    async def close(self) -> None:
        mine = self._clients.pop()
        if mine is not None:
            await mine.aclose()

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        body = {"text": text, "model_id": MODEL, "language_code": LANGUAGE_CODES[language]}
        query = {"output_format": f"pcm_{SAMPLE_RATE}"}
        with _translated():
            async with self._clients.get().stream("POST", self._path, params=query, json=body) as response:
                _check(response.status_code)
                async for piece in response.aiter_bytes():
                    yield piece


def _check(status: int) -> None:
    """Raises ProviderError. What the server says stays out of it: it may quote the text."""
    if status == httpx2.codes.OK:
        return
    hint = " Check ELEVENLABS_API_KEY and its quota." if status in _REFUSED else ""
    hint = hint or (" Check ELEVENLABS_VOICE_ID." if status in _WRONG else "")
    raise ProviderError(f"ElevenLabs answered {status}.{hint}", retryable=not hint)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except httpx2.TimeoutException as error:
        raise ProviderError("ElevenLabs did not answer in time.", retryable=True) from error
    except httpx2.HTTPError as error:
        raise ProviderError(f"ElevenLabs failed: {type(error).__name__}.", retryable=True) from error
