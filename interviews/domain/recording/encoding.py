"""Sound as FLAC and camera frames as WebM (VP8): what every browser plays, and seeks in."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import av
from av.video.stream import VideoStream

from interviews.domain.recording.journal import BYTES_PER_SAMPLE, Kind, Record, payload
from interviews.domain.recording.placing import Clip
from providers.audio import Resampler, samples_in
from providers.base import BadInputError
from providers.vision.jpeg import decode

log = logging.getLogger(__name__)

CHUNK_S = 1
STRETCH_MS = 60_000  # a video is at most so long
SHOWN_MS = 1_000  # how long the last frame stays
SIDES = (640, 480)
BIT_RATE = 150_000
MILLISECONDS = Fraction(1, 1000)
# libvpx for calls: the quickest that still looks like a person. Its threads wait for each other by spinning.
QUICK = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "threads": "1"}


def sound(journal: BinaryIO, clips: Sequence[Clip], target: Path) -> None:
    """Write the clips as a FLAC file at the first one's rate; it begins with the first and has silence in its holes."""
    rate = clips[0].rate
    with av.open(str(target), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=rate, layout="mono", format="s16")
        for pcm in _chunks(journal, clips, rate):
            frame = av.AudioFrame(format="s16", layout="mono", samples=samples_in(pcm))
            frame.sample_rate = rate
            frame.planes[0].update(pcm)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def stretches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """The camera's frames by videos, none longer than a minute."""
    stretch: list[Record] = []
    for record in records:
        if record.kind is Kind.FRAME:
            if stretch and record.wall_ms + SHOWN_MS > stretch[0].wall_ms + STRETCH_MS:
                yield stretch
                stretch = []
            stretch.append(record)
    if stretch:
        yield stretch


def video(journal: BinaryIO, frames: Sequence[Record], target: Path) -> tuple[int, int] | None:
    """Write a stretch of frames as a WebM file, each shown until the next; from and to which wall time it plays.

    Frames that are no pictures are left out; None, and no file, where none is.
    """
    shown = _shown(_pictures(journal, frames))
    first = next(shown, None)
    if first is None:
        return None
    begun, end = first[0], first[0]
    width, height = _fitting(first[1].width, first[1].height)
    with av.open(str(target), "w", format="webm") as container:
        stream = _vp8(container, width, height)
        for at, picture in chain([first], shown):
            frame = picture.reformat(width, height, "yuv420p")
            frame.pts, frame.time_base, end = at - begun, MILLISECONDS, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return begun, end


def _chunks(journal: BinaryIO, clips: Sequence[Clip], rate: int) -> Iterator[bytes]:
    at = clips[0].at
    for clip in clips:
        start = clip.at * rate // clip.rate
        yield from _silence(start - at, rate)
        at = max(at, start)
        pcm = _at_rate(_samples(journal, clip), clip.rate, rate)
        at += samples_in(pcm)
        if pcm:  # there is no frame of nothing
            yield pcm


def _silence(samples: int, rate: int) -> Iterator[bytes]:
    while samples > 0:
        step = min(samples, CHUNK_S * rate)
        yield bytes(step * BYTES_PER_SAMPLE)
        samples -= step


def _samples(journal: BinaryIO, clip: Clip) -> bytes:
    journal.seek(clip.offset)
    return journal.read(clip.samples * BYTES_PER_SAMPLE)


def _at_rate(pcm: bytes, source: int, target: int) -> bytes:
    """Voices of two rates in one file: only where one took over from the other in the middle of a turn."""
    resampler = Resampler(source, target)
    return resampler.feed(pcm) + resampler.flush()


def _pictures(journal: BinaryIO, frames: Sequence[Record]) -> Iterator[tuple[int, av.VideoFrame]]:
    for record in frames:
        try:
            pixels = decode(payload(journal, record), least=SIDES[0]).pixels
        except BadInputError as error:
            log.info("a camera frame is left out of the recording: %s", error.code)
            continue
        yield record.wall_ms, av.VideoFrame.from_ndarray(pixels, format="rgb24")


def _shown(pictures: Iterator[tuple[int, av.VideoFrame]]) -> Iterator[tuple[int, av.VideoFrame]]:
    """In rising times; the last one twice, so that it stays to be seen."""
    at, picture = -1, None
    for wall_ms, picture in pictures:
        at = max(wall_ms, at + 1)
        yield at, picture
    if picture is not None:
        yield at + SHOWN_MS, picture


def _fitting(width: int, height: int) -> tuple[int, int]:
    """Even sides within `SIDES`, upright or not, of the same shape."""
    longest, shortest = SIDES
    scale = min(1.0, longest / max(width, height), shortest / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _vp8(container: av.container.OutputContainer, width: int, height: int) -> VideoStream:
    stream = container.add_stream("libvpx", rate=30, options=QUICK)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.bit_rate = BIT_RATE
    stream.codec_context.time_base = MILLISECONDS
    return stream
