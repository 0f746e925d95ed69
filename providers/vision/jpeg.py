"""From JPEG bytes to pixels, for senders that cannot be trusted."""

import io
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Picture:
    """`pixels` are those of a picture of `width` x `height`, or fewer."""

    pixels: Pixels
    width: int
    height: int


def decode(jpeg: bytes, *, least: int = MAX_SIDES[0]) -> Picture:
    """The picture, upright. Raises `BadInputError` as `size` does.

    A longer side of at least twice `least` is halved (or quartered) while decoding, which costs a third less time
    than decoding all of it and does not alias.
    """
    width, height = size(jpeg)
    pixels = _pixels(jpeg, shrink=max(width, height) // least)
    turned = (width > height) != (pixels.shape[1] > pixels.shape[0])  # its metadata says the camera was on its side
    return Picture(pixels, height, width) if turned else Picture(pixels, width, height)


def _pixels(jpeg: bytes, shrink: int) -> Pixels:
    import cv2

    flags = cv2.IMREAD_REDUCED_COLOR_4 if shrink >= 4 else cv2.IMREAD_REDUCED_COLOR_2 if shrink >= 2 else 1
    try:
        pixels: Any = cv2.imdecode(np.frombuffer(jpeg, np.uint8), flags)
        return cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)  # type: ignore[no-any-return]
    except cv2.error as error:  # also for the empty picture that a broken JPEG decodes to
        raise _unreadable() from error
