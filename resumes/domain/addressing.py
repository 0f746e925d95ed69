"""Where a text speaks to a model: orders, or a form of address and what the model is to find.

The phrases are in `data/poisoning.yaml`. They are looked up in every form that a disguise may have, see `disguises`.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from resumes.domain import disguises
from resumes.domain.disguises import Form, Look, Span

NEAR = 250  # characters between a form of address and a verdict, or between an order and one
ASKED_NEAR = 15  # characters between a machine's name and what it is asked
TOLD_NEAR = 80  # characters between a phrase and the word that tells that it is told of
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
SCRIPTS = (CYRILLIC, re.compile("[\u3400-\u9fff]"), re.compile("[\u3040-\u30ff]"), re.compile("[\uac00-\ud7a3]"))
LEET = re.compile(r"[a-z][0134579@$|]+[a-z]", re.IGNORECASE)
QUOTES = frozenset("\"'`“”‘’«»„「」『』《》()[]")
QUOTE_NEAR = 40
WORDS_NEAR = 24
SENTENCE = re.compile(r"[.!?。！？;；\n]")


@dataclass(frozen=True)
class Phrase:
    """`looks` are the forms of a text that it is looked up in, `scripts` what the text has to have some letter of."""

    pattern: re.Pattern[str]
    is_joined: bool
    looks: tuple[Look, ...]
    scripts: tuple[re.Pattern[str], ...]


class Places:
    """The places of the rules' phrases in one text, each form of it made once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._forms: dict[tuple[Look, bool], Form] = {}
        self._found: dict[str, list[Span]] = {}
        self._scripts = {script for script in SCRIPTS if script.search(disguises.plain_text(text))}
        self._is_leet = bool(LEET.search(text))

    def of(self, group: str) -> list[Span]:
        """In the text's order."""
        if group not in self._found:
            self._found[group] = sorted({span for phrase in phrases(group) for span in self._of(phrase)})
        return self._found[group]

    def _of(self, phrase: Phrase) -> Iterator[Span]:
        if not self._scripts.issuperset(phrase.scripts):
            return
        texts = set()
        for look in phrase.looks:
            if look is disguises.leet and not self._is_leet:
                continue
            form = self._form(look, is_joined=phrase.is_joined)
            if form.text not in texts:
                texts.add(form.text)
                yield from (form.span(*match.span()) for match in phrase.pattern.finditer(form.text))

    def _form(self, look: Look, *, is_joined: bool) -> Form:
        if (look, is_joined) not in self._forms:
            make = disguises.joined if is_joined else disguises.spaced
            self._forms[look, is_joined] = make(self._text, look)
        return self._forms[look, is_joined]


@functools.cache
def phrases(group: str) -> list[Phrase]:
    rules = disguises.rules()[group].items()
    return [_phrase(pattern, is_joined=kind == "joined") for kind, patterns in rules for pattern in patterns]


def _phrase(pattern: str, *, is_joined: bool) -> Phrase:
    scripts = tuple(script for script in SCRIPTS if script.search(pattern))
    looks: tuple[Look, ...] = (disguises.latin,)
    if CYRILLIC in scripts:
        looks = (disguises.plain, disguises.cyrillic)
    elif is_joined and not scripts:
        looks = (disguises.latin, disguises.leet)
    return Phrase(re.compile(_folded(pattern, is_joined=is_joined)), is_joined, looks, scripts[:1])


def _folded(pattern: str, *, is_joined: bool) -> str:
    """A pattern as the forms are: `й` is `и` there, and nothing is between words that are joined."""
    letters = "".join(letter if letter.isascii() else disguises.plain(letter) or letter for letter in pattern)
    return letters.replace(" ", "") if is_joined else letters


def places(text: str) -> Iterator[Span]:
    """Offsets of what speaks to a model, without the rest of its sentence."""
    found = Places(text)
    for order in found.of("orders"):
        if not _is_said_by_a_person(text, order) and not _is_told(text, order, found):
            yield order
    for bare in found.of("imperatives"):
        if _begins_a_sentence(text, bare) and not _is_told(text, bare, found):
            yield bare
    if found.of("addresses"):
        yield from _addressed(found)
    for start, end in found.of("names"):
        for other in _beside((start, end), found.of("requests")):
            if end <= other[0] <= end + ASKED_NEAR:
                yield start, other[1]


def _addressed(found: Places) -> Iterator[Span]:
    """Forms of address with a verdict beside them."""
    for address in found.of("addresses"):
        for verdict in _beside(address, found.of("verdicts")):
            yield min(address[0], verdict[0]), max(address[1], verdict[1])


def _beside(span: Span, others: list[Span]) -> list[Span]:
    """Of sorted spans the last that begins before one, and the first that begins behind it, where they are near."""
    at = bisect_right(others, span)
    return [one for one in others[max(at - 1, 0) : at + 1] if one[0] - span[1] <= NEAR and span[0] - one[1] <= NEAR]


def _is_told(text: str, span: Span, found: Places) -> bool:
    """Whether a phrase is told as an example of an attack: engineers write of those."""
    before = disguises.plain_text(text[max(0, span[0] - TOLD_NEAR) : span[0]])
    after = disguises.plain_text(text[span[1] : span[1] + TOLD_NEAR])
    if not (_is_example(before) or _is_quoted(before, after)):
        return False
    beside = [*_beside(span, found.of("verdicts")), *_beside(span, found.of("addresses"))]
    return all("\n" in text[min(span[1], other[1]) : max(span[0], other[0])] for other in beside)


def _is_example(before: str) -> bool:
    return bool(_pattern("told").search(SENTENCE.split(before)[-1]))


def _is_quoted(before: str, after: str) -> bool:
    if not (set(before[-QUOTE_NEAR:]) & QUOTES and set(after) & QUOTES):
        return False
    return any(_pattern(words).search(part) for words in ("told", "quoted") for part in (before, after))


def _is_said_by_a_person(text: str, span: Span) -> bool:
    """`I would rate this candidate as excellent` is a letter of reference."""
    return bool(
        _pattern("persons", is_end=True).search(disguises.plain_text(text[max(0, span[0] - WORDS_NEAR) : span[0]]))
    )


def _begins_a_sentence(text: str, span: Span) -> bool:
    before = disguises.plain_text(text[max(0, span[0] - WORDS_NEAR) : span[0]])
    is_first = "\n" in before[len(before.rstrip()) :] and not text[span[0]].islower()
    is_behind_a_mark = not before.rstrip()[-1:].isalnum()
    return is_first or is_behind_a_mark or bool(_pattern("beginnings", is_end=True).search(before))


@functools.cache
def _pattern(name: str, *, is_end: bool = False) -> re.Pattern[str]:
    """One of the rules' lists; with `is_end` at the end of a text, before white space."""
    words = "|".join(_folded(word, is_joined=False) for word in disguises.rules()[name])
    return re.compile(rf"(?:{words})\s*$" if is_end else words)
