"""Repairs what a layout tears apart in a section: periods broken by a narrow column, and the rows of a table."""

import re
from collections.abc import Iterator
from dataclasses import replace

from resumes.domain.parser import dates, hints
from resumes.domain.parser.lines import Text

LONGEST_DATE = 40
MOST_PIECES = 3
MOST_WRAPPED = 20
OPENED = re.compile(rf"^{dates.SINGLE.pattern}\s*[–—-](?:\s+|$)", re.IGNORECASE)
LABELS = ("period", "company", "position", "institution", "area", "degree", "location", "graduated", "score", "duties")


def rejoined(lines: list[Text]) -> list[Text]:
    """Periods in the first cells of two or three lines are one: `June 2020 –` above `Present`, each beside a text."""
    found: list[Text] = []
    index = 0
    while index < len(lines):
        count = _torn(lines[index : index + MOST_PIECES])
        if _goes_on(lines[index : index + 2]):
            found.append(replace(lines[index], text=f"{lines[index].text} {lines[index + 1].text}"))
            count = 2
        elif count < 2 and (joined := _closed(lines[index : index + 2])):
            found.extend(joined)
            index += 1
        elif count > 1:
            found.extend(_untorn(lines[index : index + count]))
        else:
            found.append(lines[index])
        index += max(count, 1)
    return found


def _torn(lines: list[Text]) -> int:
    """Over how many lines the period of the first one goes; 0 where it is whole or none."""
    first = [line.cells[0] if line.cells else "" for line in lines]
    if not first or len(first[0]) > LONGEST_DATE or lines[0].bullet or not dates.find(first[0]):
        return 0
    whole = dates.find_period(first[0])
    for count in range(2, len(lines) + 1):
        joined = " ".join(first[:count])
        period = dates.find_period(joined)
        if period and period != whole and not dates.cut(joined, period) and not dates.find_period(first[count - 1]):
            return count if len(joined) <= LONGEST_DATE and not lines[count - 1].bullet else 0
    return 0


def _goes_on(lines: list[Text]) -> bool:
    """`2020 - Наст.` above `время`: the end of a period that the layout wrapped."""
    if len(lines) < 2 or len(lines[1].text) > MOST_WRAPPED or lines[1].bullet or dates.find(lines[1].text):
        return False
    joined = f"{lines[0].text} {lines[1].text}"
    whole = dates.find_period(joined)
    return bool(whole and whole.span[0] < len(lines[0].text) and whole.span[1] == len(joined))


def _untorn(lines: list[Text]) -> Iterator[Text]:
    period = " ".join(line.cells[0] for line in lines)
    for index, line in enumerate(lines):
        rest = line.cells[1:]
        cells = [period, *rest] if index == 0 else rest
        if cells:
            yield replace(line, text="\t".join(cells))


def _closed(lines: list[Text]) -> list[Text]:
    """`June 2020 – Engineer, Acme` above `Present Worked on…`: what a single space divides."""
    opened = OPENED.match(lines[0].text)
    closing = len(lines) > 1 and (dates.PRESENT.match(lines[1].text) or dates.SINGLE.match(lines[1].text))
    if not opened or not closing or dates.find_period(lines[0].text) or lines[0].bullet or lines[1].bullet:
        return []
    first = f"{opened.group().strip()} {closing.group()}\t{lines[0].text[opened.end() :]}"
    under = lines[1].text[closing.end() :].strip()
    return [replace(lines[0], text=first.strip()), *([replace(lines[1], text=under)] if under else [])]


def without_tables(lines: list[Text]) -> list[Text]:
    """The rows of a table whose first row names its columns become lines with labels: `Company: Acme`."""
    found: list[Text] = []
    header: list[str] = []
    for line in lines:
        cells = line.cells
        if _is_header(cells):
            header = cells
        elif header and len(cells) == len(header):
            found.extend(_row(header, line))
        else:
            header = []
            found.append(line)
    return found


def _is_header(cells: list[str]) -> bool:
    return len(cells) > 1 and all(hints.labelled_as(f"{cell}: x", *LABELS)[0] for cell in cells)


def _row(header: list[str], line: Text) -> Iterator[Text]:
    for index, (label, cell) in enumerate(zip(header, line.cells, strict=True)):
        yield replace(line, text=f"{label.rstrip(':：')}: {cell}", gap=index == 0, first=line.first and index == 0)
