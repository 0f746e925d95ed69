"""The voices of Microsoft Edge's read-aloud service, through the edge-tts package; needs the network, no key."""

from collections.abc import AsyncGenerator, Callable

import aiohttp
import edge_tts
from edge_tts.exceptions import EdgeTTSException

from providers.base import Capabilities, ProviderError
from providers.tts.base import TextToSpeech
from providers.tts.mp3 import Mp3Decoder

SAMPLE_RATE = 24_000
VOICES = {
    "en": "en-US-AriaNeural",
    "zh-hans": "zh-CN-XiaoxiaoNeural",
    "ru": "ru-RU-SvetlanaNeural",
    "ko": "ko-KR-SunHiNeural",
}
CONNECT_S = 5
RECEIVE_S = 15

Source = Callable[[str, str], AsyncGenerator[bytes, None]]


async def read_aloud(text: str, voice: str) -> AsyncGenerator[bytes, None]:
    """The service's MP3, in pieces. Raises ProviderError."""
    speech = edge_tts.Communicate(text, voice, connect_timeout=CONNECT_S, receive_timeout=RECEIVE_S)
    try:
        async for piece in speech.stream():
            if piece["type"] == "audio":
                yield piece["data"]
    except (EdgeTTSException, aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ProviderError(f"edge-tts failed: {type(error).__name__}.", retryable=True) from error


class EdgeTextToSpeech(TextToSpeech):
    """`source(text, voice)` gives the MP3; another one can be passed in."""

    capabilities = Capabilities(name="edge-tts", languages=frozenset(VOICES), streaming=True, local=False)
    sample_rate = SAMPLE_RATE

    def __init__(self, source: Source = read_aloud) -> None:
        self._source = source

    async def _stream(self, text: str, language: str) -> AsyncGenerator[bytes, None]:
        decoder = Mp3Decoder(SAMPLE_RATE)
        source = self._source(text, VOICES[language])
        try:
            async for piece in source:
                yield decoder.feed(piece)
        finally:
            await source.aclose()
        yield decoder.flush()
