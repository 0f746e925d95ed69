"""What a person corrected in a profile: marked in its sources, and kept when the file is read again."""

import json
from collections.abc import Iterator
from typing import Any

from resumes.domain.sources import values

Sources = dict[str, Any]
#: Instead of the source of what a person wrote; at a section, or a field of `basics`, of which they removed something.
CORRECTED = {"corrected": True}


def is_correction(source: dict[str, Any]) -> bool:
    return "corrected" in source


def sources_after(before: dict[str, Any], after: dict[str, Any], sources: Sources) -> Sources:
    """The sources of a profile that a person changed: a value that stayed has its own, wherever it moved to."""
    came_from = dict(_pairs(before, after))
    found: Sources = {}
    for value in values(after):
        origin = came_from.get(value.pointer)
        if origin is None:
            found[value.pointer] = CORRECTED
        elif origin in sources:
            found[value.pointer] = sources[origin]
    old = {value.pointer for value in values(before)}
    removed = {_part(pointer) for pointer in old.difference(came_from.values())} - _corrected_parts(found)
    earlier = {pointer for pointer, source in sources.items() if is_correction(source) and pointer not in old}
    return found | dict.fromkeys(removed | (earlier - found.keys()), CORRECTED)


def kept(
    profile: dict[str, Any], sources: Sources, read: dict[str, Any], located: Sources
) -> tuple[dict[str, Any], Sources]:
    """A new reading with what a person corrected in an earlier one, and its sources.

    Of `basics` each field stays by itself. Any other section stays whole as the person left it: its entries have no
    names by which they could be found in the new reading.
    """
    parts = _corrected_parts(sources)
    if not parts:
        return read, located
    whole = {**read, "basics": dict(read.get("basics", {}))}
    for part in parts:
        _section, _slash, field = part[1:].partition("/")
        source, target = (profile.get("basics", {}), whole["basics"]) if field else (profile, whole)
        name = field or part[1:]
        target.pop(name, None)
        if name in source:
            target[name] = source[name]
    stay = {pointer: source for pointer, source in sources.items() if _part(pointer) in parts and is_correction(source)}
    return whole, {pointer: source for pointer, source in located.items() if _part(pointer) not in parts} | stay


def _corrected_parts(sources: Sources) -> set[str]:
    return {_part(pointer) for pointer, source in sources.items() if is_correction(source)}


def _part(pointer: str) -> str:
    """`/basics/phone`, `/work`: what stays as one."""
    names = pointer[1:].split("/")
    return "/".join(["", *names[: 2 if names[0] == "basics" else 1]])


def _pairs(before: Any, after: Any, old: str = "", new: str = "") -> Iterator[tuple[str, str]]:
    """The new and the old pointer of each value that is the same."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in after.keys() & before.keys():
            yield from _pairs(before[name], after[name], f"{old}/{name}", f"{new}/{name}")
    elif isinstance(before, list) and isinstance(after, list):
        for old_index, new_index in _aligned(before, after):
            yield from _pairs(before[old_index], after[new_index], f"{old}/{old_index}", f"{new}/{new_index}")
    elif before == after:
        yield new, old


def _aligned(before: list[Any], after: list[Any]) -> Iterator[tuple[int, int]]:
    """Old and new places of the same entries: those that are equal, then those that have most in common."""
    left: dict[str, list[int]] = {}
    for index, entry in reversed(list(enumerate(before))):
        left.setdefault(json.dumps(entry, sort_keys=True), []).append(index)
    changed = []
    for index, entry in enumerate(after):
        if places := left.get(json.dumps(entry, sort_keys=True)):
            yield places.pop(), index
        else:
            changed.append(index)
    free = {index: _texts(before[index]) for places in left.values() for index in places}
    for index in changed:
        texts = _texts(after[index])
        best = max(free, key=lambda old: (len(free[old] & texts), -abs(old - index)), default=None)
        if best is not None and free[best] & texts:
            del free[best]
            yield best, index


def _texts(entry: Any) -> set[tuple[str, str]]:
    return {(value.name, value.text) for value in values(entry)}
