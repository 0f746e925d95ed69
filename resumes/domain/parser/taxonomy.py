"""The skills that are known by name: their spellings in four languages, and how near they are to each other."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from resumes.domain.parser.words import CJK, load

TOKEN = re.compile(
    r"[A-Za-z\u00c0-\u024f\u0400-\u04ff0-9.][A-Za-z\u00c0-\u024f\u0400-\u04ff0-9+#.'’-]*"
    r"|[\u4e00-\u9fff]+|[\uac00-\ud7a3]+|[^\w\s]"
)
#: Endings of Russian nouns and adjectives: `машинного обучения` and `машинное обучение` become one.
ENDINGS = re.compile(
    "(?:ами|ями|ого|его|ому|ему|ыми|ими|иям|иях|ией|ием|ов|ев|ей|ой|ий|ый|ая|яя|ое|ее|ые|ие|ия|ии|ию|ье|ья|ью|ам|ям|ах|ях|ом"
    "|ем|ую|юю|ых|их|им|ым|а|я|о|е|ы|и|у|ю|ь|й)$"
)
RULES = ("companions", "exact", "capital", "cased", "listed")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Spelling:
    """`rule` is one of RULES for a word that means other things as well, and empty for any other."""

    skill: str
    written: str
    rule: str = ""


@dataclass(frozen=True)
class Taxonomy:
    """`phrases` are spellings by their folded words, `longest` the most words of those that begin with a word.

    `syllables` are the Chinese and Korean spellings by their first two characters, longest first. `fields` tells the
    field of each skill, `names` the skill of each spelling in lower case.
    """

    names: dict[str, str]
    fields: dict[str, str]
    phrases: dict[Phrase, Spelling]
    longest: dict[str, int]
    syllables: dict[str, list[Spelling]]


@functools.cache
def taxonomy() -> Taxonomy:
    phrases: dict[Phrase, Spelling] = {}
    longest: dict[str, int] = defaultdict(int)
    syllables: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in _spellings():
        if CJK.search(spelling.written):
            syllables[spelling.written[:2].lower()].append(spelling)
        elif phrase := tuple(map(fold, TOKEN.findall(spelling.written))):
            phrases.setdefault(phrase, spelling)
            longest[phrase[0]] = max(longest[phrase[0]], len(phrase))
    for spellings in syllables.values():
        spellings.sort(key=lambda spelling: -len(spelling.written))
    fields = {str(name): field for field, skills in load("skills").items() if field not in RULES for name in skills}
    return Taxonomy(_names(), fields, phrases, dict(longest), dict(syllables))


def _spellings() -> Iterator[Spelling]:
    """Every spelling of every skill; skills first by their own names, so that no other's spelling takes them."""
    rules = {str(word).casefold(): rule for rule in RULES for word in load("skills")[rule]}
    everything = [(str(name), [str(other) for other in others]) for name, others in _skills()]
    for name, _others in everything:
        yield Spelling(name, name, rules.get(name.casefold(), ""))
    for name, others in everything:
        yield from (Spelling(name, other, rules.get(other.casefold(), "")) for other in others)


def _skills() -> Iterator[tuple[str, list[str]]]:
    for field, skills in load("skills").items():
        if field not in RULES:
            yield from skills.items()


def _names() -> dict[str, str]:
    names = {_plain(str(other)): str(name) for name, others in _skills() for other in others}
    return names | {_plain(str(name)): str(name) for name, _others in _skills()}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@functools.lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word as it is looked up: in lower case, without marks at its end or a Russian ending."""
    plain = word.casefold().rstrip(".-'’").replace("ё", "е") or word
    if len(plain) > 4 and "\u0400" <= plain[-1] <= "\u04ff":
        return ENDINGS.sub("", plain)
    return plain


def key_of(name: str) -> str:
    """What a skill is stored and looked up by: one key for all spellings of it, at most 100 characters."""
    plain = _plain(name)
    known = taxonomy()
    if plain not in known.names and not CJK.search(plain):
        spelling = known.phrases.get(tuple(map(fold, TOKEN.findall(plain))))
        return _plain(spelling.skill if spelling else plain)[:100]
    return _plain(known.names.get(plain, plain))[:100]


def neighbours(key: str) -> Mapping[str, float]:
    """How far whoever has the skill `key` has other skills too: `{other key: closeness}`, each above 0 and at most 1.

    Nearness need not be mutual: who knows Django knows Python (1.0), not the other way round.
    """
    return MappingProxyType(_neighbours().get(key, {}))


@functools.cache
def _neighbours() -> dict[str, dict[str, float]]:
    near: dict[str, dict[str, float]] = defaultdict(dict)
    loaded = load("neighbours")
    for family in loaded["families"]:
        keys = list(map(key_of, family["skills"]))
        for one in keys:
            near[one].update({other: family["closeness"] for other in keys if other != one})
    for one, other, closeness in loaded["pairs"]:
        near[key_of(one)][key_of(other)] = near[key_of(other)][key_of(one)] = closeness
    for name, implied in loaded["implies"].items():
        near[key_of(name)].update({key_of(other): 1.0 for other in implied})
    return dict(near)
