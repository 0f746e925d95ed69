"""Finds skills in running text, and tells the language Go from the verb."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from resumes.domain.parser.taxonomy import TOKEN, Spelling, fold, key_of, taxonomy
from resumes.domain.parser.words import CJK

SEPARATORS = set(",，、;；•·|/\\()（）:：[]+&《》「」")
JOINING = {"and", "or", "и", "или", "&", "with", "vs"}
TOLD_BY = {"in", "using", "via", "на", "используя", "язык", "языке", "языка"}
TOLD_UNTIL = {".", "for", "to", "для", "on", "that", "which"}
SENTENCE_END = {".", "!", "?", "。", "！", "？", "…"}


@dataclass(frozen=True)
class Mention:
    """A skill at `start` to `end` of a text. `name` is how to write it: as the text does, in its basic form."""

    key: str
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Candidate:
    spelling: Spelling
    first: int
    after: int
    start: int
    end: int


def find(text: str) -> list[tuple[str, int, int]]:
    """`(key, start, end)` of every mention of a known skill, in the text's order, none within another."""
    return [(mention.key, mention.start, mention.end) for mention in mentions(text)]


def mentions(text: str, *, listed: bool = False) -> list[Mention]:
    """As `find`. With `listed`, `text` is an item of a list: an ambiguous word that is all of it is the skill."""
    found: list[Mention] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        for start, end, spelling in _of_line(line, listed=listed):
            name = _name(line[start:end], spelling)
            found.append(Mention(key_of(spelling.skill), name, offset + start, offset + end))
        offset += len(line)
    return found


def _name(written: str, spelling: Spelling) -> str:
    """`машинного обучения` is named `машинное обучение`."""
    inflected = re.search("[\u0400-\u04ff]", written) and len(written) >= len(spelling.written) - 2
    return spelling.written if inflected and written.casefold() != spelling.written.casefold() else written


def _of_line(line: str, *, listed: bool) -> list[tuple[int, int, Spelling]]:
    known = [*_by_words(line, listed=listed), *_by_syllables(line)]
    kept: list[tuple[int, int, Spelling]] = []
    for start, end, spelling in sorted(known, key=lambda hit: (hit[0], -hit[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, spelling))
    return kept


def _by_syllables(line: str) -> Iterator[tuple[int, int, Spelling]]:
    """Chinese has no spaces and Korean attaches endings: their words are looked for anywhere."""
    if not CJK.search(line):
        return
    lowered = line.lower() if len(line.lower()) == len(line) else line
    known = taxonomy().syllables
    for start in range(len(lowered) - 1):
        for spelling in known.get(lowered[start : start + 2], ()):
            if lowered.startswith(spelling.written.lower(), start) and _begins_word(lowered, start, spelling.written):
                yield start, start + len(spelling.written), spelling
                break


def _begins_word(line: str, start: int, written: str) -> bool:
    """A short Korean word counts only where a word begins: there is no Vue (뷰) in an interview (인터뷰)."""
    before = line[start - 1 : start]
    if "\uac00" <= written[0] <= "\ud7a3":
        return len(written) > 3 or not "\uac00" <= before <= "\ud7a3"
    return not (written[0].isascii() and before.isascii() and before.isalnum())


def _by_words(line: str, *, listed: bool) -> list[tuple[int, int, Spelling]]:
    words = [Word(match.group(), *match.span()) for match in TOKEN.finditer(line)]
    candidates = list(_candidates(words))
    sure = [candidate for candidate in candidates if not candidate.spelling.rule]
    alone = [one for one in candidates if one.spelling.rule and _stands_alone(words, one)]
    company = bool(sure) or (len(alone) > 1 and any(len(one.spelling.written) > 1 for one in alone))
    return [
        (one.start, one.end, one.spelling)
        for one in candidates
        if not one.spelling.rule or _is_meant(words, one, listed=listed, company=company)
    ]


def _candidates(words: list[Word]) -> Iterator[Candidate]:
    """The longest known phrase at each word; its words are not looked at again."""
    index = 0
    while index < len(words):
        candidate = _longest(words, index) or _compound(words, index)
        if candidate:
            yield candidate
        index = candidate.after if candidate else index + 1


def _longest(words: list[Word], index: int) -> Candidate | None:
    known = taxonomy()
    most = known.longest.get(fold(words[index].text), 0)
    for length in range(min(most, len(words) - index), 0, -1):
        part = words[index : index + length]
        if spelling := known.phrases.get(tuple(fold(word.text) for word in part)):
            end = part[-1].end - len(part[-1].text) + len(part[-1].text.rstrip(".-'’"))
            return Candidate(spelling, index, index + length, part[0].start, max(end, part[0].start + 1))
    return None


def _compound(words: list[Word], index: int) -> Candidate | None:
    """`React-разработчик`, `AWS-hosted`: the first half is the skill; an ambiguous one only before another script."""
    word = words[index]
    half, dash, rest = word.text.partition("-")
    spelling = taxonomy().phrases.get((fold(half),)) if dash and rest else None
    if spelling is None or (spelling.rule and rest.isascii()):
        return None
    return Candidate(Spelling(spelling.skill, spelling.written), index, index + 1, word.start, word.start + len(half))


def _beside(words: list[Word], one: Candidate) -> tuple[str, str]:
    """The word before and the one after; empty at the line's ends."""
    before = words[one.first - 1].text if one.first else ""
    after = words[one.after].text if one.after < len(words) else ""
    if words[one.after - 1].text.endswith(".") and not one.spelling.written.endswith("."):
        after = "."
    return before, after


def _stands_alone(words: list[Word], one: Candidate) -> bool:
    """Whether it is a whole item of a list: `Java, Go, R`."""
    before, after = _beside(words, one)
    left = before in SEPARATORS or before.casefold() in JOINING or not before
    return left and (after in SEPARATORS or after.casefold() in JOINING or not after or after == ".")


def _is_meant(words: list[Word], one: Candidate, *, listed: bool, company: bool) -> bool:
    """Whether an ambiguous word means the skill here. The rules are explained in `data/skills.yaml`."""
    before, after = _beside(words, one)
    word, rule = words[one.first].text, one.spelling.rule
    whole = one.first == 0 and one.after == len(words)
    if listed and whole:
        return rule != "cased" or word.casefold() == one.spelling.written.casefold()
    if rule == "cased":
        return word.rstrip(".-'’") == one.spelling.written.split()[0]
    if rule == "listed" or not word[:1].isupper():
        return False
    if _stands_alone(words, one) and (company or (listed and len(word) > 1)):
        return True
    other_script = bool(CJK.match(before[-1:]) or CJK.match(after[:1]))
    told = before.casefold() in TOLD_BY and (
        not after or after in SEPARATORS or after.casefold() in TOLD_UNTIL | JOINING
    )
    if rule == "capital":
        return other_script or told or (bool(before) and before not in SENTENCE_END | SEPARATORS)
    return len(word) > 1 and (other_script or (rule == "exact" and told))
