"""Projects."""

import re
from dataclasses import replace

from resumes.domain import schema
from resumes.domain.parser import dates, entries, skills, texts
from resumes.domain.parser.lines import Text

TOLD = re.compile(r"\s*：\s*|\s*:\s+|\s+[—–-]\s+")
LONGEST_NAME = 40
GENERIC = re.compile(
    r"^(?:(?:personal|side|pet|own|team|course|school|university)[\s-]+projects?|projects?|(?:личный|учебный|пет)[\s-]+проект|проект"
    r"|(?:个人|课程|团队)?项目(?:名称)?|(?:개인|팀)?\s?프로젝트(?:명)?)$",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"^(?:creator|maintainer|author|lead|owner|contributor|负责人|作者|автор|리더|팀장)\b.{0,40}$", re.IGNORECASE
)


def read(lines: list[Text]) -> list[schema.Project]:
    """Projects in the resume's order: each bullet one, or each entry with its bullets."""
    lines = _unnested(lines)
    if lines and lines[0].bullet and all(line.bullet or not _starts(line) for line in lines):
        found = [_of_bullet(text) for text in texts.paragraphs(lines)]
    elif len(lines) > 1 and all(_is_told_at_once(line) for line in lines):
        found = [_of_bullet(line.text) for line in lines]
    else:
        found = [_of_entry(entry) for entry in entries.divide(lines)]
    return [project for project in found if project.name][:100]


def _is_told_at_once(line: Text) -> bool:
    """`Zine Club – a quarterly, printed by hand`: a name and what it was, on one line without a date."""
    name, *told = TOLD.split(line.text, maxsplit=1)
    return bool(told) and len(name) <= LONGEST_NAME and not dates.find(line.text) and not line.bullet


def _starts(line: Text) -> bool:
    return line.gap or line.bold or line.heading or entries.is_dated(line)


def _unnested(lines: list[Text]) -> list[Text]:
    """`1. Name` with bullets further in below it is a head, not a bullet."""
    bullets = [line.indent for line in lines if line.bullet]
    least = min(bullets, default=0.0) + 1
    if not any(indent > least for indent in bullets) or not all(line.bullet for line in lines):
        return lines
    return [replace(line, bullet=False, gap=True, heading=True) if line.indent <= least else line for line in lines]


def _named(parts: list[str]) -> list[str]:
    """`Personal project: Gotham Planner` is called by its second half."""
    return parts[1:] if len(parts) > 1 and GENERIC.match(parts[0]) else parts


def _of_bullet(text: str) -> schema.Project:
    """`Personal blog: a platform on Django and React`."""
    period = dates.find_period(text)
    parts = TOLD.split(dates.cut(text, period) if period else text, maxsplit=1)
    told = parts[1] if len(parts) > 1 else ""
    return schema.Project(
        name=parts[0].strip()[:300],
        description=told[:10_000],
        keywords=skills.mentioned(text)[:50],
        start_date=period.start if period else "",
        end_date=period.end if period else "",
    )


def _of_entry(entry: entries.Entry) -> schema.Project:
    period = entry.period
    name, *more = _named(TOLD.split(entry.fields[0], maxsplit=1)) if entry.fields else [""]
    body = [line for line in entry.body if not ROLE.match(line.text) or line.bullet]
    roles = [line.text for line in [*entry.head[1:], *entry.body] if ROLE.match(line.text) and not line.bullet]
    told = [*more, *texts.paragraphs(body)]
    bulleted = any(line.bullet for line in body)
    everything = " \n".join([name, *told])
    return schema.Project(
        name=name[:300],
        description="" if bulleted else " ".join(told)[:10_000],
        highlights=[text[:10_000] for text in told][:100] if bulleted else [],
        keywords=skills.mentioned(everything)[:50],
        start_date=period.start if period else "",
        end_date=period.end if period else "",
        roles=roles[:10],
    )
