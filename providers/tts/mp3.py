"""MP3 as it arrives from a network, decoded as it arrives."""

from __future__ import annotations

import av

from providers.audio import pcm_of
from providers.base import ProviderError


class Mp3Decoder:
    """Bytes of an MP3 stream in any pieces → PCM16 mono at `rate`.

    What is not sound, such as tags, is passed over; `flush` raises ProviderError when nothing was.
    """

    def __init__(self, rate: int) -> None:
        self._codec = av.CodecContext.create("mp3", "r")
        self._heard = False
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)

    def feed(self, data: bytes) -> bytes:
        return b"".join(self._decode(packet) for packet in self._codec.parse(data))

    def flush(self) -> bytes:
        """What the parser, the decoder and the resampler still hold."""
        tail = self.feed(b"") + self._decode(None)
        if not self._heard:
            raise ProviderError("The voice server sent something that is no MP3.", retryable=True)
        return tail + b"".join(pcm_of(frame) for frame in self._resampler.resample(None))

    def _decode(self, packet: av.Packet[av.AudioStream] | None) -> bytes:
        try:
            frames = self._codec.decode(packet)
        except av.InvalidDataError:
            return b""
        self._heard = self._heard or bool(frames)
        return b"".join(pcm_of(out) for frame in frames for out in self._resampler.resample(frame))
