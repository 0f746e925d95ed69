"""Divides a section into its entries: jobs or projects, each with a head of few lines and a body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from resumes.domain.parser import dates, heads, hints
from resumes.domain.parser.lines import Text

LONGEST_HEAD = 110
MOST_BEFORE = 2  # lines of a head above its dates
DATED_REST = 100
NOW_BROKEN = re.compile(r"(?:наст\.?|настоящее)$", re.IGNORECASE)


@dataclass
class Entry:
    """`head` names the thing; `body` tells about it."""

    head: list[Text] = field(default_factory=list)
    body: list[Text] = field(default_factory=list)
    period: dates.Period | None = None

    @property
    def fields(self) -> list[str]:
        """What the head says, without its dates."""
        cells: list[str] = []
        for line in self.head:
            period = dates.find_period(line.text) if self.period else None
            single = dates.find_date(line.text) if self.period and not period else None
            found = period or single
            rest = Text(dates.cut(line.text, found)) if found else line
            cells.extend(rest.cells)
        return cells


def divide(lines: list[Text]) -> list[Entry]:
    """Entries by their dates; where a section has none, by the look of the lines."""
    lines = list(_joined(lines))
    starts = _starts_by_date(lines) or _starts_by_look(lines)
    return [_entry(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]


def _joined(lines: list[Text]) -> Iterator[Text]:
    """Put together a period that a narrow first column broke in two: `June 2020 –` above `Present`."""
    skip = False
    if not lines:
        return
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if skip:
            skip = False
            continue
        joined = _join(line, below) if below else None
        if joined:
            yield from joined
            skip = True
        else:
            yield line


def _join(line: Text, below: Text) -> list[Text] | None:
    if NOW_BROKEN.search(line.text) and below.text.casefold().startswith("время"):
        return [replace(line, text=f"{line.text} {below.text}")]
    opened = dates.SINGLE.match(line.text)
    rest = line.text[opened.end() :] if opened else ""
    dash = rest.lstrip()[:1]
    if not opened or dash not in ("–", "-", "—") or dates.find_period(line.text):
        return None
    closing = dates.PRESENT.match(below.text) or dates.SINGLE.match(below.text)
    if not closing:
        return None
    text = f"{opened.group()} {dash} {closing.group()}\t{rest.lstrip()[1:].strip()}"
    under = below.text[closing.end() :].strip()
    replaced = [replace(line, text=text.strip())]
    return [*replaced, replace(below, text=under)] if under else replaced


def _starts_by_date(lines: list[Text]) -> list[int]:
    anchors = [index for index, line in enumerate(lines) if is_dated(line)]
    starts: list[int] = []
    for anchor in anchors:
        start = _first_of_head(lines, anchor, starts[-1] + 1 if starts else 0)
        if not starts or start > starts[-1]:
            starts.append(start)
    if starts and starts[0] >= 2:
        return [0, *starts]  # the first one is told without dates
    return [0, *starts[1:]] if starts else []


def is_dated(line: Text) -> bool:
    """Whether a date stands on the line as a date of its own, rather than inside a sentence."""
    label, value = hints.labelled_as(line.text, "period")
    if label:
        return bool(dates.find_period(value))
    period = dates.find_period(line.text)
    if period is None:
        return _is_date_beside(line)
    if hints.SENTENCE.search(line.text.rstrip(".)")):
        return False
    rest = dates.cut(line.text, period)
    return len(rest) <= DATED_REST and not (line.bullet and len(rest) > 70)


def _is_date_beside(line: Text) -> bool:
    """A single date in a cell of its own, or before a short name: `Transit app    2022`, `2022 Expense tracker`."""
    cells = line.cells
    if line.bullet or not cells or len(line.text) > 80:
        return False
    first, last = dates.SINGLE.match(line.text), dates.SINGLE.fullmatch(cells[-1].strip("() "))
    before = bool(first and line.text[first.end() : first.end() + 1].isspace())
    return (len(cells) > 1 and bool(last)) or (before and not hints.SENTENCE.search(line.text))


def _first_of_head(lines: list[Text], anchor: int, least: int) -> int:
    """The first line of the head whose dates stand at `anchor`: what is above, as far as it looks like a head."""
    label, _ = hints.labelled_as(lines[anchor].text, "period")
    if not label and len(_rest(lines[anchor])) >= 2:
        return anchor
    start = anchor
    while start > least and anchor - start < MOST_BEFORE + 2 * bool(label):
        if lines[start].gap and start < anchor and not label:
            break
        above = lines[start - 1]
        if not _is_head(above, lines[start], first=start - 1 == 0, labelled=bool(label)):
            break
        start -= 1
        if above.gap or above.heading:
            break
    return start


def _rest(line: Text) -> list[str]:
    period = dates.find(line.text)
    return Text(dates.cut(line.text, period)).cells if period else line.cells


def _is_head(line: Text, below: Text, *, first: bool, labelled: bool) -> bool:
    """Whether a line above the dates belongs to the head, not to the end of the entry before."""
    if labelled:
        return line.heading or bool(hints.labelled_as(line.text, "company", "position")[0]) or line.bold
    if line.bullet or len(line.text) > LONGEST_HEAD or hints.SENTENCE.search(line.text):
        return False
    stands_out = line.gap or line.heading or line.bold or line.size > below.size * 1.02 > 0
    alone = not _rest(below)  # the dates have a line of their own: what they date must be above
    told = hints.is_title(line.text) or hints.is_company(line.text)
    return first or (stands_out and (alone or line.bold or line.heading)) or (alone and told)


def _starts_by_look(lines: list[Text]) -> list[int]:
    """A new entry begins with a line that stands out, or with a plain line after bullets and a gap."""
    starts = [0] if lines else []
    for index in range(1, len(lines)):
        line, above = lines[index], lines[index - 1]
        told = any(other.bullet for other in lines[starts[-1] : index])
        plain = not line.bullet and len(line.text) <= LONGEST_HEAD and not hints.SENTENCE.search(line.text)
        after_gap = line.gap and (told or not any(other.bullet for other in lines))
        stands_out = (line.bold or line.heading) and not (above.bold or above.heading)
        if plain and (after_gap or stands_out) and not hints.labelled(line.text)[0]:
            starts.append(index)
    return starts


def _entry(lines: list[Text]) -> Entry:
    """Lines up to the dates are the head, and one or two short plain lines after them when the head is thin."""
    anchor = next((index for index, line in enumerate(lines) if is_dated(line)), None)
    if anchor is None:
        return Entry(head=lines[:1], body=lines[1:], period=dates.find_date(lines[0].text))
    labelled, value = hints.labelled_as(lines[anchor].text, "period")
    period = dates.find(value if labelled else lines[anchor].text)
    end = anchor + 1
    if labelled:
        return Entry(head=lines[:end], body=lines[end:], period=period)
    while end < len(lines) and _continues(lines, end, Entry(head=lines[:end], period=period).fields):
        end += 1
    return Entry(head=lines[:end], body=lines[end:], period=period)


def _continues(lines: list[Text], index: int, known: list[str]) -> bool:
    """Whether the line below the dates still names the thing: a company under a job, or the other way round."""
    line = lines[index]
    has_title = any(hints.is_title(cell) for cell in known)
    if line.bullet or len(line.text) > 80 or hints.SENTENCE.search(line.text) or hints.labelled(line.text)[0]:
        return False
    parts = heads.split(known)
    if len(parts) >= 2 and has_title:
        return hints.is_place(line.text)
    before_bullet = index + 1 < len(lines) and lines[index + 1].bullet
    told = line.bold or line.heading or any(check(line.text) for check in (hints.is_title, hints.is_company))
    return len(parts) < 2 and (before_bullet or told) and not line.text[:1].islower()
