"""Sound as this project passes it around: 16-bit signed little-endian mono PCM in `bytes`."""

import io
import wave

import av

SAMPLE_RATE = 16_000
BYTES_PER_SAMPLE = 2


def samples_in(pcm: bytes | bytearray) -> int:
    return len(pcm) // BYTES_PER_SAMPLE


def ms_to_samples(ms: float, rate: int = SAMPLE_RATE) -> int:
    return round(ms * rate / 1000)


def samples_to_ms(samples: int) -> int:
    return samples * 1000 // SAMPLE_RATE


def wav(pcm: bytes, rate: int = SAMPLE_RATE) -> bytes:
    """`pcm` as a playable WAV file."""
    target = io.BytesIO()
    with wave.open(target, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(BYTES_PER_SAMPLE)
        writer.setframerate(rate)
        writer.writeframes(pcm)
    return target.getvalue()


class Resampler:
    """Streams mono PCM16 from one rate to another. Feeding in pieces gives what feeding at once gives."""

    def __init__(self, source: int, target: int) -> None:
        self._source = source
        self._same = source == target
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=target)

    def feed(self, pcm: bytes) -> bytes:
        if self._same or not pcm:
            return pcm
        frame = av.AudioFrame(format="s16", layout="mono", samples=samples_in(pcm))
        frame.sample_rate = self._source
        frame.planes[0].update(pcm)
        return b"".join(pcm_of(out) for out in self._resampler.resample(frame))

    def flush(self) -> bytes:
        """The tail the filter still holds; nothing may be fed afterwards."""
        if self._same:
            return b""
        return b"".join(pcm_of(out) for out in self._resampler.resample(None))


def pcm_of(frame: av.AudioFrame) -> bytes:
    """The samples of a mono s16 frame, without the padding FFmpeg leaves at the plane's end."""
    return bytes(frame.planes[0])[: frame.samples * BYTES_PER_SAMPLE]
