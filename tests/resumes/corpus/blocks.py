"""The pieces that a resume is laid out from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """A line or a paragraph.

    `kind` is one of name, label, line, strong, para, bullet, gap; split and strong_split (`right` stands at the right
    edge); dated (`text` is a date in a column of its own beside `inner`); table (`rows`, the first its header).
    """

    kind: str
    text: str = ""
    right: str = ""
    inner: tuple["Block", ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
