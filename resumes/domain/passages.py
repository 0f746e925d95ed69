"""The lines of a document as places in its text, and the paragraphs that they make."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from providers.documents.base import Document, Line

Span = tuple[int, int]
SENTENCE_END = re.compile(r"[.!?…](?=[\s\"'”’»)]|$)|[。！？]")
BULLET = re.compile(r"\s*(?:[-–—•·▪▸◦●○■□*✓➢»]|\(?\d{1,2}[.)])\s")
FULL = 0.7  # of the longest line: a line as long as this was broken by the layout
SHORT = 24  # characters: a sentence that begins so near to its line's beginning may have begun in the line above
LONGEST = 1_000  # characters that a paragraph is followed for


def line_starts(document: Document) -> list[int]:
    """Where each line begins in `Document.text`."""
    starts = []
    position = 0
    for line in document.lines:
        position += line.gap
        starts.append(position)
        position += len(line.text) + 1
    whole = "\n".join(("\n" if line.gap else "") + line.text for line in document.lines)
    cut = len(whole) - len(whole.lstrip("\n"))
    return [start - cut for start in starts]


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order; what overlaps or touches becomes one."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


class Passages:
    """Offsets are into the document's text."""

    def __init__(self, document: Document) -> None:
        self.starts = line_starts(document)
        self._lines = document.lines
        self._full = FULL * max((len(line.text) for line in document.lines), default=0)

    def page(self, offset: int) -> int:
        return self._lines[self._at(offset)].page if self._lines else 1

    def lines(self, span: Span) -> Span:
        """The whole lines that a span touches."""
        return self.starts[self._at(span[0])], self._end(self._at(max(span[0], span[1] - 1)))

    def statement(self, span: Span) -> Span:
        """From the beginning of its first sentence to the end of its paragraph: what goes on there goes on about it."""
        first, last = self._at(span[0]), self._at(max(span[0], span[1] - 1))
        start, end = self._sentence_start(span[0], first), self._end(last)
        while last + 1 < len(self._lines) and end - start < LONGEST and self._goes_on(last):
            last += 1
            end = self._end(last)
        return start, max(span[1], min(end, start + LONGEST))

    def _sentence_start(self, offset: int, at: int) -> int:
        """Within its line, or one line above where that one was broken by the layout."""
        within = offset - self.starts[at]
        least = max(0, within - LONGEST)
        if end := _last_end(self._lines[at].text[least:within]):
            return self.starts[at] + least + end
        if at and within < SHORT and self._goes_on(at - 1):
            above = self._lines[at - 1].text
            end = _last_end(above[-LONGEST:])
            return self.starts[at] - 1 - len(above[-LONGEST:]) + end if end else self.starts[at]
        return self.starts[at] + least

    def _goes_on(self, at: int) -> bool:
        """Whether the paragraph of a line goes on in the next one."""
        line, following = self._lines[at], self._lines[at + 1]
        if following.gap or following.heading or BULLET.match(following.text) or following.page != line.page:
            return False
        if following.text.lstrip()[:1].islower():
            return True
        is_full = len(line.text) >= self._full and line.size > 0
        return is_full and not SENTENCE_END.search(line.text.rstrip()[-1:])

    def _at(self, offset: int) -> int:
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _end(self, at: int) -> int:
        return self.starts[at] + len(self._lines[at].text)


def outside(line: Line, start: int, cuts: list[Span]) -> str:
    """The text of a line that begins at `start`, without the `cuts` (in order, not overlapping)."""
    kept, at, end = [], start, start + len(line.text)
    for number in range(bisect_right(cuts, start, key=lambda cut: cut[1]), len(cuts)):
        cut_start, cut_end = cuts[number]
        if cut_start >= end:
            break
        kept.append(line.text[at - start : max(cut_start - start, 0)])
        at = cut_end
    kept.append(line.text[max(at - start, 0) :])
    return " ".join(part.strip() for part in kept if part.strip()) if len(kept) > 1 else line.text


def _last_end(text: str) -> int:
    """Behind the last sentence that ends in a text; 0 for none."""
    return max((match.end() for match in SENTENCE_END.finditer(text)), default=0)
