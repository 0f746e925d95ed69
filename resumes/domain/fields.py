"""A profile as a person reads and corrects it: sections, their entries, and each value with its place in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resumes.models import Resume

SECTIONS: dict[str, Promise] = {
    "basics": _("Person"),
    "work": _("Work"),
    "education": _("Education"),
    "skills": _("Skills"),
    "languages": _("Languages"),
    "projects": _("Projects"),
    "certificates": _("Certificates"),
    "volunteer": _("Volunteer work"),
    "awards": _("Awards"),
    "publications": _("Publications"),
    "interests": _("Interests"),
    "references": _("References"),
}
LABELS: dict[str, Promise] = {
    "name": _("Name"),
    "label": _("Profession"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "address": _("Place"),
    "location": _("Place"),
    "url": _("Website"),
    "summary": _("Summary"),
    "position": _("Position"),
    "startDate": _("From"),
    "endDate": _("Until"),
    "highlights": _("What was done"),
    "institution": _("Institution"),
    "organization": _("Organisation"),
    "studyType": _("Degree"),
    "area": _("Subject"),
    "score": _("Grade"),
    "courses": _("Courses"),
    "language": _("Language"),
    "fluency": _("How well"),
    "description": _("Description"),
    "issuer": _("Issued by"),
    "date": _("Date"),
    "releaseDate": _("Date"),
    "title": _("Title"),
    "awarder": _("Awarded by"),
    "publisher": _("Publisher"),
    "keywords": _("Keywords"),
    "reference": _("Reference"),
    "level": _("Level"),
    "username": _("User name"),
    "network": _("Network"),
    "entity": _("Organisation"),
    "roles": _("Roles"),
    "type": _("Kind"),
}
COMPANY = _("Company")
#: What can be filled in where nothing was read; other fields are shown where they have something to say.
USUAL: dict[str, tuple[str, ...]] = {
    "basics": ("name", "label", "email", "phone", "location/address", "url", "summary"),
    "work": ("position", "name", "location", "startDate", "endDate", "summary", "highlights"),
    "education": ("institution", "studyType", "area", "startDate", "endDate"),
    "languages": ("language", "fluency"),
    "projects": ("name", "description", "startDate", "endDate", "highlights"),
    "certificates": ("name", "issuer", "date"),
    "volunteer": ("position", "organization", "startDate", "endDate", "summary"),
    "awards": ("title", "awarder", "date"),
    "publications": ("name", "publisher", "releaseDate"),
    "interests": ("name",),
    "references": ("name", "reference"),
}
LISTS = ("highlights", "courses", "keywords", "roles")
LONG = ("summary", "description", "reference")
ALWAYS = ("basics", "work", "education", "skills", "languages")


@dataclass(frozen=True)
class Value:
    """A text and its source: `{page, start, end, box}`, `{corrected: true}`, or nothing."""

    text: str
    source: dict[str, Any]


@dataclass(frozen=True)
class Field:
    """What is corrected at once: one text, or a list with a line for each."""

    pointer: str
    label: str
    values: list[Value] = field(default_factory=list)
    is_list: bool = False
    is_long: bool = False

    @property
    def text(self) -> str:
        """As it is edited."""
        return "\n".join(value.text for value in self.values)


@dataclass(frozen=True)
class Entry:
    pointer: str
    fields: list[Field]


@dataclass(frozen=True)
class Section:
    name: str
    title: str
    entries: list[Entry]
    may_grow: bool = False


def sections(resume: Resume, *, may_edit: bool) -> list[Section]:
    """What there is to read; for who may edit also what is usual and empty."""
    made = [_section(name, resume, may_edit=may_edit) for name in SECTIONS]
    return [section for section in made if section.entries or (may_edit and section.name in ALWAYS)]


def _section(name: str, resume: Resume, *, may_edit: bool) -> Section:
    title, value = str(SECTIONS[name]), resume.profile.get(name)
    if name == "basics":
        entry = _entry(name, "/basics", value or {}, resume.sources, may_edit=may_edit)
        return Section(name, title, [entry] if entry.fields else [])
    if name == "skills":
        skills = _skills(value or [], resume.sources)
        return Section(name, title, [Entry("/skills", [skills])] if skills.values or may_edit else [])
    entries = [
        _entry(name, f"/{name}/{index}", one, resume.sources, may_edit=may_edit)
        for index, one in enumerate(value or [])
    ]
    return Section(name, title, entries, may_grow=may_edit)


def _skills(skills: list[dict[str, Any]], sources: dict[str, Any]) -> Field:
    values = [
        Value(skill.get("name", ""), sources.get(f"/skills/{index}/name", {})) for index, skill in enumerate(skills)
    ]
    return Field("/skills", str(SECTIONS["skills"]), values, is_list=True)


def _entry(section: str, pointer: str, entry: dict[str, Any], sources: dict[str, Any], *, may_edit: bool) -> Entry:
    usual = USUAL[section]
    others = [name for name in entry if name in LABELS and name not in usual and name != "location"]
    fields = [_field(section, pointer, name, entry, sources) for name in (*usual, *others)]
    return Entry(
        pointer,
        [one for one in fields if one.values or (may_edit and _name(one) in usual)]
        + list(_links(pointer, entry, sources)),
    )


def _name(one: Field) -> str:
    end = one.pointer.rpartition("/")[2]
    return "location/address" if end == "address" else end


def _field(section: str, pointer: str, name: str, entry: dict[str, Any], sources: dict[str, Any]) -> Field:
    value: Any = entry
    for part in name.split("/"):
        value = value.get(part) if isinstance(value, dict) else None
    end = name.rpartition("/")[2]
    label = COMPANY if (section, end) == ("work", "name") else LABELS[end]
    at = f"{pointer}/{name}"
    if end in LISTS:
        values = [Value(text, sources.get(f"{at}/{index}", {})) for index, text in enumerate(value or [])]
        return Field(at, str(label), values, is_list=True)
    values = [Value(value, sources.get(at, {}))] if isinstance(value, str) and value else []
    return Field(at, str(label), values, is_long=end in LONG)


def _links(pointer: str, entry: dict[str, Any], sources: dict[str, Any]) -> Iterator[Field]:
    """Profiles in networks, of `basics` alone."""
    for index, link in enumerate(entry.get("profiles", [])):
        at = f"{pointer}/profiles/{index}/url"
        if link.get("url"):
            yield Field(at, link.get("network") or str(LABELS["url"]), [Value(link["url"], sources.get(at, {}))])
