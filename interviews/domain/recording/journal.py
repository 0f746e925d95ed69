"""What is written down of an interview while it happens: records one after the other, of any side, as they come.

A journal covers a stretch of one turn. It is only ever appended to, so that a process that is killed leaves a file
that can be read up to its last whole record.
"""

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import BinaryIO, NamedTuple

HEADER = struct.Struct("<BIIII")  # kind, bytes of payload, wall ms, audio ms, samples a second
MOST_BYTES = 2 * 1024 * 1024  # of a payload
BYTES_PER_SAMPLE = 2


class Kind(IntEnum):
    CANDIDATE = 1  # sound of the microphone; the wall time is that of its arrival, the audio time that at its end
    INTERVIEWER = 2  # sound of the voice; the wall time is that at which it begins to be heard
    CUT = 3  # the voice stops: of what was written down before, nothing is heard after this wall time
    FRAME = 4  # a JPEG of the camera


class Record(NamedTuple):
    """A record without its payload, which is `size` bytes from `offset` on."""

    kind: Kind
    wall_ms: int
    audio_ms: int
    rate: int
    offset: int
    size: int

    @property
    def samples(self) -> int:
        return self.size // BYTES_PER_SAMPLE


class Name(NamedTuple):
    """Which journal it is. `epoch` is that of the session's opening, `number` counts in the session."""

    interview_id: int
    epoch: int
    number: int
    turn: int

    def __str__(self) -> str:
        return "-".join(map(str, self))

    @classmethod
    def parse(cls, text: str) -> "Name | None":
        parts = text.split("-")
        if len(parts) != len(cls._fields) or not all(part.isascii() and part.isdecimal() for part in parts):
            return None
        return cls(*map(int, parts))


def packed(kind: Kind, wall_ms: int, payload: bytes = b"", *, audio_ms: int = 0, rate: int = 0) -> bytes:
    """A record as it is written."""
    return HEADER.pack(kind, len(payload), wall_ms, audio_ms, rate) + payload


def records(file: BinaryIO) -> Iterator[Record]:
    """The records of a journal, in their order. Of one that was cut off, the sound that is there."""
    offset, end = 0, file.seek(0, 2)
    while offset + HEADER.size <= end:
        file.seek(offset)
        kind, size, wall_ms, audio_ms, rate = HEADER.unpack(file.read(HEADER.size))
        offset += HEADER.size
        there = min(size, end - offset)
        if kind not in _KINDS or size > MOST_BYTES or (there < size and kind == Kind.FRAME):
            return
        yield Record(Kind(kind), wall_ms, audio_ms, rate, offset, there - there % _GRAIN.get(kind, 1))
        offset += size


def payload(file: BinaryIO, record: Record) -> bytes:
    file.seek(record.offset)
    return file.read(record.size)


_KINDS = frozenset(Kind)
_GRAIN = {Kind.CANDIDATE: BYTES_PER_SAMPLE, Kind.INTERVIEWER: BYTES_PER_SAMPLE}
