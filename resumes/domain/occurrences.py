"""Every place of a value in a document, also of what the value was made of."""

import functools
import re
from collections import defaultdict

from providers.documents.base import Document
from resumes.domain.folding import Folded, fold
from resumes.domain.parser import dates
from resumes.domain.parser.basics import NETWORKS
from resumes.domain.parser.lines import LONGEST
from resumes.domain.parser.skills import find, key_of

Span = tuple[int, int]
DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})
NUMBER = re.compile(r"[+(]{0,2}\d[\d\s().\-–/]{5,30}\d")
SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
MOST = 200  # places of one value that are looked at
HEAD = 24  # characters by which a broken text is found
GAP = 400  # characters of a page's foot and the next one's head between two halves of a text
PIECE = 12


class Occurrences:
    """The places in one document's text, each value looked for once.

    Looking for a value takes time linear in the text, and the profile is of the text: a value that it lacks is rare.
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._folded = Folded(self._text)
        self._known: dict[tuple[str, str], list[Span]] = {}

    def of(self, field: str, text: str, beside: str = "") -> list[Span]:
        """In the text's order. `field` is the name of the value's field, `beside` the address told with it."""
        kind = field if field in {"email", "phone", "url", "network"} | DATES else ""
        if (kind, text) not in self._known:
            self._known[kind, text] = sorted(self._look(kind, text, beside))
        return self._known[kind, text]

    def _look(self, kind: str, text: str, beside: str) -> list[Span]:
        if kind in DATES:
            return self._dates.get(text, [])
        if kind == "email":
            return [match.span() for match in re.finditer(re.escape(text), self._text, re.IGNORECASE)][:MOST]
        if kind == "phone":
            return self._phones(re.sub(r"\D", "", text))
        if kind == "url":
            return self._written(SCHEME.sub("", text).rstrip("/"))
        places = self._written(text) or self._skills.get(key_of(text), []) or self._broken(fold(text))
        return places or (self._network(text, beside) if kind == "network" else [])

    def _written(self, text: str) -> list[Span]:
        wanted = fold(text)
        ends = ((start, start + len(wanted)) for start in self._folded.find(wanted, MOST))
        places = [self._folded.span(*place) for place in ends if self._folded.is_whole(*place)]
        alike = [(start, end) for start, end in places if _words(self._text[start:end]) == _words(text)]
        return alike or places

    def _network(self, name: str, address: str) -> list[Span]:
        """A network is named by its address."""
        domain = SCHEME.sub("", address).partition("/")[0].casefold()
        known = any(name == network and domain.endswith(end) for end, network in NETWORKS.items())
        return self.of("url", address) if known else []

    def _broken(self, wanted: str) -> list[Span]:
        """A long text with something else in its middle: a page's foot, marks that were left out."""
        if len(wanted) < HEAD:
            return []
        starts = self._folded.find(wanted[:HEAD], MOST)
        ends = ((start, self._end_of(wanted, start)) for start in starts)
        return [self._folded.span(start, end) for start, end in ends if end is not None]

    def _end_of(self, wanted: str, start: int) -> int | None:
        """Where a text ends that begins at `start`; None where a part of it is not there."""
        at, done, gaps = start, 0, 1 + len(wanted) // 40
        text = self._folded.text
        while True:
            same = _alike(wanted[done:], text[at : at + len(wanted) - done])
            at, done, gaps = at + same, done + same, gaps - 1
            if done == len(wanted):
                return at
            at = text.find(wanted[done : done + PIECE], at, at + GAP) if gaps >= 0 else -1
            if at < 0:
                return None

    def _phones(self, wanted: str) -> list[Span]:
        """By the last nine digits: what comes before is the country's or the trunk prefix."""
        if len(wanted) < 7:
            return []
        return [span for digits, span in self._numbers if wanted[-9:] in digits]

    @functools.cached_property
    def _numbers(self) -> list[tuple[str, Span]]:
        return [(re.sub(r"\D", "", match.group()), match.span()) for match in NUMBER.finditer(self._text)]

    @functools.cached_property
    def _skills(self) -> dict[str, list[Span]]:
        places: dict[str, list[Span]] = defaultdict(list)
        for key, start, end in find(self._text):
            places[key].append((start, end))
        return places

    @functools.cached_property
    def _dates(self) -> dict[str, list[Span]]:
        """Places of each date that the text tells, also cut to less than it tells."""
        places: dict[str, list[Span]] = defaultdict(list)
        offset = 0
        for line in self._text.splitlines(keepends=True):
            for start in range(0, len(line), LONGEST):
                for iso, span in _dates_of(line[start : start + LONGEST]):
                    place = (offset + start + span[0], offset + start + span[1])
                    for known in {iso, iso[:4]}:
                        places[known].append(place)
            offset += len(line)
        return places


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _words(text: str) -> list[str]:
    """`Ann Lee` is not `annlee`, where both are there."""
    return [word for word in map(fold, text.split()) if word]


def _dates_of(line: str) -> list[tuple[str, Span]]:
    """The points of time in a line, and the ends of its first period where one of them is shortened."""
    found = [(dates.iso(match.group()), match.span()) for match in dates.SINGLE.finditer(line)]
    period = dates.find_period(line)
    told = [iso for iso in (period.start, period.end) if iso] if period else []
    known = {iso for iso, _span in found}
    return [*found, *((iso, period.span) for iso in told if period and iso not in known)]
