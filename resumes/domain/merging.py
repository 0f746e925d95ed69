"""Two profiles of one document: a model's, of which only what the document says counts, and the offline parser's."""

from collections.abc import Collection
from typing import Any

from resumes.domain.folding import fold
from resumes.domain.parser.skills import key_of
from resumes.domain.sources import ENTRIES

#: What an entry is known by: the first of these that it has.
KEYS = ("name", "institution", "organization", "title")


def grounded(profile: dict[str, Any], found: Collection[str]) -> dict[str, Any]:
    """Only the values whose JSON pointers are in `found`, and no entry without a value."""
    kept: dict[str, Any] = _kept(profile, "", found)
    return kept


def _kept(value: Any, pointer: str, found: Collection[str]) -> Any:
    if isinstance(value, dict):
        inner = {name: _kept(one, f"{pointer}/{name}", found) for name, one in value.items()}
        return {name: one for name, one in inner.items() if one}
    if isinstance(value, list):
        return [one for index, item in enumerate(value) if (one := _kept(item, f"{pointer}/{index}", found))]
    return value if pointer in found else None


def filled(profile: dict[str, Any], offline: dict[str, Any]) -> dict[str, Any]:
    """`profile` with what only the offline parser has read."""
    whole = {**offline, **profile}
    whole["basics"] = _basics(profile.get("basics", {}), offline.get("basics", {}))
    for section in ENTRIES:
        if profile.get(section):
            whole[section] = _entries(profile[section], offline.get(section, []))
    if profile.get("skills"):
        known = {key_of(name) for row in profile["skills"] for name in (row.get("name", ""), *row.get("keywords", []))}
        more = [row for row in offline.get("skills", []) if key_of(row.get("name", "")) not in known]
        whole["skills"] = [*profile["skills"], *more]
    return {section: value for section, value in whole.items() if value}


def _basics(basics: dict[str, Any], offline: dict[str, Any]) -> dict[str, Any]:
    location = {**offline.get("location", {}), **basics.get("location", {})}
    whole = {**offline, **basics, "location": location}
    known = {row.get("url") for row in basics.get("profiles", [])}
    more = [row for row in offline.get("profiles", []) if row.get("url") not in known]
    if links := [*basics.get("profiles", []), *more]:
        whole["profiles"] = links
    return whole


def _entries(entries: list[dict[str, Any]], offline: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with the fields that the offline parser's entry of the same name has; of two with one name neither."""
    names, others = [_name(entry) for entry in entries], [_name(entry) for entry in offline]
    whole = []
    for entry, name in zip(entries, names, strict=True):
        if name and names.count(name) == others.count(name) == 1:
            other = offline[others.index(name)]
            # No end beside a beginning says: until now.
            left_out = {"endDate"} if "startDate" in entry else set()
            whole.append({**{field: value for field, value in other.items() if field not in left_out}, **entry})
        else:
            whole.append(entry)
    return whole


def _name(entry: dict[str, Any]) -> str:
    return fold(next((entry[key] for key in KEYS if entry.get(key)), ""))
