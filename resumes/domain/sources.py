"""Finds where each value of a profile stands in the document, whoever made the profile.

A value is found as it is written, or as what it was made of: `2021-03` in `март 2021`, a telephone number in
international form in one without its country, a skill by another of its names, a paragraph over broken lines.
Of several places the one counts that is nearest to the rest of its entry.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypedDict

from providers.documents.base import Document
from resumes.domain.occurrences import Occurrences, Span
from resumes.domain.passages import line_starts

ENTRIES = ("work", "volunteer", "education", "awards", "certificates", "publications", "references", "projects")
LISTS = ("skills", "languages", "interests")
#: What stands in the head of an entry; the rest follows below it.
HEAD = frozenset(
    {"name", "position", "institution", "organization", "title", "studyType", "area", "email", "phone", "language"}
    | {"startDate", "endDate", "date", "releaseDate"}
)
ROOM = 300  # characters that an entry may have beside its values
MOST_TIES = 16


class Source(TypedDict):
    """Page from 1, offsets into `Document.text`, and the box of its lines (left, bottom, right, top; points)."""

    page: int
    start: int
    end: int
    box: list[float] | None


@dataclass(frozen=True)
class Value:
    """A text of a profile. `name` is its field, `beside` the address that a network's name is read from."""

    pointer: str
    name: str
    text: str
    beside: str = ""


@dataclass
class Group:
    """Values that stand together, with every place of each."""

    places: dict[str, list[Span]] = field(default_factory=dict)
    heads: set[str] = field(default_factory=set)
    length: int = 0


def locate(document: Document, profile: dict[str, Any]) -> dict[str, Source]:
    """The source of each value that occurs, by its JSON pointer (`/work/0/position`). Takes any profile."""
    occurrences = Occurrences(document)
    pages = Pages(document)
    found: dict[str, Source] = {}
    for section, value in profile.items():
        after = 0
        for group in _groups(section, value, occurrences):
            chosen = _choose(group, after)
            after = max([after, *(start for start, _end in chosen.values())])
            found.update({pointer: pages.source(span) for pointer, span in chosen.items()})
    return found


def values(value: Any, pointer: str = "") -> Iterator[Value]:
    """Every text that is not empty, in order."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str) and inner.strip():
                beside = str(value.get("url", "")) if name == "network" else ""
                yield Value(f"{pointer}/{name}", name, inner, beside)
            elif isinstance(inner, dict | list):
                yield from values(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        name = pointer.rpartition("/")[2]
        for index, inner in enumerate(value):
            if isinstance(inner, str) and inner.strip():
                yield Value(f"{pointer}/{index}", name, inner)
            elif isinstance(inner, dict | list):
                yield from values(inner, f"{pointer}/{index}")


def _groups(section: str, value: Any, occurrences: Occurrences) -> Iterator[Group]:
    """Each entry of a section, or a whole section whose entries are mere words."""
    pointer = f"/{section}"
    if section in ENTRIES and isinstance(value, list):
        for index, entry in enumerate(value):
            yield _group(values(entry, f"{pointer}/{index}"), occurrences)
    else:
        yield _group(values(value, pointer), occurrences, is_list=section in LISTS)


def _group(values: Iterator[Value], occurrences: Occurrences, *, is_list: bool = False) -> Group:
    group = Group()
    for value in values:
        places = occurrences.of(value.name, value.text, value.beside)
        group.length += len(value.text)
        if places:
            group.places[value.pointer] = places
            if is_list or value.name in HEAD:
                group.heads.add(value.pointer)
    return group


def _choose(group: Group, after: int) -> dict[str, Span]:
    """One place of each value: within the window where most of the entry stands, else nearest to it."""
    window = _window(group, after)
    return {pointer: _nearest(places, window) for pointer, places in group.places.items()}


def _window(group: Group, after: int) -> Span:
    """Where the most values of a head stand together; of equal ones, where the body follows, and the first not told."""
    size = group.length * 2 + ROOM
    heads = group.heads or set(group.places)
    events = sorted((place, pointer) for pointer in heads for place in group.places[pointer])
    windows = list(_windows(events, size))
    if not windows:
        return 0, 0
    most = max(count for count, _window in windows)
    best = [window for count, window in windows if count == most]
    shortest = min(end - start for start, end in best)
    ties = [window for window in best if window[1] - window[0] <= shortest + ROOM]
    ties = [window for window in ties if window[0] >= after][:MOST_TIES] or ties[:MOST_TIES]
    bodies = [places for pointer, places in group.places.items() if pointer not in heads]
    return max(ties, key=lambda window: (_followed(window, bodies, size), window[0] - window[1]))


def _windows(events: list[tuple[Span, str]], size: int) -> Iterator[tuple[int, Span]]:
    """For each last event, how many values the window before it holds, made as short as it can be."""
    inside: dict[str, int] = {}
    first = 0
    for (start, end), pointer in events:
        inside[pointer] = inside.get(pointer, 0) + 1
        while start - events[first][0][0] > size or inside[events[first][1]] > 1:
            earlier = events[first][1]
            inside[earlier] -= 1
            if not inside[earlier]:
                del inside[earlier]
            first += 1
        yield len(inside), (events[first][0][0], max(end, start))


def _followed(window: Span, bodies: list[list[Span]], size: int) -> int:
    """How many values of the body stand in the window or below it."""
    start, end = window[0], window[1] + size
    return sum(bisect_left(places, (start, 0)) < bisect_right(places, (end, end)) for places in bodies)


def _nearest(places: list[Span], window: Span) -> Span:
    """The first place within the window, else the first below it, else the last above."""
    at = bisect_left(places, (window[0], 0))
    if at == len(places):
        return places[-1]
    below = places[at]
    above = places[at - 1] if at else below
    is_far = below[0] > window[1] and below[0] - window[1] > window[0] - above[1] + ROOM
    return above if is_far else below


class Pages:
    """Tells the page and the box of a piece of a document's text."""

    def __init__(self, document: Document) -> None:
        self._lines = document.lines
        self._starts = line_starts(document)

    def source(self, span: Span) -> Source:
        start, end = span
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_left(self._starts, end), first + 1)
        page = self._lines[first].page
        boxes = [line.box for line in self._lines[first:last] if line.page == page and line.box]
        return Source(page=page, start=start, end=end, box=_around(boxes))


def _around(boxes: list[tuple[float, float, float, float]]) -> list[float] | None:
    if not boxes:
        return None
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return [round(edge, 2) for edge in (min(lefts), min(bottoms), max(rights), max(tops))]
