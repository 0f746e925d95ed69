"""Puts wrapped lines together again."""

import re
from collections.abc import Iterable

from resumes.domain.parser.lines import Text

#: First halves of English compounds that are written with their hyphen wherever the line ends.
COMPOUNDS = re.compile(
    r"(?:^|[\s(/])(?:anti|award|back|client|cloud|co|community|cost|cross|customer|data|decision|detail|domain|end|event|fast"
    r"|front|full|goal|hands|high|industry|inter|large|long|low|mission|multi|non|object|open|post|pre|problem|production"
    r"|real|result|results|self|server|short|small|test|third|time|user|well)-$",
    re.IGNORECASE,
)
CJK_EDGE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]$")


def paragraphs(lines: Iterable[Text]) -> list[str]:
    """Bullets and paragraphs, one text each. A line without a bullet goes on with the one above, unless it cannot."""
    found: list[str] = []
    for line in lines:
        new = line.bullet or not found or line.gap or _is_separate(found[-1], line)
        if new:
            found.append(line.text)
        else:
            found[-1] = join(found[-1], line.text)
    return found


def _is_separate(before: str, line: Text) -> bool:
    """Lines of a format without layout (size 0) are whole paragraphs already."""
    return line.size == 0 and not line.text[:1].islower()


def join(first: str, second: str) -> str:
    """Two halves of a wrapped line; a word hyphenated at the end becomes whole."""
    if re.search(r"[a-zа-я]-$", first) and second[:1].islower():
        return (first[:-1] if _was_split(first) else first) + second
    return first + ("" if CJK_EDGE.search(first) else " ") + second


def _was_split(first: str) -> bool:
    """`Imple-` was split by the layout; `open-`, `cloud-`, `full-` are halves of a compound."""
    return not COMPOUNDS.search(first)


def trimmed(text: str, marks: str = " ,.;:") -> str:
    """`text` without marks at its ends, and without a bracket there whose other half is missing."""
    text = text.strip(marks)
    for opening, closing in ("()", "（）", "[]"):
        if text.count(opening) > text.count(closing) and opening in (text[:1], text[-1:]):
            text = text.strip(opening)
        if text.count(closing) > text.count(opening) and text.endswith(closing):
            text = text.removesuffix(closing)
    if text[:1] in "(（" and text[-1:] in ")）" and text[:1]:
        text = text[1:-1]
    return text.strip(marks)
