"""What a job in a child may cost, how it may fail, and how it travels over a pipe.

A message is the lengths of its two parts, a JSON object, and bytes.
"""

import json
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Any

MEBIBYTE = 1024 * 1024
PIECE = 64 * 1024
_LENGTHS = struct.Struct(">IQ")


class Cause(StrEnum):
    TOO_SLOW = "too_slow"
    TOO_HEAVY = "too_heavy"
    BROKEN = "broken"


class ChildError(Exception):
    """A job was killed at a limit, or failed in a way its function did not foresee. Says nothing of its data."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause.value} {detail}".strip())
        self.cause = cause


class Refusal(Exception):
    """Raised by a job's function, and again in the caller: the data is not what it should be. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds, the child's start included; bytes of address space above what the idle child has."""

    seconds: float = 15.0
    memory: int = 256 * MEBIBYTE


def head(fields: dict[str, Any], size: int) -> bytes:
    """The beginning of a message whose `size` bytes follow."""
    text = json.dumps(fields).encode()
    return _LENGTHS.pack(len(text), size) + text


def read(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message; None where the pipe was closed."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    text, size = _LENGTHS.unpack(lengths)
    fields, data = pipe.read(text), pipe.read(size)
    return (json.loads(fields), data) if len(fields) == text and len(data) == size else None


def write(pipe: IO[bytes], fields: dict[str, Any], pieces: Iterable[bytes], size: int) -> None:
    pipe.write(head(fields, size))
    for piece in pieces:
        pipe.write(piece)
    pipe.flush()


def pieces_of(file: IO[bytes], size: int) -> Iterator[bytes]:
    """The next `size` bytes of a file, which is never held whole. Raises EOFError when it has become shorter."""
    while size:
        piece = file.read(min(PIECE, size))
        if not piece:
            raise EOFError("the file became shorter while it was sent")
        size -= len(piece)
        yield piece
