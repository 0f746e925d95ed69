"""The size of a JPEG from its header, before anything decodes it."""

MAX_WIDTH, MAX_HEIGHT = 1920, 1080
# Start-of-frame markers; C4, C8 and CC are tables and extensions.
_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MAX_SEGMENTS = 64


def fits_camera(jpeg: bytes) -> bool:
    """Whether `jpeg` is a JPEG of at most 1920×1080 pixels, turned on its side or not."""
    found = size_of(jpeg)
    if found is None:
        return False
    longer, shorter = max(found), min(found)
    return 0 < shorter <= MAX_HEIGHT and longer <= MAX_WIDTH


def size_of(jpeg: bytes) -> tuple[int, int] | None:
    """`(width, height)` of the first frame header (ITU-T T.81, B.2.2), or None where there is none."""
    if jpeg[:2] != b"\xff\xd8":
        return None
    at = 2
    for _segment in range(_MAX_SEGMENTS):
        if len(jpeg) < at + 9 or jpeg[at] != 0xFF:
            return None
        if jpeg[at + 1] in _FRAME_MARKERS:
            height, width = jpeg[at + 5 : at + 7], jpeg[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return None
