"""Journals for tests: written as a session writes them, with sound that can be recognised again."""

import io
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from numpy.typing import NDArray

from interviews.domain.recording import journal
from interviews.domain.recording.journal import Kind, Record

FACE = Path("bench/demo/face.jpg")
Samples = NDArray[np.int16]


def tone(ms: int, level: int = 1000, rate: int = 16_000) -> bytes:
    """Mono PCM of a constant level: what a sample is tells where it came from."""
    return np.full(ms * rate // 1000, level, "<i2").tobytes()


def said(until_ms: int, ms: int = 40, *, audio_ms: int = 0, level: int = 1000) -> bytes:
    """A microphone's frame that came at this wall time."""
    return journal.packed(Kind.CANDIDATE, until_ms, tone(ms, level), audio_ms=audio_ms)


def spoken(from_ms: int, ms: int, *, level: int = 1000, rate: int = 16_000) -> bytes:
    return journal.packed(Kind.INTERVIEWER, from_ms, tone(ms, level, rate), rate=rate)


def cut(at_ms: int) -> bytes:
    return journal.packed(Kind.CUT, at_ms)


def shown(at_ms: int, jpeg: bytes | None = None) -> bytes:
    return journal.packed(Kind.FRAME, at_ms, FACE.read_bytes() if jpeg is None else jpeg)


def opened(*parts: bytes) -> tuple[BinaryIO, list[Record]]:
    file = io.BytesIO(b"".join(parts))
    return file, list(journal.records(file))


def heard(path: Path | BinaryIO) -> tuple[int, Samples]:
    """The rate and the samples of a sound file."""
    with av.open(path if not isinstance(path, Path) else str(path)) as container:
        stream = container.streams.audio[0]
        frames = [frame.to_ndarray().reshape(-1) for frame in container.decode(stream)]
        return stream.rate, np.concatenate(frames).astype(np.int16)
