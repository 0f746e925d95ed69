"""Recorded answers as 40 ms frames of 16 kHz mono PCM."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import av

HERE = Path(__file__).parent
FRAME = 1280  # bytes: 640 samples, 40 ms
SILENCE = bytes(FRAME)


@cache
def recorded(number: int) -> bytes:
    """One answer, as long as whole frames: the last one is filled up with silence."""
    with av.open(str(HERE / "answers" / f"{number:02d}.flac")) as source:
        pcm = b"".join(bytes(frame.to_ndarray().tobytes()) for frame in source.decode(audio=0))
    return pcm + bytes(-len(pcm) % FRAME)


def frames(pcm: bytes) -> Iterator[bytes]:
    return (pcm[start : start + FRAME] for start in range(0, len(pcm), FRAME))
