"""From any container to PCM16 mono 16 kHz, in this process: for a child, which may be killed while it decodes."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import av
from av import AudioFrame
from av.container import InputContainer

from providers.audio import SAMPLE_RATE, pcm_of, samples_in
from providers.children.base import Refusal


def decode(data: bytes, seconds: float) -> bytes:
    """The first audio track. Raises Refusal: `unreadable`, `no_audio`, `empty`, or `too_long` at once when it is."""
    try:
        pcm = _decoded(io.BytesIO(data), seconds)
    except (av.FFmpegError, OverflowError, ValueError) as error:
        raise Refusal("unreadable") from error
    if not pcm:
        raise Refusal("empty")
    return pcm


def _decoded(file: BinaryIO, seconds: float) -> bytes:
    pcm = bytearray()
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    # A playlist must not make FFmpeg open other files or addresses.
    with av.open(file, mode="r", options={"protocol_whitelist": "data"}) as container:
        if not container.streams.audio:
            raise Refusal("no_audio")
        for frame in _frames(container):
            for out in resampler.resample(frame):
                pcm += pcm_of(out)
            if samples_in(pcm) > seconds * SAMPLE_RATE:
                raise Refusal("too_long")
        for out in resampler.resample(None):
            pcm += pcm_of(out)
    return bytes(pcm)


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """Of the first sound track. A recording that was cut off gives what is there; one of which nothing can be read
    raises InvalidDataError."""
    readable, damage = False, None
    for packet in container.demux(container.streams.audio[0]):
        try:
            frames = packet.decode()
        except av.InvalidDataError as error:
            damage = error
            continue
        readable = readable or bool(frames)
        yield from frames
    if damage is not None and not readable:
        raise damage
