"""What is kept of a profile beside it, for filters; corrections by the resume's owner."""

from typing import Any

from django.db import transaction

from resumes.domain import corrections, duplicates, schema, words, years
from resumes.domain.parser.skills import key_of
from resumes.domain.search import queue
from resumes.models import Resume, ResumeSkill


class NotReadYet(Exception):
    """The reading under way would overwrite a correction."""


def columns(profile: dict[str, Any]) -> dict[str, Any]:
    """The fields of `Resume` that follow from a profile."""
    return {"profile": profile, "years": years.total_years(profile)}


def index_skills(resume: Resume) -> None:
    """Make the rows for filters and full-text search say what the resume says; its vector follows after the commit."""
    resume.skills.all().delete()
    ResumeSkill.objects.bulk_create(ResumeSkill(resume=resume, key=key) for key in keys_of(resume.profile))
    words.store(resume)
    queue.enqueue(resume.pk)
    duplicates.enqueue(resume.pk)


def keys_of(profile: dict[str, Any]) -> list[str]:
    """Each skill once, in the profile's order; a group's keywords are skills too."""
    rows = profile.get("skills", [])
    names = [name for row in rows for name in (row.get("name", ""), *row.get("keywords", []))]
    return list(dict.fromkeys(key for name in names if (key := key_of(name))))


@transaction.atomic
def correct(resume: Resume, changes: dict[str, Any]) -> None:
    """Store the owner's `name`, `expected_position` and `profile`. Raises NotReadYet for a profile too early.

    `profile` replaces the whole profile, validated and normalised by `schema`. What differs is marked as corrected.
    """
    if "profile" in changes:
        if resume.is_unfinished:
            raise NotReadYet
        profile = schema.to_json(changes["profile"])
        sources = corrections.sources_after(resume.profile, profile, resume.sources)
        changes = {**changes, **columns(profile), "sources": sources}
    for name, value in changes.items():
        setattr(resume, name, value)
    resume.save(update_fields=[*changes, "updated_at"])
    index_skills(resume)
