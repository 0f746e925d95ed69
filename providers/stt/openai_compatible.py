"""Transcription by OpenAI or any server that speaks its `/audio/transcriptions`."""

import asyncio

from openai import AsyncOpenAI

from providers.audio import wav
from providers.base import LANGUAGES, Capabilities, ProviderError
from providers.loops import PerLoop
from providers.openai_client import LANGUAGE_CODES, client, translated
from providers.stt.base import OnPartial, Recognition, SpeechToText, Transcript

TIMEOUT_S = 30.0


class OpenAISpeechToText(SpeechToText):
    """Uploads each utterance as a WAV when it ends; there are no partial texts and no confidence."""

    capabilities = Capabilities(name="openai", languages=LANGUAGES, streaming=False, local=False)
    pause_ms = 480  # each costs an upload of the whole utterance

    def __init__(self, api_key: str, *, base_url: str = "", model: str = "whisper-1") -> None:
        self.model = model
        self._clients = PerLoop(lambda: client(api_key, base_url, TIMEOUT_S))

    @property
    def client(self) -> AsyncOpenAI:
        return self._clients.get()

    async def close(self) -> None:
        mine = self._clients.pop()
        if mine is not None:
            await mine.close()

    async def _open(self, language: str, on_partial: OnPartial | None, speaker: str) -> Recognition:
        return UploadRecognition(self, language, on_partial)


class UploadRecognition(Recognition):
    """Collects the utterance; `backlog_ms` is 0, since nothing is gained by sending slower."""

    pause_is_final = True

    def __init__(self, engine: OpenAISpeechToText, language: str, on_partial: OnPartial | None) -> None:
        super().__init__(on_partial)
        self._engine = engine
        self._language = language
        self._audio: list[bytes] = []
        self._request: asyncio.Task[str] | None = None

    @property
    def backlog_ms(self) -> int:
        return 0

    def _feed(self, pcm: bytes) -> None:
        self._audio.append(pcm)

    async def _pause(self) -> Transcript:
        return await self._finish()

    async def _finish(self) -> Transcript:
        if not self._audio:
            return Transcript("", None, self._engine.name)
        self._request = asyncio.ensure_future(self._upload(wav(b"".join(self._audio))))
        try:
            await asyncio.wait((self._request,))
        finally:
            self._request.cancel()
        if self._request.cancelled():
            raise ProviderError("The recognition was cancelled.", retryable=False)
        return Transcript(self._request.result().strip(), None, self._engine.name)

    async def _upload(self, file: bytes) -> str:
        with translated("The transcription server"):
            answer = await self._engine.client.audio.transcriptions.create(
                file=("speech.wav", file, "audio/wav"),
                model=self._engine.model,
                language=LANGUAGE_CODES[self._language],
                response_format="json",
            )
        return answer.text

    def _cancel(self) -> None:
        self._audio.clear()
        if self._request is not None:
            self._request.cancel()
