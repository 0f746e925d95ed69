"""Skills: a taxonomy with other spellings in four languages, and what a skills section lists beyond it."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from resumes.domain import schema
from resumes.domain.parser import hints, texts
from resumes.domain.parser.lines import LONGEST, Text
from resumes.domain.parser.sections import Sections
from resumes.domain.parser.words import load

TOKEN = re.compile(r"[A-Za-zА-Яа-яЁё0-9.][A-Za-zА-Яа-яЁё0-9+#.'’-]*|[\u4e00-\u9fff]+|[\uac00-\ud7a3]+|[^\w\s]")
ITEMS = re.compile(r"[,，、;；•·|\t]\s*(?![^(（]*[)）])|\s{2,}|[.。](?=\s|$)")
GROUP = re.compile(r"^[^:：]{1,40}[:：]\s*(?=\S)")
SLASH = re.compile(r"\s*/\s*")
OUTER = re.compile(r"[()（）\[\]]")
SEPARATORS = set(",，、;；•·|/\\()（）:：[]\t")
TOLD_BY = {"in", "using", "на", "с"}
TOLD_UNTIL = {*SEPARATORS, ".", "and", "и"}
LONGEST_PHRASE = 5
MOST_WORDS = 4
MOST_SKILLS = 150
CASED = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]")
NOT_SKILLS = re.compile(
    r"^(?:\W*|and|or|etc\.?|и|и др\.?|等|등|basic|advanced|一般|了解|熟悉|精通|기타|\d[\d.,%+]*\s*\w{0,2})$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Taxonomy:
    """`names` maps a spelling (case-folded, one space between words) to the skill; `exact` are the ambiguous skills."""

    names: dict[str, str]
    phrases: dict[str, str]
    exact: frozenset[str]
    fields: dict[str, str]


@functools.cache
def taxonomy() -> Taxonomy:
    loaded = load("skills")
    names: dict[str, str] = {}
    fields: dict[str, str] = {}
    for field, skills in loaded.items():
        for name, others in {} if field == "exact" else skills.items():
            fields[str(name)] = field
            names.update({_fold(str(spelling)): str(name) for spelling in (name, *others)})
    phrases = {spelling: name for spelling, name in names.items() if CASED.search(spelling)}
    return Taxonomy(names, phrases, frozenset(map(_fold, loaded["exact"])), fields)


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def key_of(name: str) -> str:
    """What a skill is stored and looked up by: one key for all spellings of it, at most 100 characters."""
    folded = _fold(name)
    return taxonomy().names.get(folded, folded).casefold()[:100]


def read(lines: list[Text], parts: Sections) -> list[schema.Skill]:
    """First what the skills section lists, in its order, then what else the resume mentions."""
    listed = [name for text in _unwrapped(parts.of("skills")) for name in _listed(text)]
    found = [*listed, *mentioned("\n".join(line.text for line in lines))]
    names = {key_of(name): name for name in reversed(found)}
    ordered = dict.fromkeys(map(key_of, found))
    return [schema.Skill(name=names[key][:300]) for key in ordered if key][:MOST_SKILLS]


def _unwrapped(lines: list[Text]) -> list[str]:
    """The section's lines; a list divided by commas goes on where its line ends without one."""
    found: list[str] = []
    for line in lines:
        may = found and "," in found[-1] and len(found[-1]) < LONGEST
        if may and not line.bullet and not line.gap and not GROUP.match(line.text):
            found[-1] = texts.join(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def _listed(text: str) -> Iterator[str]:
    """The skills of one line; words that the taxonomy lacks count when they stand as an item."""
    for item in ITEMS.split(GROUP.sub("", text)):
        found = mentioned(item, listed=True)
        yield from found
        if not found:
            rest = " ".join(OUTER.sub(" ", item).split()).strip(" .-–—:*\"'")
            if _is_skill(rest):
                yield rest


def _is_skill(text: str) -> bool:
    short = len(text) <= 40 and len(text.split()) <= MOST_WORDS
    return short and len(text) > 1 and not NOT_SKILLS.match(text) and not hints.SENTENCE.search(text)


def mentioned(text: str, *, listed: bool = False) -> list[str]:
    """Skills of the taxonomy that `text` names, each once, in the order of their first mention.

    With `listed`, `text` is an item of a list: an ambiguous word such as `Go` then is the skill.
    """
    found: dict[str, int] = {}
    for name, position in [*_by_tokens(text, listed=listed), *_by_phrases(text)]:
        found[name] = min(position, found.get(name, position))
    return sorted(found, key=lambda name: found[name])


def _by_phrases(text: str) -> Iterator[tuple[str, int]]:
    """Chinese has no spaces and Korean attaches endings: their words are looked for anywhere."""
    if not CASED.search(text):
        return
    folded = text.casefold()
    for phrase, name in taxonomy().phrases.items():
        position = folded.find(phrase)
        if position >= 0:
            yield name, position


def _by_tokens(text: str, *, listed: bool) -> Iterator[tuple[str, int]]:
    """The longest known phrase at each word; its words are not looked at again."""
    tokens = [(match.group(), match.start()) for match in TOKEN.finditer(text)]
    index = 0
    while index < len(tokens):
        length, name = _longest(tokens, index, listed=listed)
        if name:
            yield name, tokens[index][1]
        index += max(length, 1)


def _longest(tokens: list[tuple[str, int]], index: int, *, listed: bool) -> tuple[int, str]:
    known = taxonomy()
    for length in range(min(LONGEST_PHRASE, len(tokens) - index), 0, -1):
        whole = _phrase([word for word, _ in tokens[index : index + length]])
        for phrase in (whole, whole.rstrip(".-'’")):
            name = known.names.get(phrase)
            if name and (phrase not in known.exact or _stands_alone(tokens, index, length, listed=listed)):
                return length, name
    return 0, ""


def _phrase(words: list[str]) -> str:
    """Words with one space between, and none around a slash: `CI / CD` is `ci/cd`."""
    joined = " ".join(words).casefold()
    return SLASH.sub("/", joined) if "/" in joined else joined


def _stands_alone(tokens: list[tuple[str, int]], index: int, length: int, *, listed: bool) -> bool:
    """An ambiguous word counts with a capital: in a list, as the whole item, or as `in Go.`, `using Rust and`."""
    word = tokens[index][0]
    before = tokens[index - 1][0] if index else ","
    after = tokens[index + length][0] if index + length < len(tokens) else ","
    alone = before in SEPARATORS and after in SEPARATORS and len(tokens) > 1
    told = before.casefold() in TOLD_BY and after.casefold() in TOLD_UNTIL
    return word[:1].isupper() and (alone or told or listed)


__all__ = ["Taxonomy", "key_of", "mentioned", "read", "taxonomy"]
