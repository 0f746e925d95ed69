"""From the pieces of a recording to sound, by PyAV; in a process of its own, which may be killed while it decodes."""

from collections.abc import Iterator
from typing import Any

import av
from av import AudioFrame
from av.container import InputContainer

from providers.audio import SAMPLE_RATE, pcm_of
from providers.children.base import Refusal
from providers.webm.source import Source

CODEC = "opus"
# Only what a browser records: no other demuxer, no other decoder, and no address that a file might name.
OPTIONS = {"codec_whitelist": "opus,libopus", "protocol_whitelist": "data", "analyzeduration": "1"}
BUFFER_BYTES = 4096
BROKEN_IN_A_ROW = 50  # packets


def decode(source: Source) -> None:
    """Until `source` ends. Raises Refusal: `unreadable` or `no_audio`."""
    while source.wait():
        try:
            _recording(source)
        except (av.FFmpegError, OverflowError, ValueError) as error:
            raise Refusal("unreadable") from error


def _recording(source: Source) -> None:
    with av.open(source, mode="r", format="matroska", options=OPTIONS, buffer_size=BUFFER_BYTES) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        for frame in _frames(container, source):
            for out in resampler.resample(frame):
                source.sound(pcm_of(out))
        for out in resampler.resample(None):
            source.sound(pcm_of(out))


def _frames(container: InputContainer, source: Source) -> Iterator[AudioFrame]:
    tracks = [one for one in container.streams.audio if one.codec_context.name == CODEC]
    if not tracks:
        raise Refusal("no_audio")
    broken = 0
    for packet in container.demux(tracks[0]):
        source.parsed()
        frames = _decoded(packet)
        broken = 0 if frames else broken + 1
        if broken > BROKEN_IN_A_ROW:
            raise Refusal("unreadable")
        yield from frames


def _decoded(packet: Any) -> list[AudioFrame]:
    """A packet that was damaged on its way costs its 20 ms, not the recording."""
    try:
        frames: list[AudioFrame] = packet.decode()
    except av.InvalidDataError:
        return []
    return frames
