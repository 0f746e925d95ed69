"""Divides a resume into its sections by the headings of four languages."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from resumes.domain.parser import dates, hints
from resumes.domain.parser.lines import Text
from resumes.domain.parser.words import CJK, load, pattern

#: Where the lines before the first heading belong, and those of a column that begins without one.
TOP = "top"
#: A heading that is none of those known: what stands below it must not pass for the section above.
OTHER = "other"
LONGEST_HEADING = 45
MOST_WORDS = 6
LEAST_TOP = 2
ENDING = re.compile(r"\s*[:：]\s*|\s+[-–—]\s+")
EDGES = " \t:：.-–—_=|【】[]「」<>《》/*#~■□●◆◇▶★"
NUMBER = re.compile(r"^(?:\d{1,2}[.)、]|[一二三四五六七八九十]{1,2}[、.．]|[IVX]{1,4}\.)\s*")
BOTH = re.compile(r"\s*[/|｜／·•]\s*|\s*[(（]|\s+[-–—]\s+")
TOGETHER = re.compile(
    r"\s*(?:&|\+|,|，|、)\s*|\s+(?:and|и|및|또는)\s+|(?<=[\u4e00-\u9fff])[与和及](?=[\u4e00-\u9fff])", re.IGNORECASE
)
#: Marks of lists: a line behind one of them is an item, not a heading.
LIST_MARKS = re.compile(r"^[•●○◦·∙▸‣⁃*o+-]+$|^[–—]$")
#: Sections whose lines may themselves begin with a heading's word ("Skills: …" inside a job is a line of that job).
NESTING = {"work", "projects"}
INLINE = {"skills", "languages", "education", "work", "certificates", "summary"}
FRAMED = re.compile(r"^[\[【〔<《「].+[\]】〕>》」]$")
Look = tuple[float, bool, bool, int, bool, bool]


@dataclass
class Sections:
    """The lines of each section. A section that appears twice is read as one; its parts begin with a `first` line."""

    found: dict[str, list[Text]] = field(default_factory=dict)

    def of(self, name: str) -> list[Text]:
        return self.found.get(name, [])

    def add(self, name: str, text: Text) -> None:
        self.found.setdefault(name, []).append(text)


def split(lines: Iterable[Text]) -> Sections:
    """Each line under its heading; headings themselves are left out."""
    lines = list(lines)
    looks = _looks_of_headings(lines)
    sections = Sections()
    current, column, fresh, inline = TOP, 0, True, False
    for line in lines:
        if line.column != column:
            current, column, fresh = TOP, line.column, True
        early = not sections.found.keys() - {TOP} and len(sections.of(TOP)) < LEAST_TOP
        for name, text in _place(line, current, looks, inline=inline, early=early):
            inline = bool(text.text) if name != current else inline
            fresh = fresh or name != current or not text.text
            current = name
            if text.text:
                sections.add(name, replace(text, first=fresh))
                fresh = False
    _settle(sections)
    return sections


def _settle(sections: Sections) -> None:
    """A section under a heading that does not tell ("Career Summary", "What I did") is what its lines say it is."""
    for name in ("summary", OTHER):
        lines = sections.of(name)
        dated = sum(bool(dates.find_period(line.text)) for line in lines)
        spoken = sum(bool(pattern("languages", "names").search(line.text)) for line in lines)
        taught = any(hints.is_institution(line.text) for line in lines)
        if dated and "education" not in sections.found and taught and name == OTHER:
            sections.found["education"] = sections.found.pop(name)
        elif dated and "work" not in sections.found:
            sections.found["work"] = sections.found.pop(name)
        elif "languages" not in sections.found and name == OTHER and lines and spoken * 2 > len(lines):
            sections.found["languages"] = sections.found.pop(name)


def _place(line: Text, current: str, looks: set[Look], *, inline: bool, early: bool) -> Iterator[tuple[str, Text]]:
    """`inline`: the section began with its heading and its first words on one line, and so may the next one.

    `early`: one of the first two lines; a name and a profession are often set like the headings below them.
    """
    name = heading(line) or _by_look(line, looks)
    if name and not (early and name == OTHER):
        yield name, replace(line, text="")
        return
    words = line.text.split(" ", 1)
    if len(words) == 2 and CJK.match(words[0]) and _known(words[0]) == current:
        yield current, replace(line, text=words[1])  # the heading is repeated before its first line
        return
    if found := _inline(line, OTHER if inline else current):
        name, rest = found
        yield name, replace(line, text=rest, gap=True)
        return
    yield current, line


def heading(line: Text) -> str:
    """The section that a line begins by being its heading; empty for any other line."""
    if len(line.text) > LONGEST_HEADING or (line.bullet and not _is_framed(line)):
        return ""
    return _known(line.text) or (_by_parts(line.text) if _stands_out(line) else "")


def _is_framed(line: Text) -> bool:
    """`— Skills —`, `■ 기술`, `3. Опыт`, rather than an item of a list."""
    return not LIST_MARKS.match(line.mark) or (line.text[-1:] == line.mark[:1] and len(line.mark) == 1)


def _stands_out(line: Text) -> bool:
    return line.bold or line.heading or line.big or line.gap or line.bullet or line.text.isupper()


def _by_parts(text: str) -> str:
    """`Skills / 技能`, `Education & Qualifications`: the section of either part, or of the first of two."""
    parts = BOTH.split(text.strip(EDGES))
    if len(parts) > 1 and (name := next(filter(None, map(_known, parts)), "")):
        return name
    first, *more = TOGETHER.split(text.strip(EDGES), maxsplit=1)
    return _known(first) if more else ""


def _looks_of_headings(lines: list[Text]) -> set[Look]:
    """How this resume sets its headings, where nothing else looks the same: for headings in words of its own."""
    known = Counter(_look(line) for line in lines if heading(line))
    others = Counter(_look(line) for line in lines if not heading(line))
    return {look for look, count in known.items() if count >= 2 and others[look] <= count}


def _look(line: Text) -> Look:
    upper = line.text.isupper() and not CJK.search(line.text)
    return (round(line.size), line.bold, line.heading, line.level, upper, line.bullet and _is_framed(line))


def _by_look(line: Text, looks: set[Look]) -> str:
    """The section of a line that looks like this resume's headings and has a word of one; OTHER if it has none."""
    if len(line.text) > LONGEST_HEADING or (line.bullet and not _is_framed(line)) or re.search(r"[\d@,;]", line.text):
        return ""
    if len(line.text.split()) > MOST_WORDS or dates.find(line.text):
        return ""
    telling = _by_word(line.text)
    if _look(line) in looks:
        plain = not (line.big or line.heading or line.level or line.bullet or line.text.isupper())
        return telling or ("" if plain else OTHER)
    return telling if _is_set_apart(line) else ""


