"""From JPEG bytes to pixels, for senders that cannot be trusted."""

import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from providers.base import BadInputError

MAX_BYTES = 1024 * 1024
MAX_SIDES = (1920, 1080)
# Every scan of a progressive JPEG costs a pass over all pixels, and an empty one only a dozen bytes. Encoders write
# ten; the bound leaves room for a thumbnail inside the metadata.
MAX_SCANS = 24

Pixels = NDArray[np.uint8]  # (height, width, 3), RGB


def size(jpeg: bytes) -> tuple[int, int]:
    """Width and height from the header alone, in some 60 µs.

    Raises `BadInputError` with the code `empty`, `too_large` (bytes, pixels or scans) or `unreadable`.
    """
    if not jpeg:
        raise BadInputError("The camera frame is empty.", code="empty")
    if len(jpeg) > MAX_BYTES:
        raise BadInputError("A camera frame may have at most 1 MiB.", code="too_large")
    width, height = _header_size(jpeg)
    if max(width, height) > MAX_SIDES[0] or min(width, height) > MAX_SIDES[1]:
        raise _too_many_pixels()
    if jpeg.count(b"\xff\xda") > MAX_SCANS:
        raise BadInputError("The camera frame has too many scans.", code="too_large")
    return width, height


def _header_size(jpeg: bytes) -> tuple[int, int]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            return image.size
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _unreadable() from error


def _too_many_pixels() -> BadInputError:
    return BadInputError("A camera frame may have at most 1920x1080 pixels.", code="too_large")


def _unreadable() -> BadInputError:
    return BadInputError("The camera frame is not a readable JPEG.", code="unreadable")


def decode(jpeg: bytes) -> Pixels:
    """RGB pixels of shape (height, width, 3). Raises `BadInputError` as `size` does."""
    import cv2

    size(jpeg)
    try:
        pixels: Any = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error as error:
        raise _unreadable() from error
    if pixels is None:
        raise _unreadable()
    return pixels  # type: ignore[no-any-return]
