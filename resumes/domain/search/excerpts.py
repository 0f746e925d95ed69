"""The line of a resume that shows best why it was found."""

import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from resumes.domain.parser.taxonomy import key_of, taxonomy
from resumes.domain.search.folding import UNSPACED
from resumes.domain.words import words
from resumes.models import Resume

LONGEST = 240
MOST_LINES = 2_000


def needles(text: str, skills: Collection[str]) -> list[list[str]]:
    """What to look for, in lower case: each word of the query, and each of its skills in all spellings."""
    asked = [[word] for word in dict.fromkeys(words(text)) if len(word) > 1]
    return [*([*_spellings()[skill], skill] for skill in skills), *asked]


def excerpt(resume: Resume, sought: list[list[str]]) -> str:
    """The line with the most of `sought`, the earliest of them; without any, the summary or the first longer line."""
    lines = [line.strip() for line in resume.text.splitlines()[:MOST_LINES]]
    folded = "\n".join(lines).casefold()
    hits = Counter(number for spellings in sought for number in set(_numbers(folded, spellings)))
    if hits:
        return _cut(lines[min(hits, key=lambda number: (-hits[number], number))], sought)
    summary: str = resume.profile.get("basics", {}).get("summary", "")
    return (summary or next((line for line in lines if len(line) > 40), ""))[:LONGEST]


def _numbers(text: str, spellings: list[str]) -> Iterator[int]:
    """Of the lines with any of them, from 0: the text is gone through as a whole, since nearly all lines have none."""
    for spelling in spellings:
        number = counted = 0
        for start in _starts(text, spelling) if spelling in text else ():
            number += text.count("\n", counted, start)
            counted = start
            yield number


def marked(line: str, sought: list[list[str]]) -> list[tuple[str, bool]]:
    """The line in pieces, each with whether it is what was looked for."""
    lowered = line.lower() if len(line.lower()) == len(line) else line  # a few letters grow when they are lowered
    hit = bytearray(len(line))
    for spelling in (one for spellings in sought for one in spellings):
        for start in _starts(lowered, spelling):
            hit[start : start + len(spelling)] = b"\1" * len(spelling)
    pieces = itertools.groupby(zip(line, hit, strict=False), key=lambda pair: bool(pair[1]))
    return [("".join(character for character, _ in pairs), is_hit) for is_hit, pairs in pieces]


def mentions_any(text: str, sought: list[list[str]]) -> bool:
    folded = text.casefold()
    return any(_first(folded, spelling) >= 0 for spellings in sought for spelling in spellings)


def _first(line: str, spelling: str) -> int:
    return next(_starts(line, spelling), -1)


def _starts(line: str, spelling: str) -> Iterator[int]:
    """Where words begin with it: no `go` in `mango`. Chinese and Korean words have no borders."""
    at = line.find(spelling)
    while at >= 0:
        if not at or UNSPACED.match(spelling) or not line[at - 1].isalnum():
            yield at
        at = line.find(spelling, at + 1)


def _cut(line: str, sought: list[list[str]]) -> str:
    """At most 240 characters around the first hit."""
    if len(line) <= LONGEST:
        return line
    lowered = line.casefold()
    hits = [_first(lowered, spelling) for spellings in sought for spelling in spellings]
    start = max(min(hit for hit in hits if hit >= 0) - 40, 0)
    return ("…" if start else "") + line[start : start + LONGEST]


@functools.cache
def _spellings() -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for spelling, skill in taxonomy().names.items():
        found[key_of(skill)].append(spelling)
    return found
