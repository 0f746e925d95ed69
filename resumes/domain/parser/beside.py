"""Puts dates that a layout sets in a column of their own back beside what they date."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from providers.documents.base import Line
from resumes.domain.parser import dates

LONGEST_DATE = 40
MOST_PIECES = 3
SAME_HEIGHT = 4.0  # points between the lower edges of two texts that stand side by side
COLUMN_APART = 20.0  # points
FRAGMENT = re.compile(r"^[\d\s年月日년월일.,/~–—-]+$")
LEAST_TO_SORT = 2
BULLET = re.compile(r"^\s*[•●○◦▪■◆▸‣⁃∙·*o–—-]\s?")
Heights = dict[tuple[int, int], list[int]]


def with_dates_beside(lines: list[Line]) -> list[Line]:
    """The lines; a date that was read as a column of its own stands before the line at its height."""
    heights = _heights(lines)
    taken: set[int] = set()
    pieces: dict[int, range] = {}
    beside: dict[int, str] = {}
    apart: Counter[int] = Counter()
    for index in range(len(lines)):
        alone = index not in taken and _stands_apart(lines, index, taken)
        count, text = _date(lines[index : index + MOST_PIECES]) if alone else (0, "")
        partner = _partner(lines, index, heights) if count else None
        apart[lines[index].page] += bool(count)
        if partner is not None and partner not in beside:
            beside[partner] = text
            pieces[partner] = range(index, index + count)
            taken.update(pieces[partner])
    for partner in [one for one in beside if _is_chance(lines[one].page, apart, beside, lines)]:
        taken.difference_update(pieces[partner])
        del beside[partner]
    put_back = {index: replace(lines[index], text=f"{date}\t{lines[index].text}") for index, date in beside.items()}
    kept = [put_back.get(index, line) for index, line in enumerate(lines) if index not in taken]
    pages = Counter(line.page for line in put_back.values())
    return _by_height(kept, {page for page, count in pages.items() if count >= LEAST_TO_SORT})


def _is_chance(page: int, apart: Counter[int], beside: dict[int, str], lines: list[Line]) -> bool:
    """Whether most dates of the page stand beside nothing: then they are none of a column of dates."""
    return sum(lines[partner].page == page for partner in beside) * 2 < apart[page]


def _by_height(lines: list[Line], pages: set[int]) -> list[Line]:
    """Pages that were read as two columns although they are one with dates at its side, read from top to bottom."""
    order = {id(line): place for place, line in enumerate(lines)}

    def height(line: Line) -> tuple[int, float, int]:
        return line.page, -line.box[3] if line.page in pages and line.box else 0.0, order[id(line)]

    return sorted(lines, key=height) if pages else lines


def _stands_apart(lines: list[Line], index: int, taken: set[int]) -> bool:
    """Whether white space, a heading or another date stands above: a date in a side column has its school there."""
    line, above = lines[index], lines[index - 1] if index else None
    return (
        above is None
        or line.gap
        or above.bold
        or above.size > line.size
        or index - 1 in taken
        or above.page != line.page
    )


def _date(lines: list[Line]) -> tuple[int, str]:
    """How many of the first lines together are one date and nothing else, and that date; the most telling count."""
    best = (0, "")
    if not lines[0].box or len(lines[0].text) > LONGEST_DATE or not re.search(r"\d", lines[0].text):
        return best
    for count in range(1, len(lines) + 1):
        joined = " ".join(line.text.strip() for line in lines[:count])
        found = dates.find(joined) if len(joined) <= LONGEST_DATE else None
        fragment = count == 1 or FRAGMENT.match(lines[count - 1].text) or (found and found.current)
        if found and fragment and not dates.cut(joined, found):
            best = (count, joined)
    return best


def _heights(lines: Iterable[Line]) -> Heights:
    found: Heights = defaultdict(list)
    for index, line in enumerate(lines):
        if line.box:
            found[line.page, round(line.box[1] / SAME_HEIGHT)].append(index)
    return found


def _partner(lines: list[Line], index: int, heights: Heights) -> int | None:
    """The line that stands to the right at the same height."""
    own = lines[index].box or (0.0, 0.0, 0.0, 0.0)
    left, bottom = own[:2]
    step = round(bottom / SAME_HEIGHT)
    for other in (other for near in (0, -1, 1) for other in heights.get((lines[index].page, step + near), ())[:5]):
        box = lines[other].box
        if box and box[0] > left + COLUMN_APART and abs(box[1] - bottom) <= SAME_HEIGHT:
            told = dates.find(lines[other].text) or BULLET.match(lines[other].text)
            return None if told else other
    return None
