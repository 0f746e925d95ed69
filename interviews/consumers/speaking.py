"""The interviewer's voice as WAV files, for clients that play one after the other."""

import asyncio
from collections.abc import Awaitable, Callable

from interviews.consumers.streaming_protocol import SpokenAudio
from interviews.live.messages import AudioChunk
from providers.audio import wav

# Each file begins with a small gap in many players: few are better. The first of an utterance is sent as it comes.
TOGETHER_MS = 400
# What waits is sent all the same when the voice is slower than this: a player must not run dry in a word.
PATIENCE_S = 0.15


class WavFiles:
    """Gathers chunks of the voice, and sends them as files by `send`."""

    def __init__(self, send: Callable[[SpokenAudio], Awaitable[None]]) -> None:
        self._send = send
        self._utterance_id = ""
        self._rate = 0
        self._held = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self._late: asyncio.Task[None] | None = None

    async def take(self, chunk: AudioChunk) -> None:
        if (chunk.utterance_id, chunk.sample_rate) != (self._utterance_id, self._rate):
            await self.flush()
            self._utterance_id, self._rate = chunk.utterance_id, chunk.sample_rate
            await self._send(self._file(chunk.audio))
            return
        self._held += chunk.audio
        if len(self._held) * 1000 >= TOGETHER_MS * 2 * self._rate:
            await self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE_S, self._is_late)

    async def flush(self) -> None:
        """Send what waits."""
        held = bytes(self._held)
        self._forget()
        if held:
            await self._send(self._file(held))

    def drop(self) -> None:
        """The voice was cut: what waits is not to be heard, and what follows is heard at once."""
        self._forget()
        self._utterance_id = ""

    def close(self) -> None:
        self.drop()
        if self._late is not None:
            self._late.cancel()

    def _forget(self) -> None:
        self._held.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _is_late(self) -> None:
        self._timer = None
        self._late = asyncio.get_running_loop().create_task(self.flush())

    def _file(self, pcm: bytes) -> SpokenAudio:
        file = wav(pcm, self._rate)
        return SpokenAudio(audio=file, data=file, utterance_id=self._utterance_id)
