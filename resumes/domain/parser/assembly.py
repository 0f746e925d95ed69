"""Turns a document's lines into a JSON Resume, with rules and word lists, in four languages and without a network."""

from dataclasses import dataclass
from typing import Any

from providers.documents.base import Document
from resumes.domain import schema
from resumes.domain.parser import basics, education, extras, languages, lines, projects, sections, skills, work


@dataclass(frozen=True)
class Parsed:
    """`language` is one of en, zh-hans, ru, ko. `profile` is JSON Resume v1."""

    language: str
    profile: dict[str, Any]


def parse(document: Document) -> Parsed:
    """Never raises for odd documents: what is not recognised is left out."""
    prepared = lines.prepare(document)
    language = languages.detect(document.text)
    parts = sections.split(prepared)
    jobs = work.read(parts.of("work"))
    profile = schema.Profile(
        basics=basics.read(prepared, parts, language),
        work=jobs,
        education=education.read(parts),
        skills=skills.read(prepared, parts, [job.name for job in jobs]),
        projects=projects.read(parts.of("projects")),
        languages=extras.languages(parts.of("languages")),
        certificates=extras.certificates(parts.of("certificates")),
        awards=extras.awards(parts.of("awards")),
    )
    return Parsed(language=language, profile=schema.to_json(profile))
