"""The parts of a vacancy's text: duties, requirements, wishes, offers, each with its items."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vacancies.domain import lists

PARTS = ("nice", "offer", "duties", "skills", "must", "about")
BULLET = re.compile(
    r"^\s*(?:[-–—•·●○■□▪◦*✓✔▶►※+]|\(?\d{1,2}(?:[)、．）]|\.(?!\d))|[①-⑳]|[a-z]\)|[一二三四五六七八九十]+、)\s*"
)
MARKS = " \t#*_=-–—•·●○■□▪◦▶►※【】[]〔〕<>「」《》:：!?.。！？~"
LONGEST_HEADING = 60
MOST_OTHER = 25  # letters of a heading beside its known words: `Requirements for our junior colleagues`
INLINE = re.compile(r"^([^:：]{2,60})[:：]\s*(\S.*)$")
PIECES = re.compile(r"\s*[;；]\s*|(?<=[a-zа-яё)\]])\.\s+(?=[A-ZА-ЯЁ])|[。！](?=.)|(?<=\s)(?=[1-9][、．.)]\s?\D)")
UNSPACED_HEADING = 14
SENTENCE_END = re.compile(r"[.;。；!！]$")


@dataclass
class Section:
    """`name` is one of PARTS, or `top` for what stands before the first heading."""

    name: str
    lines: list[str] = field(default_factory=list)

    def items(self) -> list[str]:
        """Bullets or sentences, one requirement each; a line that goes on is joined to its beginning."""
        bullets = any(BULLET.match(line) for line in self.lines)
        joined = _joined(self.lines) if bullets else _paragraphs(self.lines)
        whole = bullets and len(joined) > 1
        found = (piece for item in joined for piece in ([item] if whole else _pieces(item)))
        return [item for item in map(_plain, found) if len(item) > 1]


def divide(lines: Iterable[str]) -> list[Section]:
    sections = [Section("top")]
    for line in lines:
        name, rest = heading(line)
        if name:
            sections.append(Section(name))
        if rest.strip():
            sections[-1].lines.append(rest)
    return sections


def heading(line: str) -> tuple[str, str]:
    """(the part it begins, what stands behind it in the line); ("", the line) for a line that is no heading."""
    if (inline := INLINE.match(line)) and (name := _named(inline.group(1), certain=True)):
        return name, inline.group(2)
    name = _named(line)
    return (name, "") if name else ("", line)


def _named(text: str, *, certain: bool = False) -> str:
    """`certain`: more follows in the line, so nothing but the heading's own words may stand here."""
    ends = text.rstrip().endswith((":", "："))
    bare = BULLET.sub("", text).strip(MARKS)
    if not bare or len(bare) > LONGEST_HEADING or (BULLET.match(text) and not ends and not certain):
        return ""
    for name in PARTS:
        words = lists.pattern("headings", name)
        if words.search(bare) and _is_heading(bare, words, ends=ends, marked=text.strip() != bare, certain=certain):
            return name
    return ""


def _is_heading(bare: str, words: re.Pattern[str], *, ends: bool, marked: bool, certain: bool) -> bool:
    rest = len(re.sub(r"\W", "", words.sub("", bare)))
    if lists.UNSPACED.search(bare) and len(bare) > UNSPACED_HEADING and not ends:
        return False
    if certain:
        return rest <= 12
    begins = bool(words.match(bare))
    return rest <= (MOST_OTHER if ends or (marked and begins) else 12 if begins else 3)


def _joined(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if BULLET.match(line) or not found or SENTENCE_END.search(found[-1]):
            found.append(line)
        else:
            found[-1] = f"{found[-1]} {line.strip()}"
    return found


def _paragraphs(lines: list[str]) -> list[str]:
    """A line of prose that was cut by its width goes on in the next one."""
    found: list[str] = []
    for line in lines:
        goes_on = found and not SENTENCE_END.search(found[-1]) and line[:1].islower()
        if goes_on or (found and len(found[-1].rsplit("\n", 1)[-1]) > 70 and not SENTENCE_END.search(found[-1])):
            found[-1] = f"{found[-1]} {line.strip()}"
        else:
            found.append(line)
    return found


def _pieces(item: str) -> Iterator[str]:
    yield from PIECES.split(item)


def _plain(item: str) -> str:
    return BULLET.sub("", item.strip()).strip(" \t;；.。、,，•·")
