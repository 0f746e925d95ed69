"""The WebSocket frame that nearly every message is, read in one go."""

import numpy as np

WHOLE_TEXT = 0x81  # the only frame of a text message, without an extension
MASKED, LONGER = 0x80, 126  # the length is in the next two bytes
HEAD = 8  # two bytes, the length, the mask


def whole_text(data: bytes) -> tuple[bytes, int] | None:
    """The payload of the masked text frame of 126 to 65,535 bytes that `data` begins with, and the frame's whole size.

    None where it begins with anything else, a frame that is not all there, or one that is not UTF-8 (RFC 6455, 5.2).
    """
    if len(data) < HEAD or data[0] != WHOLE_TEXT or data[1] != MASKED | LONGER:
        return None
    size = HEAD + int.from_bytes(data[2:4])
    if len(data) < size or size < HEAD + LONGER:
        return None
    payload = unmasked(data[HEAD:size], data[4:HEAD])
    return (payload, size) if is_utf8(payload) else None


def unmasked(payload: bytes, mask: bytes) -> bytes:
    """`payload` exclusive-or the four bytes of `mask`, over and over."""
    words = np.frombuffer(payload + bytes(-len(payload) % 4), dtype=np.uint32)
    return (words ^ np.frombuffer(mask, dtype=np.uint32)).tobytes()[: len(payload)]


def is_utf8(payload: bytes) -> bool:
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True
