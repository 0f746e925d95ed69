"""Draws a resume as plain text, in the encodings that plain text comes in."""

from collections.abc import Iterator

from tests.resumes.corpus.blocks import Block
from tests.resumes.corpus.sheet import Sheet

WIDTH = 78
# What somebody types whose encoding lacks the mark.
POORER = str.maketrans(
    {"•": "-", "▪": "*", "◦": "o", "–": "-", "—": "-", "«": '"', "»": '"', "№": "N", "·": "*", "■": "#"}
)


def text(sheet: Sheet) -> str:
    parts = [*sheet.top, *sheet.contact]
    lines = [line for block in parts for line in _lines(block, sheet.bullet)]
    for section in sheet.sections:
        lines += ["", section.heading, *_underline(sheet, section.heading)]
        lines += [line for block in section.blocks for line in _lines(block, sheet.bullet)]
    return "\n".join(lines).replace("\n\n\n", "\n\n").strip() + "\n"


def encoded(sheet: Sheet, encoding: str) -> bytes:
    """Line ends of Windows outside Unicode. Raises UnicodeEncodeError for what not even a poorer mark can write."""
    written = text(sheet)
    if encoding.startswith("utf"):
        return written.encode(encoding)
    kept = "".join(letter if _can(letter, encoding) else letter.translate(POORER) for letter in written)
    return kept.replace("\n", "\r\n").encode(encoding)


def _can(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _underline(sheet: Sheet, heading: str) -> list[str]:
    return ["-" * len(heading)] if sheet.bullet == "*" else []


def _lines(block: Block, bullet: str) -> Iterator[str]:
    if block.kind == "gap":
        yield ""
    elif block.kind == "bullet":
        yield f"{bullet} {block.text}"
    elif block.kind in ("split", "strong_split"):
        yield f"{block.text}{' ' * max(4, WIDTH - len(block.text) - len(block.right))}{block.right}"
    elif block.kind == "dated":
        inner = [line for one in block.inner for line in _lines(one, bullet)]
        yield f"{block.text}\t{inner[0]}"
        yield from (f"\t{line}" for line in inner[1:])
    elif block.kind == "table":
        yield from ("\t".join(row) for row in block.rows)
    else:
        yield block.text
