"""The outline of a program in any language by its words and indents: where no parser reads it, or not in time."""

import re

from interviews.coding.follow_ups.outline import Outline, Span

LOOP = re.compile(r"^\s*(?:for|while|foreach|until|loop|do)\b")
FUNCTION = re.compile(
    r"^\s*(?:async\s+|public\s+|private\s+|static\s+|pub\s+)*(?:def|function|func|fn)\s+([A-Za-z_]\w*)"
)
CALL = re.compile(r"\b([A-Za-z_]\w{0,60})\s{0,3}\(")
VARIABLE = re.compile(r"^\s*(?:let\s+|var\s+|const\s+|auto\s+|int\s+|mut\s+)*([A-Za-z_]\w*)\s*:?=(?!=)")
NUMBER = re.compile(r"(?<![\w.])\d{1,12}(?:\.\d{1,6})?(?![\w.])")


def outline(blanked: list[str]) -> Outline:
    """Of lines without strings and comments. A block ends before the next line that is indented no deeper."""
    found, ends = Outline(), _ends(blanked)
    for row, line in enumerate(blanked):
        _take(line, row + 1, ends[row], found)
    return found


def _take(line: str, number: int, last: int, found: Outline) -> None:
    indent = len(line) - len(line.lstrip())
    if LOOP.match(line):
        found.loops.append(Span((number, indent), (last, 2**20)))
    function = FUNCTION.match(line)
    if function:
        found.functions.append(Span((number, indent), (last, 2**20), function[1]))
    elif variable := VARIABLE.match(line):
        found.variables.append(_span(number, variable))
    found.calls += [_span(number, one) for one in CALL.finditer(line) if not function or one[1] != function[1]]
    found.numbers += [_span(number, one, 0) for one in NUMBER.finditer(line)]


def _span(number: int, match: re.Match[str], group: int = 1) -> Span:
    return Span((number, match.start(group)), (number, match.end(group)), match[group])


def _ends(lines: list[str]) -> list[int]:
    """For each line the number of the last one of the block that it begins; in one pass."""
    ends, open_rows, last = [len(lines)] * len(lines), list[tuple[int, int]](), 0
    for row, line in enumerate(lines):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        while open_rows and open_rows[-1][1] >= indent:
            ends[open_rows.pop()[0]] = max(last, 1)
        open_rows.append((row, indent))
        last = row + 1
    for row, _indent in open_rows:
        ends[row] = last
    return ends