def _is_set_apart(line: Text) -> bool:
    """How plain text shows a heading: by marks, capitals, brackets, or white space above what names nothing else."""
    if (line.level and line.level <= 2) or (line.bullet and _is_framed(line)) or FRAMED.match(line.text):
        return True
    other = hints.is_title(line.text) or hints.is_company(line.text) or hints.is_institution(line.text)
    return not other and (line.text.isupper() or line.gap) and not (line.size or line.text[:1].islower())


@functools.lru_cache(maxsize=4096)
def _by_word(text: str) -> str:
    return next((name for name in load("headings") if pattern("headings", name).search(text)), "")


def _inline(line: Text, current: str) -> tuple[str, str] | None:
    """A heading with its content behind a colon or dash: `技能：React`, `Опыт – Программист | Яндекс`."""
    parts = ENDING.split(line.text, maxsplit=1)
    if line.bullet or len(parts) < 2 or (current in NESTING and not line.bold):
        return None
    name = _known(parts[0])
    if current == TOP and hints.labelled_as(line.text, "label")[0]:
        return None  # "求职意向：护士长" says what somebody is
    if name == "languages" and not pattern("languages", "names").search(parts[1]):
        return None  # "Languages: Python, Java" is a line of the skills
    return (name, parts[1]) if name in INLINE and not (name == "work" and line.text[:1].islower()) else None


@functools.lru_cache(maxsize=4096)
def _known(text: str) -> str:
    plain = re.sub(r"\s+", " ", NUMBER.sub("", text.strip(EDGES)).strip(EDGES)).casefold().replace("ё", "е")
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
    return {word.casefold().replace("ё", "е"): name for name, words in load("sections").items() for word in words}
