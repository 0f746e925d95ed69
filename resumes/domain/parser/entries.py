"""Divides a section into its entries: jobs or projects, each with a head of few lines and a body."""

from dataclasses import dataclass, field
from itertools import pairwise

from resumes.domain.parser import columns, dates, heads, hints
from resumes.domain.parser.lines import Text

LONGEST_HEAD = 110
LONGEST_BELOW = 80
MOST_BEFORE = 3  # lines of a head above its dates
DATED_REST = 100
MOST_WRAPPED = 8
FIELDS = ("company", "position", "period")


@dataclass
class Entry:
    """`head` names the thing; `body` tells about it."""

    head: list[Text] = field(default_factory=list)
    body: list[Text] = field(default_factory=list)
    period: dates.Period | None = None

    @property
    def fields(self) -> list[str]:
        """What the head says, without its dates; a head that is broken in two lines is put together."""
        cells: list[str] = []
        for line in self.head:
            period = dates.find(line.text) if self.period else None
            rest = Text(dates.cut(line.text, period)) if period else line
            found = rest.cells
            if found and cells and heads.goes_on(cells[-1], found[0]):
                cells[-1] = f"{cells[-1]} {found.pop(0)}"
            cells.extend(found)
        return cells


def divide(lines: list[Text]) -> list[Entry]:
    """Entries by their labels or dates; where a section has neither, by the look of the lines."""
    found: list[Entry] = []
    for part in _parts(columns.rejoined(columns.without_tables(lines))):
        labelled = _starts_by_label(part)
        before = part[: labelled[0]] if labelled else part
        starts = [*(_starts_by_date(before) or _starts_by_look(before)), *labelled]
        found.extend(_entry(part[start:end]) for start, end in pairwise([*starts, len(part)]))
    return found


def _parts(lines: list[Text]) -> list[list[Text]]:
    """The parts that stand under headings of their own: jobs and internships."""
    starts = [index for index, line in enumerate(lines) if line.first and index] if lines else []
    return [lines[start:end] for start, end in pairwise([0, *starts, len(lines)])] if lines else []


def _starts_by_label(lines: list[Text]) -> list[int]:
    """A label that the entry has already begins the next one, at the title above it if there is one."""
    starts: list[int] = []
    known: set[str] = set()
    for index, line in enumerate(lines):
        label, _ = hints.labelled_as(line.text, *FIELDS)
        if label and (label in known or not starts):
            starts.append(_with_title(lines, index, starts[-1] + 1 if starts else 0))
            known = set()
        if label:
            known.add(label)
    return [0, *starts[1:]] if starts and starts[0] <= 1 else starts


def _with_title(lines: list[Text], index: int, least: int) -> int:
    above = lines[index - 1] if index > least else None
    titled = above and not above.bullet and (above.heading or above.bold or above.gap or index == 1)
    return index - 1 if titled and above and len(above.text) <= LONGEST_HEAD else index


def _starts_by_date(lines: list[Text]) -> list[int]:
    anchors = [index for index, line in enumerate(lines) if is_dated(line)]
    starts: list[int] = []
    for anchor in anchors:
        start = _first_of_head(lines, anchor, starts[-1] + 1 if starts else 0)
        if not starts or start > starts[-1]:
            starts.append(start)
    if starts and starts[0] > MOST_BEFORE:
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
    rest = dates.cut(line.text, period)
    if rest and hints.is_sentence(line.text.rstrip(")")):
        return False
    return len(rest) <= DATED_REST and not (line.bullet and len(rest) > 70)


def _is_date_beside(line: Text) -> bool:
    """A single date in a cell of its own, or before a short name: `Transit app    2022`, `2022 Expense tracker`."""
    cells = line.cells
    if line.bullet or not cells or len(line.text) > 80:
        return False
    first, last = dates.SINGLE.match(line.text), dates.SINGLE.fullmatch(cells[-1].strip("() "))
    if first and first.end() == len(line.text):
        return "-" in dates.iso(first.group())  # a month on a line of its own dates what stands above it
    before = bool(first and line.text[first.end() : first.end() + 1].isspace())
    return (len(cells) > 1 and bool(last)) or (before and not hints.is_sentence(line.text))


