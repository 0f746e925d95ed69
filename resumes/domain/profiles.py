"""What is kept of a profile beside it, for filters; corrections by the resume's owner."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from config import later
from providers.documents.base import Document, Line
from resumes.domain import corrections, duplicates, poisoning, schema, words, years
from resumes.domain.parser.skills import key_of
from resumes.domain.sources import values
from resumes.models import Resume, ResumeSkill

INDEX_TASK = "resumes.search_tasks.index_resume"


class NotReadYet(Exception):
    """The reading under way would overwrite a correction."""


class SpeaksToAMachine(Exception):
    """A correction brings in what the defence takes out of files. The message is for the person."""


def columns(profile: dict[str, Any]) -> dict[str, Any]:
    """The fields of `Resume` that follow from a profile."""
    return {"profile": profile, "years": years.total_years(profile)}


def index_skills(resume: Resume) -> None:
    """Make the rows for filters and full-text search say what the resume says; its vector follows after the commit."""
    resume.skills.all().delete()
    ResumeSkill.objects.bulk_create(ResumeSkill(resume=resume, key=key) for key in keys_of(resume.profile))
    words.store(resume)
    later.ask_after_commit(INDEX_TASK, resume.pk)
    duplicates.enqueue(resume.pk)


def keys_of(profile: dict[str, Any]) -> list[str]:
    """Each skill once, in the profile's order; a group's keywords are skills too."""
    rows = profile.get("skills", [])
    names = [name for row in rows for name in (row.get("name", ""), *row.get("keywords", []))]
    return list(dict.fromkeys(key for name in names if (key := key_of(name))))


@transaction.atomic
def correct(resume: Resume, changes: dict[str, Any]) -> None:
    """Store the owner's `name`, `expected_position` and `profile`. Raises NotReadYet for a profile too early.

    Raises SpeaksToAMachine for what no file may say either. `profile` replaces the whole profile, validated and
    normalised by `schema`. What differs is marked as corrected.
    """
    if "profile" in changes:
        if resume.is_unfinished:
            raise NotReadYet
        profile = schema.to_json(changes["profile"])
        sources = corrections.sources_after(resume.profile, profile, resume.sources)
        _refuse_poison(profile, sources)
        changes = {**changes, **columns(profile), "sources": sources}
    for name, value in changes.items():
        setattr(resume, name, value)
    resume.save(update_fields=[*changes, "updated_at"])
    index_skills(resume)


def _refuse_poison(profile: dict[str, Any], sources: corrections.Sources) -> None:
    """Looks at what a person wrote; what was read from the file is clean."""
    if cleaned(profile, sources) != profile:
        raise SpeaksToAMachine(_("This speaks to a machine instead of a person. Write what a person is to read."))


def cleaned(profile: dict[str, Any], sources: corrections.Sources) -> dict[str, Any]:
    """The profile, of whose corrected values nothing speaks to a machine; each stays at its place."""
    written = {value.pointer for value in values(profile) if sources.get(value.pointer) == corrections.CORRECTED}
    whole: dict[str, Any] = _cleaned(profile, "", written)
    return whole


def _cleaned(value: Any, pointer: str, written: set[str]) -> Any:
    if isinstance(value, dict):
        return {name: _cleaned(one, f"{pointer}/{name}", written) for name, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one, f"{pointer}/{index}", written) for index, one in enumerate(value)]
    if pointer not in written:
        return value
    document = Document([Line(line) for line in value.splitlines()])
    return poisoning.clean(document).text if poisoning.inspect(document) else value
