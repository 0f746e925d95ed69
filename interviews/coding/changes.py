"""CodeMirror's ChangeSet JSON applied to a text: lengths count UTF-16 code units, as in the browser.

A change set is a list of parts that walk over the old text: a number keeps that many units; `[n]` deletes n;
`[n, "line", "line"]` replaces n by lines joined with a line feed. The parts must cover the old text exactly.
"""

import re
from collections.abc import Sequence
from typing import Any

UNIT = 2  # bytes
# Python's JSON reader joins the two escapes of a pair: a surrogate that is left in a string is alone.
LONE = re.compile("[\\0\ud800-\udfff]")
REPLACEMENT = "\ufffd"
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)

Change = int | list[Any]


class InvalidChanges(ValueError):
    """Not a ChangeSet, or one for a text of another length."""


def clean(changes: Any) -> list[Change]:
    """`changes` checked for its shape, with what no database keeps (NUL, half a surrogate pair) replaced by U+FFFD.

    U+FFFD is one unit as well, so that later offsets stay right. Raises `InvalidChanges`.
    """
    if not isinstance(changes, list):
        raise InvalidChanges("changes must be a list")
    return [_clean_part(part) for part in changes]


def base_length(changes: Sequence[Change]) -> int:
    """Length in units of the text that the (clean) changes belong to."""
    return sum(part if isinstance(part, int) else part[0] for part in changes)


def apply_units(old: bytes, changes: Sequence[Change]) -> bytes:
    """The new text, both in `encode`'s bytes. `changes` are clean. Raises `InvalidChanges` for another length."""
    if base_length(changes) * UNIT != len(old):
        raise InvalidChanges(f"changes are for {base_length(changes)} units, the text has {len(old) // UNIT}")
    new, seams, position = bytearray(), [], 0
    for part in changes:
        length = UNIT * (part if isinstance(part, int) else part[0])
        new += old[position : position + length] if isinstance(part, int) else encode("\n".join(part[1:]))
        position += length
        seams.append(len(new))
    for seam in seams:
        _mend(new, seam)
    return bytes(new)


def encode(text: str) -> bytes:
    """UTF-16, little-endian: a batch of changes encodes and decodes its text once."""
    return text.encode("utf-16-le")


def decode(units: bytes) -> str:
    return units.decode("utf-16-le")


def length(text: str) -> int:
    """In UTF-16 units."""
    return len(encode(text)) // UNIT


def storable(line: str) -> str:
    """`line` with NUL and halves of surrogate pairs replaced, unit by unit."""
    return LONE.sub(REPLACEMENT, line)


def _clean_part(part: Any) -> Change:
    if _is_length(part):
        return int(part)
    if not isinstance(part, list) or not part or not _is_length(part[0]):
        raise InvalidChanges("a part must be a length, or a list that begins with one")
    if not all(isinstance(line, str) for line in part[1:]):
        raise InvalidChanges("inserted lines must be strings")
    return [part[0], *(storable(line) for line in part[1:])]


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _mend(units: bytearray, at: int) -> None:
    """A cut through a surrogate pair leaves a half on a side of the seam: it becomes U+FFFD."""
    before, after = _unit(units, at - UNIT), _unit(units, at)
    if before in HIGH and after not in LOW:
        units[at - UNIT : at] = encode(REPLACEMENT)
    if after in LOW and before not in HIGH:
        units[at : at + UNIT] = encode(REPLACEMENT)


def _unit(units: bytearray, at: int) -> int:
    return int.from_bytes(units[at : at + UNIT], "little") if 0 <= at < len(units) else 0
