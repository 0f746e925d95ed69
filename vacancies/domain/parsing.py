"""From the text of a vacancy to its fields: nothing is stored, a person looks it through first."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from interviews.domain import positions
from providers.documents import runner
from providers.documents.base import Kind
from resumes.domain.parser import languages
from vacancies.domain import lists, sections, writing
from vacancies.domain.sections import Section

SEEKING = re.compile(
    r"(?i:looking for|seeking|hiring|in search of)\s+(?:an?\s+|our\s+)?"
    r"(?i:(?:new|skilled|talented|experienced)\s+)*"
    r"([A-Z][\w/+#.-]*(?:\s+(?:[A-Z][\w/+#.-]*|of|and|&|\([^)]*\)))*)"
    r"|(?i:ищем|требуется|ищет)\s+([\w/+#.-]+(?:\s+[\w/+#.-]+){0,3}?)(?=[,.;]|\s+(?:в|для|на|с|со|котор\w+)\s|$)"
)
DIVIDED = re.compile(r"^(.{3,80}?)\s+(?:[-–—|@]|at|в компанию|в)\s+([^-–—|]{2,60})$")
COMPANY_WORDS = re.compile(r"^[A-ZА-ЯЁ«\"\u4e00-\u9fff\uac00-\ud7a3]")
IN_COMPANY = re.compile(r"\s(?:at|в компанию|в)\s", re.IGNORECASE)
LEVEL_ONLY = re.compile(r"\d[\d\s\-–~]*[kKкК万元]|зарплата|salary|薪", re.IGNORECASE)
PROSE = re.compile(r"^(?:we|our|join|are you|мы|наша|ищем|我们|저희|우리)(?!\w)", re.IGNORECASE)
LONGEST_TITLE = 120
MOST_TEXT = 60_000  # characters: three times the longest description; what comes later is no vacancy


@dataclass
class Parsed:
    """The fields of a vacancy. `requirements` are rows as `Vacancy.requirements` holds them."""

    title: str
    company_name: str
    position_type: str
    description: str
    language: str
    requirements: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def read(data: bytes, kind: Kind) -> Parsed:
    """Blocks for some seconds at most. Raises DocumentError."""
    return parse(runner.read(data, kind).text)


def parse(text: str) -> Parsed:
    # White space made single: patterns that look for it at a line's end would look for hours at a line of nothing else.
    lines = [" ".join(line.split()) for line in text[:MOST_TEXT].splitlines() if line.strip()]
    title, company, used = _named(lines)
    divided = sections.divide(line for number, line in enumerate(lines) if number not in used)
    wanted = list(_requirements(divided))
    return Parsed(
        title=title[:200],
        company_name=company[:200],
        position_type=positions.guess(title or text[:MOST_TEXT]).value,
        description=_description(divided)[: writing.MOST_DESCRIPTION],
        language=languages.detect(text[:MOST_TEXT]),
        requirements=_unique(wanted)[: writing.MOST_REQUIREMENTS],
    )


def _named(lines: list[str]) -> tuple[str, str, set[int]]:
    """Title, company, and the numbers of the lines that say nothing else."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines[:15]):
        for name in ("title", "company"):
            match = lists.label("headings", name).match(line)
            if match and name not in found and len(match.group(1)) <= LONGEST_TITLE:
                found[name] = (match.group(1).strip(), number)
    if "title" not in found and lines and _may_be_title(lines[0]):
        found["title"] = (lines[0].strip(sections.MARKS), 0)
    title = found["title"][0] if "title" in found else _sought(lines)
    company = found["company"][0] if "company" in found else ""
    if not company and (match := DIVIDED.match(title)) and _is_company(match.group(2), title):
        title, company = match.groups()
    return title, company, {number for _text, number in found.values()}


def _may_be_title(line: str) -> bool:
    sentence = re.search("[;；。]|[.]$", line) or line.count(",") + line.count("，") > 2 or LEVEL_ONLY.search(line)
    return len(line) <= LONGEST_TITLE and not sentence and not PROSE.match(line) and not sections.heading(line)[0]


def _is_company(text: str, title: str) -> bool:
    """`… в Яндекс`, but not `… в отдел интеграций`; a dash may also divide `Developer - Python`."""
    named = bool(COMPANY_WORDS.match(text)) and len(text.split()) <= 5
    spoken = IN_COMPANY.search(title)
    return named and (bool(spoken) or positions.guess(text) == positions.guess("")) and not _tells(text)


def _sought(lines: list[str]) -> str:
    match = SEEKING.search(" ".join(lines[:10]))
    return next((group.strip(" .,") for group in match.groups() if group), "") if match else ""


def _requirements(divided: list[Section]) -> Iterator[dict[str, Any]]:
    """Rows of must and nice sections; without any, what sounds like a requirement outside duties and offers."""
    known = [section for section in divided if section.name in {"must", "nice"}]
    for section in known:
        for item in section.items():
            yield _row(item, section.name)
    if not any(section.name == "must" and section.lines for section in known):
        for section in divided:
            yield from _told(section)


def _told(section: Section) -> Iterator[dict[str, Any]]:
    if section.name in {"top", "about"}:
        yield from (_row(item, "must") for item in section.items() if _tells(item))
    if section.name == "skills":
        names = (name.strip(" .") for line in section.lines for name in re.split("[,，、;；|/]", line))
        yield from (_row(name, "must") for name in names if name)


def _tells(text: str) -> bool:
    return bool(lists.pattern("headings", "tells").search(text))


def _row(item: str, kind: str) -> dict[str, Any]:
    wished = lists.pattern("headings", "wished").search(item)
    return writing.requirement(item, "nice" if wished else kind)


def _unique(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({row["text"].casefold(): row for row in reversed(rows)}.values())[::-1]


def _description(divided: list[Section]) -> str:
    """What is no requirement, in the text's order."""
    told = [section for section in divided if section.name not in {"must", "nice"}]
    return "\n\n".join("\n".join(section.lines) for section in told if section.lines)
