"""What the server and the process of a stream say to each other over their socket.

To the process: a length, and so many bytes of the recording. From it: a kind, a length, and the payload.
"""

import struct
from enum import IntEnum

PIECE = struct.Struct(">I")
ANSWER = struct.Struct(">BI")
# The processor time that a piece may take is limited: pieces are small.
MOST_BYTES = 64 * 1024


class Kind(IntEnum):
    SOUND = 1  # PCM16 mono 16 kHz
    TAKEN = 2  # all that was sent has been read, and what sound it gave has been sent
    FAILED = 3  # a code of `BadInputError`; the process ends


def piece(data: bytes | memoryview) -> bytes:
    return PIECE.pack(len(data)) + data


def answer(kind: Kind, payload: bytes = b"") -> bytes:
    return ANSWER.pack(kind, len(payload)) + payload
