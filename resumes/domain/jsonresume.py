"""JSON Resume v1 files: a resume's profile written as one, and one read as a resume."""

from collections.abc import Iterator
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from msgspec import inspect

from resumes.domain import corrections, schema
from resumes.models import Resume

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
VERSION = "v1.0.0"
MOST_BYTES = 1024 * 1024


class NotTaken(Exception):
    """No JSON Resume, or one with a value that its schema does not allow; the message is for the person."""


def written(resume: Resume) -> dict[str, Any]:
    """The profile as a JSON Resume document of its own."""
    meta = {"version": VERSION, "lastModified": resume.updated_at.isoformat(timespec="seconds")}
    return {"$schema": SCHEMA, **resume.profile, "meta": meta}


def read(data: bytes) -> dict[str, Any]:
    """A profile. The standard lets a file hold more than it names: that is left out. Raises NotTaken."""
    if len(data) > MOST_BYTES:
        raise NotTaken(_("A JSON Resume file is at most 1 MB."))
    try:
        value = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotTaken(_("The file is not valid JSON. Export the resume again.")) from None
    try:
        profile = _filled(schema.to_json(schema.from_json(_known(value, inspect.type_info(schema.Profile)))))
    except msgspec.ValidationError as error:
        raise NotTaken(_("The file is not a JSON Resume: %(reason)s") % {"reason": str(error)[:300]}) from None
    if not profile or not _is_storable(profile):
        raise NotTaken(_("The file holds nothing of a JSON Resume: no basics, work, education or skills."))
    return profile


def sources(profile: dict[str, Any]) -> dict[str, Any]:
    """Everything is the person's own word: what is read out of the file's text does not replace it."""
    basics = [f"/basics/{field.encode_name}" for field in msgspec.structs.fields(schema.Basics)]
    parts = [f"/{field.encode_name}" for field in msgspec.structs.fields(schema.Profile) if field.name != "basics"]
    own = dict.fromkeys([*basics, *parts], corrections.CORRECTED)
    return {**own, **corrections.sources_after({}, profile, {})}


def as_text(profile: dict[str, Any]) -> str:
    """The profile as a page of text, to be searched and shown beside the fields."""
    basics = dict(profile.get("basics", {}))
    name = basics.pop("name", "")
    parts = {"": basics, **{part: rows for part, rows in profile.items() if part != "basics"}}
    lines = [name, *(line for part, rows in parts.items() for line in _section(part, rows))]
    return "\n".join(lines).strip() + "\n"


def _section(part: str, rows: Any) -> Iterator[str]:
    if part:
        yield f"\n{part.capitalize()}"
    for row in rows if isinstance(rows, list) else [rows]:
        yield from _lines(row)


def _lines(row: dict[str, Any]) -> Iterator[str]:
    """The short values of an entry in one line, then what is told at length."""
    short = [value for name, value in row.items() if isinstance(value, str) and name not in {"summary", "reference"}]
    if short:
        yield ", ".join(" ".join(value.split()) for value in short)
    for name, value in row.items():
        if name in {"summary", "reference"}:
            yield from str(value).splitlines()
        elif isinstance(value, list):
            yield from (line for one in value for line in (_lines(one) if isinstance(one, dict) else [f"- {one}"]))
        elif isinstance(value, dict):
            yield from _lines(value)


def _known(value: Any, kind: inspect.Type) -> Any:
    """Without the fields that the schema has no name for, and without empty ones."""
    if isinstance(kind, inspect.StructType) and isinstance(value, dict):
        types = {field.encode_name: field.type for field in kind.fields}
        return {name: _known(one, types[name]) for name, one in value.items() if name in types and one is not None}
    if isinstance(kind, inspect.ListType) and isinstance(value, list):
        return [_known(one, kind.item_type) for one in value if one is not None]
    return value


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    """Without the parts that hold nothing, which the schema writes for what a file leaves out."""
    inner = {name: _filled(one) if isinstance(one, dict) else one for name, one in value.items()}
    return {name: one for name, one in inner.items() if one not in ("", [], {})}


def _is_storable(profile: dict[str, Any]) -> bool:
    """A database's text holds neither a null character nor half a pair."""
    text = as_text(profile)
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
