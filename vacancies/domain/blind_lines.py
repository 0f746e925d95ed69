"""The lines of a resume that say what somebody can do."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from interviews.domain import positions
from resumes.domain.parser import hints, sections, skills
from resumes.domain.parser.lines import BULLET, Text
from resumes.models import Resume
from vacancies.domain import blind_masks, wording, wording_languages
from vacancies.domain.blind import Line

MOST_LINES = 400
LONGEST = 400
MOST_TEXT = 60_000  # characters; a resume of ten pages has half of it
SENTENCE = re.compile(r"[.;!?]\s+|[。；！？]\s*")
UNSEEN = frozenset({"contact", "references", "interests"})
LABELLED = re.compile(r"^([^:：–—]{2,30}?)\s*(?:[:：]|\s[–—-]\s)\s*\S")
DECORATION = re.compile(r"^[^\w\[【(（<]+|\*\*|__|[*_#\s]+$")
PIECES = re.compile(r"[^|｜·•;；\t]+")
SCHOOLED = re.compile(r"(?:(?!\s{2})[^|｜·•,，;；\t()（）—–])+")
JOINT = 8  # letters at most between a degree and its area
PERSONAL = re.compile(r"/basics/(?!label|summary)|/education/\d+/institution|/work/\d+/location|/references/")
LEAST_POISON = 15  # letters
HEAD = 6  # lines at most that say who somebody is, in a resume without headings
EXPERIENCED = re.compile(r"experience|опыт|стаж|经验|经历|경력|경험", re.IGNORECASE)


def of(resume: Resume) -> list[Line]:
    """In the text's order, each a verbatim piece of it."""
    return list(_limited(_Lines(resume)))


def masks_of(resume: Resume) -> blind_masks.Masks:
    owner = [resume.owner.name] if resume.owner else []
    named = resume.profile.get("basics", {}).get("name")
    return blind_masks.Masks(resume.profile, owner if named else [*owner, _first_line(resume.text)])


def _first_line(text: str) -> str:
    """Where the parser found no name, the short beginning of the text is taken for one, unless it tells of work."""
    line = next(filter(None, map(str.strip, text.splitlines())), "")
    name = next((match.group().strip() for match in SCHOOLED.finditer(line)), "")
    return name if len(name.split()) <= 4 and len(name) <= 40 and not _tells(name) else ""


def _limited(lines: "_Lines") -> Iterator[Line]:
    for number, line in enumerate(lines.read()):
        if number == MOST_LINES:
            return
        yield line


class _Lines:
    def __init__(self, resume: Resume) -> None:
        self._text: str = resume.text
        self._profile: dict[str, Any] = resume.profile
        self._masks = masks_of(resume)
        self._schools = blind_masks.institutions(self._profile)
        self._summary = _plain(self._profile.get("basics", {}).get("summary", ""))
        told = {pointer: one for pointer, one in resume.sources.items() if "page" in one and "start" in one}
        self._pages = sorted((one["start"], one["page"]) for one in told.values())
        self._hidden = sorted((one["start"], one["end"]) for pointer, one in told.items() if PERSONAL.match(pointer))
        orders = [one for one in resume.findings if one.get("code") == "addresses_a_model"]
        self._poison = [_plain(one.get("excerpt", "")) for one in orders]

    def read(self) -> Iterator[Line]:
        for section, start, line in _divided(self._text):
            if section in UNSEEN or blind_masks.is_personal(line) or self._is_poison(line):
                continue
            for first, after in self._seen(section, line):
                for begin, end in self._outside(start + first, start + after):
                    for one, other in self._masks.spans(self._text[begin:end]):
                        yield self._line(begin + one, begin + other, section)

    def _outside(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What of a piece of the text is no place that the parser found the person's own data at."""
        for first, after in self._hidden:
            if first < end and after > start:
                if first > start:
                    yield start, first
                start = max(start, after)
        if start < end:
            yield start, end

    def _seen(self, section: str, line: str) -> Iterator[tuple[int, int]]:
        """What of a line may be seen, before masking."""
        if section == "top" and _plain(line) not in self._summary:
            yield from (match.span() for match in PIECES.finditer(line) if _tells(match.group()))
        elif section == "education":
            yield from self._schooling(line)
        else:
            yield 0, len(line)

    def _schooling(self, line: str) -> Iterator[tuple[int, int]]:
        """The degree and its area; where the profile has neither in this line, what sounds like one. No school."""
        rows = self._profile.get("education", [])
        told = {row.get(name, "") for row in rows for name in ("studyType", "area")} - {""}
        places = sorted((line.find(text), line.find(text) + len(text)) for text in told if text in line)
        if places:
            yield from _joint(places)
            return
        hidden = self._schools.sub(wording.blank, line) if self._schools else line
        for match in SCHOOLED.finditer(hidden):
            if wording.highest_degree(match.group()) and not hints.is_institution(match.group()):
                yield match.span()

    def _is_poison(self, line: str) -> bool:
        """The text comes without poison. What was hidden is not looked for: it may repeat an honest line."""
        plain = _plain(line)
        return len(plain) >= LEAST_POISON and any(plain in excerpt for excerpt in self._poison)

    def _line(self, start: int, end: int, section: str) -> Line:
        at = bisect_right(self._pages, (end, 0)) - 1
        page = self._pages[at][1] if at >= 0 else 1
        return Line(self._text[start:end], page, start, end, section)


def _joint(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that stand together as one."""
    found = [places[0]]
    for start, end in places[1:]:
        if start <= found[-1][1] + JOINT:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _divided(text: str) -> Iterator[tuple[str, int, str]]:
    """(section, offset, line) of every line but headings. Without any heading all below the head is work."""
    lines = [
        (match.start() + start, match.group()[start:end])
        for match in re.finditer(r"[^\n]+", text[:MOST_TEXT])
        for start, end in _sentences(match.group())
    ]
    named = [_section(line) for _start, line in lines]
    current = "top"
    untitled = not any(name for name, _whole in named)
    for number, ((start, line), (name, whole)) in enumerate(zip(lines, named, strict=True)):
        if whole or (name and current != "top" and not BULLET.match(line)):
            current = name
        elif untitled and number >= HEAD:
            current = "work"
        if not whole:
            yield name or current, start, line


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    """A line, or a paragraph on one line in pieces of whole sentences."""
    start = 0
    while len(line) - start > LONGEST:
        ends = [match.end() for match in SENTENCE.finditer(line, start + 1, start + LONGEST)]
        end = ends[-1] if ends else start + LONGEST
        yield start, end
        start = end
    if line[start:].strip():
        yield start, len(line)


def _section(line: str) -> tuple[str, bool]:
    """(the section that a line begins, whether it is nothing but its heading)."""
    bare = line.strip()
    for text in dict.fromkeys((bare, DECORATION.sub("", bare))):
        if name := sections.heading(Text(text)):
            return name, True
    label = LABELLED.match(DECORATION.sub("", bare))
    name = sections.heading(Text(label.group(1))) if label else ""
    return (name if name in sections.INLINE else ""), False


def _tells(piece: str) -> bool:
    """Whether a piece of the head says what somebody can do: a position, a skill, a language, years of work."""
    if blind_masks.is_personal(piece):
        return False
    if wording.years(piece):
        return bool(EXPERIENCED.search(piece))
    level = any(wording_languages.told(piece).values())
    return level or bool(positions.named(piece) or skills.find(piece) or wording.seniority(piece))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(blind_masks.EDGES)
