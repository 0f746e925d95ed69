"""Cutting a text that is still being written into pieces that can be spoken: sentences, the first one early."""

import re

from interviews.live.words import weight

# In units of `words.weight`: some 33 ms of speech each.
FIRST_LEAST = 20  # "Good question." may go ahead, "Hm." waits for what follows
LEAST = 60
FIRST_CLAUSE = 70  # the first piece may end at a comma from here
LONG = 600  # every piece may, from here
LONGEST = 1_200  # and at any space from here

_END = re.compile(r"(?P<mark>[.!?…。！？｡]+)[)\]\"'»”’」』）]*|\n+")
_CLAUSE = re.compile(r"[,;:—–](?=\s)|[，；：]")
_LAST_WORD = re.compile(r"[^\s(\[\"'«“]*\Z")
_LIST_NUMBER = re.compile(r"(?:\A|\n)\s*\d{1,3}\Z")
_ABBREVIATIONS = frozenset(
    word
    for words in (
        "e.g i.e etc vs mr mrs ms dr prof st fig approx dept inc ltd co jr sr vol pp cf al ph.d a.m p.m",
        "т т.е т.к т.д т.п т.н т.ч д п др пр напр г гг вв ул стр рис см ср им руб коп тыс млн млрд мин сек долл англ",
    )
    for word in words.split()
)
_PRONOUNS = "IЯ"


class SentenceCutter:
    """One text's pieces. Together they are the text, to the last space."""

    def __init__(self) -> None:
        self._held = ""
        self._first = True

    def feed(self, delta: str) -> list[str]:
        """The pieces that are whole with `delta`. An end is believed when what follows has been seen."""
        self._held += delta
        pieces = []
        while (end := self._border()) is not None:
            pieces.append(self._held[:end])
            self._held, self._first = self._held[end:], False
        return pieces

    def rest(self) -> str:
        """The last piece, when the text is over; empty when nothing is left."""
        rest, self._held = self._held, ""
        return rest

    def _border(self) -> int | None:
        end = self._sentence_end()
        if end is None and (size := weight(self._held)) >= (FIRST_CLAUSE if self._first else LONG):
            end = self._clause_end(FIRST_CLAUSE if self._first else LEAST)
            if end is None and size >= LONGEST:
                end = self._word_end(LONG)
        return end

    def _sentence_end(self) -> int | None:
        least = FIRST_LEAST if self._first else LEAST
        for found in _END.finditer(self._held):
            end = _after_spaces(self._held, found.end())
            if end == len(self._held):
                return None
            if _ends_sentence(self._held, found) and weight(self._held[:end]) >= least:
                return end
        return None

    def _clause_end(self, least: int) -> int | None:
        for found in _CLAUSE.finditer(self._held):
            end = _after_spaces(self._held, found.end())
            if weight(self._held[:end]) >= least and end < len(self._held):
                return end
        return None

    def _word_end(self, least: int) -> int:
        """Where no mark helps: behind the first space after `least`, else right there."""
        units, sizes = 0, []
        for char in self._held:
            units += weight(char)
            sizes.append(units)
        enough = next(at for at, size in enumerate(sizes) if size >= least)
        return self._held.find(" ", enough) + 1 or enough + 1


def pieces_of(text: str) -> list[str]:
    """A whole text's pieces."""
    cutter = SentenceCutter()
    pieces = cutter.feed(text)
    return [*pieces, rest] if (rest := cutter.rest()) else pieces


def _after_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    mark = found["mark"]
    if mark is None or mark[-1] in "。！？｡":
        return True
    after = _after_spaces(text, found.end())
    if after == found.end():
        return False  # 3.14, node.js, v2.0
    if mark[-1] in "!?":
        return True
    return not text[after].islower() and not (mark == "." and _is_abbreviation(text[: found.start()]))


def _is_abbreviation(before: str) -> bool:
    """Whether the point after `before` belongs to its last word: "e.g.", "г.", initials, a list item's number."""
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    initial = len(word) == 1 and word.isupper() and word not in _PRONOUNS
    return initial or word.lower() in _ABBREVIATIONS or _LIST_NUMBER.search(before) is not None