def _first_of_head(lines: list[Text], anchor: int, least: int) -> int:
    """The first line of the head whose dates stand at `anchor`: what is above, as far as it looks like a head."""
    start = anchor
    if least and heads.is_whole(_rest(lines[anchor])):
        return anchor
    while start > least and anchor - start < MOST_BEFORE and not (lines[start].gap and start < anchor):
        above = lines[start - 1]
        if not _is_head(above, lines, start - 1):
            break
        start -= 1
        if above.gap or above.heading:
            break
    return start


def _rest(line: Text) -> list[str]:
    period = dates.find(line.text)
    return Text(dates.cut(line.text, period)).cells if period else line.cells


def _is_wrapped(lines: list[Text], index: int) -> bool:
    """Whether a line goes on with a bullet above it: it stands further in than that bullet does."""
    indent = lines[index].indent
    for above in reversed(lines[max(0, index - MOST_WRAPPED) : index]):
        if above.bullet:
            return above.indent + 1 < indent
        if above.indent + 1 < indent or above.gap:
            return False
    return False


def _is_head(line: Text, lines: list[Text], index: int) -> bool:
    """Whether a line above the dates belongs to the head, not to the end of the entry before."""
    if _is_wrapped(lines, index):
        return False
    if line.bullet or len(line.text) > LONGEST_HEAD or hints.is_sentence(line.text) or is_dated(line):
        return False
    below = lines[index + 1]
    if index == 0 or line.gap or line.heading:
        return not below.gap or index == 0 or line.heading
    stands_out = (line.bold and not lines[index - 1].bold) or line.size > below.size * 1.02 > 0
    alone = not _rest(below)  # the dates have a line of their own: what they date must be above
    told = hints.is_title(line.text) or hints.is_company(line.text)
    return stands_out or (alone and told and not below.gap)


def _starts_by_look(lines: list[Text]) -> list[int]:
    """A new entry begins with a line that stands out, or with a plain line after bullets."""
    starts = [0] if lines else []
    least = min((line.indent for line in lines if not line.bullet), default=0.0)
    for index in range(1, len(lines)):
        line, above = lines[index], lines[index - 1]
        plain = not line.bullet and len(line.text) <= LONGEST_HEAD and not hints.is_sentence(line.text)
        if not plain or hints.labelled(line.text)[0] or _is_wrapped(lines, index):
            continue
        after_bullets = above.bullet and line.indent <= least + 2 and not line.text[:1].islower()
        after_gap = line.gap and not any(other.bullet for other in lines)
        stands_out = (line.bold or line.heading) and not (above.bold or above.heading)
        if (after_bullets and (line.gap or line.size or line.bold)) or after_gap or stands_out:
            starts.append(index)
    return starts


def _entry(lines: list[Text]) -> Entry:
    """Lines up to the dates are the head, and some short plain lines after them as long as the head is thin."""
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
    if line.bullet or (line.gap and known) or len(line.text) > LONGEST_BELOW or hints.labelled(line.text)[0]:
        return False
    if known and heads.goes_on(known[-1], line.text) and (line.bold or lines[index - 1].bold):
        return True
    if hints.is_sentence(line.text) or (line.text[:1].islower() and not hints.is_company(line.text)):
        return False
    if heads.is_whole(known):
        return hints.is_place(line.text)
    ahead = lines[index + 1 : index + 3]
    before_bullet = any(other.bullet for other in ahead)
    told = line.bold or line.heading or hints.is_title(line.text) or hints.is_company(line.text)
    return before_bullet or told or (not known and len(line.text.split()) <= 8) or index + 1 == len(lines)
