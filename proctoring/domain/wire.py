"""Messages on the pipes between server and child: a length of four bytes, then the body."""

import asyncio
import struct
from typing import BinaryIO

LENGTH = struct.Struct(">I")
HEADER = struct.Struct(">Q?")  # ticket, whether to look thoroughly
MAX_BODY = 2 * 1024 * 1024


class BrokenPipeProtocol(ValueError):
    """What came cannot be a message: something else writes to this pipe."""


def pack(body: bytes) -> bytes:
    return LENGTH.pack(len(body)) + body


def pack_frame(ticket: int, jpeg: bytes, *, thorough: bool) -> bytes:
    return pack(HEADER.pack(ticket, thorough) + jpeg)


def unpack_frame(body: bytes) -> tuple[int, bool, bytes]:
    """Ticket, thoroughness and JPEG."""
    ticket, thorough = HEADER.unpack_from(body)
    return ticket, thorough, body[HEADER.size :]


def read(pipe: BinaryIO) -> bytes | None:
    """The next body, blocking; None at the end of the stream."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    body = pipe.read(_length(head))
    return body if len(body) == _length(head) else None


async def read_async(pipe: asyncio.StreamReader) -> bytes | None:
    """The next body; None at the end of the stream."""
    try:
        head = await pipe.readexactly(LENGTH.size)
        return await pipe.readexactly(_length(head))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def _length(head: bytes) -> int:
    (length,) = LENGTH.unpack(head)
    if length > MAX_BODY:
        raise BrokenPipeProtocol("A message is longer than any that is sent.")
    return int(length)
