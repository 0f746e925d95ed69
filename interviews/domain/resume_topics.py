"""What of a resume is worth a question. A resume is data: its words are cleaned and cut before they enter a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

MOST_ITEMS = 200  # of a list in the profile
NAME_LENGTH = 60
SKILL_WORDS = 5  # a longer "skill" is a sentence, not a skill


@dataclass(frozen=True, slots=True)
class Topic:
    """`kind` is skill, project or work; `values` fill a template's places."""

    kind: str
    values: dict[str, str]


def choose(profile: Any, wanted: str, limit: int) -> list[Topic]:
    """At most `limit` topics, a project or a job first. Skills that `wanted` (case-folded) names go before others."""
    experience = [*projects(profile), *jobs(profile)][:1]
    names = sorted(skills(profile), key=lambda name: name.casefold() not in wanted)
    return [*experience, *(Topic("skill", {"skill": name}) for name in names)][:limit]


def skills(profile: Any) -> list[str]:
    """Names of skills in the resume's order, without repetition in any case. A group stands for its keywords."""
    found: dict[str, str] = {}
    for row in _rows(profile, "skills"):
        group = row.get("keywords")
        for raw in group if isinstance(group, list) and group else [row.get("name")]:
            name = clean(raw)
            if name and len(name.split()) <= SKILL_WORDS:
                found.setdefault(name.casefold(), name)
    return list(found.values())


def projects(profile: Any) -> Iterator[Topic]:
    for row in _rows(profile, "projects"):
        if name := clean(row.get("name")):
            yield Topic("project", {"project": name})


def jobs(profile: Any) -> Iterator[Topic]:
    for row in _rows(profile, "work"):
        position, company = clean(row.get("position")), clean(row.get("name"))
        if position and company:
            yield Topic("work", {"position": position, "company": company})


def clean(raw: Any, length: int = NAME_LENGTH) -> str:
    """One line of at most `length` characters, no control, format or quotation characters; "" if no word is left."""
    if not isinstance(raw, str):
        return ""
    visible = (" " if character.isspace() else character for character in raw[: length * 10] if _harmless(character))
    line = " ".join("".join(visible).split()).strip(" .,;:!?|/\\-–—•*")
    if len(line) > length:
        line = line[:length].rsplit(" ", 1)[0].rstrip() + "…"
    return line if re.search(r"\w", line) else ""


def _harmless(character: str) -> bool:
    return character.isspace() or (
        unicodedata.category(character)[0] != "C" and character not in '"«»“”„「」『』《》{}<>`'
    )


def _rows(profile: Any, name: str) -> Iterable[dict[str, Any]]:
    """The profile comes from a parser or a person's edit: whatever is not of the expected shape is passed over."""
    rows = profile.get(name) if isinstance(profile, dict) else None
    return [row for row in rows[:MOST_ITEMS] if isinstance(row, dict)] if isinstance(rows, list) else []
