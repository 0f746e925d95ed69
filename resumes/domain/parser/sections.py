"""Divides a resume into its sections by the headings of four languages."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from resumes.domain.parser.lines import Text
from resumes.domain.parser.words import load, pattern

#: Where the lines before the first heading belong, and those of a column that begins without one.
TOP = "top"
LONGEST_HEADING = 45
ENDING = re.compile(r"\s*[:：]\s*|\s+[-–—]\s+")
CJK = re.compile("[\u4e00-\u9fff\uac00-\ud7a3]")
EDGES = " \t:：.-–—_=|【】[]「」<>《》/"
#: Sections whose lines may themselves begin with a heading's word ("Skills: …" inside a job is a line of that job).
NESTING = {"work", "projects"}
INLINE = {"skills", "languages", "education", "work", "certificates", "summary"}


@dataclass
class Sections:
    """The lines of each section. A section that appears twice is read as one."""

    found: dict[str, list[Text]] = field(default_factory=dict)

    def of(self, name: str) -> list[Text]:
        return self.found.get(name, [])

    def add(self, name: str, text: Text) -> None:
        self.found.setdefault(name, []).append(text)


def split(lines: Iterable[Text]) -> Sections:
    """Each line under its heading; headings themselves are left out."""
    sections = Sections()
    current, column = TOP, 0
    for line in lines:
        if line.column != column:
            current, column = TOP, line.column
        for name, text in _place(line, current):
            current = name
            if text.text:
                sections.add(name, text)
    return sections


def _place(line: Text, current: str) -> Iterator[tuple[str, Text]]:
    if name := heading(line):
        yield name, replace(line, text="")
        return
    words = line.text.split(" ", 1)
    if len(words) == 2 and CJK.match(words[0]) and _known(words[0]) == current:
        yield current, replace(line, text=words[1])  # the heading is repeated before its first line
        return
    if found := _inline(line, current):
        name, rest = found
        yield name, replace(line, text=rest, gap=True)
        return
    yield current, line


def heading(line: Text) -> str:
    """The section that a line begins by being its heading; empty for any other line."""
    if line.bullet or len(line.text) > LONGEST_HEADING:
        return ""
    return _known(line.text)


def _inline(line: Text, current: str) -> tuple[str, str] | None:
    """A heading with its content behind a colon or dash: `技能：React`, `Опыт – Программист | Яндекс`."""
    parts = ENDING.split(line.text, maxsplit=1)
    if line.bullet or len(parts) < 2 or (current in NESTING and not line.bold):
        return None
    name = _known(parts[0])
    if name == "languages" and not pattern("languages", "names").search(parts[1]):
        return None  # "Languages: Python, Java" is a line of the skills
    return (name, parts[1]) if name in INLINE and not (name == "work" and line.text[:1].islower()) else None


@functools.lru_cache(maxsize=4096)
def _known(text: str) -> str:
    plain = re.sub(r"\s+", " ", text.strip(EDGES)).casefold()
    if plain in _headings():
        return _headings()[plain]
    # "경력 Experience", "教育经历 EDUCATION": both languages say the same
    words = plain.split(" ")
    for cut in range(1, len(words)):
        first, second = (_headings().get(" ".join(side)) for side in (words[:cut], words[cut:]))
        if first and first == second:
            return first
    return ""


@functools.cache
def _headings() -> dict[str, str]:
    return {word.casefold(): name for name, words in load("sections").items() for word in words}
