"""One correction of a profile at a time: a field by its JSON pointer, an entry more, an entry less."""

import copy
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from resumes.domain import fields, profiles, schema
from resumes.models import Resume


class NotPossible(Exception):
    """The message says why, for the person."""


def put(resume: Resume, pointer: str, text: str) -> None:
    """Write a field; for a list `text` has a line for each. Raises NotPossible, and NotReadYet."""
    profile = copy.deepcopy(resume.profile)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if pointer == "/skills":
        known = {skill.get("name"): skill for skill in profile.get("skills", [])}
        profile["skills"] = [known.get(line, {"name": line}) for line in dict.fromkeys(lines)]
    else:
        holder, name = _place(profile, pointer)
        holder[name] = lines if name in fields.LISTS else _plain(name, text)
    _store(resume, profile)


def add(resume: Resume, section: str) -> None:
    """An empty entry at the end of a section, to be filled in."""
    if section not in fields.USUAL or section == "basics":
        raise NotPossible(_("There is no such section."))
    profile = copy.deepcopy(resume.profile)
    entries = profile.setdefault(section, [])
    if not entries or entries[-1]:
        entries.append({})
    _store(resume, profile)


def remove(resume: Resume, pointer: str) -> None:
    """Take an entry out of its section."""
    profile = copy.deepcopy(resume.profile)
    section, _slash, index = pointer.strip("/").partition("/")
    entries = profile.get(section)
    if not isinstance(entries, list) or index not in map(str, range(len(entries))):
        raise NotPossible(_("This was changed meanwhile. Look at it again."))
    del entries[int(index)]
    _store(resume, profile)


def _plain(name: str, text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    return text if name in fields.LONG else " ".join(text.split())


def _place(profile: dict[str, Any], pointer: str) -> tuple[dict[str, Any], str]:
    """The object that holds the field, and its name there."""
    *way, name = pointer.strip("/").split("/")
    holder: Any = profile
    try:
        for part in way:
            holder = holder[int(part)] if isinstance(holder, list) else holder.setdefault(part, {})
    except (IndexError, ValueError, TypeError, AttributeError) as error:
        raise NotPossible(_("This was changed meanwhile. Look at it again.")) from error
    if not isinstance(holder, dict) or not way or name not in fields.LABELS:
        raise NotPossible(_("This was changed meanwhile. Look at it again."))
    return holder, name


def _store(resume: Resume, profile: dict[str, Any]) -> None:
    try:
        checked = schema.from_json(profile)
    except msgspec.ValidationError as error:
        dated = "pattern" in str(error) or "regex" in str(error)
        told = _("Write a date as 2021, 2021-03 or 2021-03-15.") if dated else _("This is too long for this field.")
        raise NotPossible(told) from error
    if not _is_storable(profile):
        raise NotPossible(_("The text holds a character that cannot be stored."))
    try:
        profiles.correct(resume, {"profile": checked})
    except profiles.SpeaksToAMachine as error:
        raise NotPossible(str(error)) from error


def _is_storable(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_storable, value.values()))
    if isinstance(value, list):
        return all(map(_is_storable, value))
    return not isinstance(value, str) or not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in value)
