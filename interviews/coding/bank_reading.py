"""Reads a YAML document key by key, and names every fault with its place in words of the person who wrote it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext

from providers.base import UNSTORABLE
from providers.yaml_files import Loader

Place = tuple[str | int, ...]
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` is like "hidden → 3 → expected", empty for the whole document; `line` counts from 1, 0 if unknown."""

    place: str
    line: int
    text: str

    def __str__(self) -> str:
        if not self.line:
            return f"{self.place}: {self.text}" if self.place else self.text
        words = gettext("Line %(line)s, %(place)s: %(text)s") if self.place else gettext("Line %(line)s: %(text)s")
        return words % {"line": self.line, "place": self.place, "text": self.text}


class BadDocument(ValueError):
    """The document cannot be used; `faults` has all that was found, in the order of the lines."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(slots=True)
class Faults:
    """Collects faults. `lines` says where each place of the document is written."""

    lines: dict[Place, int] = field(default_factory=dict)
    found: list[Fault] = field(default_factory=list)

    def add(self, place: Place, text: str) -> None:
        known = next((place[:size] for size in range(len(place), -1, -1) if place[:size] in self.lines), ())
        self.found.append(Fault(" → ".join(map(str, place)), self.lines.get(known, 0), text))

    def raise_any(self) -> None:
        if self.found:
            raise BadDocument(sorted(self.found, key=lambda fault: fault.line))


class Row:
    """A mapping of the document. What is missing or wrong becomes a fault, and an empty value goes on in its place."""

    def __init__(self, values: dict[str, Any], place: Place, faults: Faults) -> None:
        self._values, self._place, self._faults = values, place, faults
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def fault(self, text: str, *at: str | int) -> None:
        self._faults.add((*self._place, *at), text)

    def keys(self) -> list[str]:
        return list(self._values)

    @property
    def present(self) -> bool:
        return bool(self._values)

    def peek(self, key: str) -> Any:
        return self._values.get(key)

    def take(self, key: str) -> Any:
        self._read.add(key)
        return self._values.get(key)

    def text(self, key: str, most: int, *, empty: bool = False) -> str:
        """At most `most` bytes of UTF-8."""
        value = self.take(key)
        if value is None:
            self.fault(gettext("This is missing."), key)
            return ""
        if not isinstance(value, str):
            self.fault(gettext("This must be text: put it in quotes."), key)
            return ""
        if not value.strip() and not empty:
            self.fault(gettext("This is empty."), key)
        if len(value.encode(errors="replace")) > most:
            self.fault(gettext("This is longer than %(most)s bytes.") % {"most": f"{most:,}"}, key)
        if not storable(value):
            self.fault(gettext("This has a character that cannot be stored."), key)
            return ""
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        value = self.take(key)
        if value is None:
            if default is None:
                self.fault(gettext("This is missing."), key)
            return low if default is None else default
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            wanted = gettext("This must be a number from %(low)s to %(high)s.")
            self.fault(wanted % {"low": low, "high": high}, key)
            return low
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        value = self.number(key, low, high, default)
        if value != int(value):
            self.fault(gettext("This must be a whole number."), key)
        return int(value)

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            self.fault(gettext("This must be true or false."), key)
        return value is True

    def one_of(self, key: str, choices: Collection[str]) -> str:
        value = self.text(key, 100)
        if value and value not in choices:
            self.fault(_one_of(choices), key)
            return ""
        return value

    def words(self, key: str, least: int, most: int, choices: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of short texts, without repetition."""
        kept: list[str] = []
        for number, value in enumerate(self._list(key, least, most), start=1):
            if not isinstance(value, str) or not value.strip() or len(value) > 300 or not storable(value):
                self.fault(gettext("This must be a short text."), key, number)
            elif choices is not None and value not in choices:
                self.fault(_one_of(choices), key, number)
            elif value in kept:
                self.fault(gettext("This is said twice."), key, number)
            else:
                kept.append(value)
        return tuple(kept)

    def row(self, key: str, *, required: bool = True) -> "Row":
        """A mapping inside this one; an empty one where it is missing."""
        value = self.take(key)
        if required and (value is None or value == {}):
            self.fault(gettext("This is missing."), key)
        elif value is not None and not isinstance(value, dict):
            self.fault(gettext("This must be a mapping: a name, a colon and a value on each line."), key)
        return Row(value if isinstance(value, dict) else {}, (*self._place, key), self._faults)

    def rows(self, key: str, least: int, most: int) -> Iterator["Row"]:
        """A list of mappings."""
        for number, value in enumerate(self._list(key, least, most), start=1):
            if isinstance(value, dict):
                yield Row(value, (*self._place, key, number), self._faults)
            else:
                self.fault(gettext("This must be a mapping: a name, a colon and a value on each line."), key, number)

    def refuse_others(self) -> None:
        """What nobody asked for is a misspelt name, or belongs to another kind of task."""
        for key in self._values:
            if key not in self._read:
                self.fault(gettext("No such field is known here."), str(key))

    def raise_faults(self) -> None:
        """Raises BadDocument if anything was wrong so far, anywhere in the document."""
        self._faults.raise_any()

    def finish(self) -> None:
        """Raises BadDocument if anything was wrong, or was not asked for."""
        self.refuse_others()
        self.raise_faults()

    def _list(self, key: str, least: int, most: int) -> list[Any]:
        value = self.take(key)
        if value is not None and not isinstance(value, list):
            self.fault(gettext("This must be a list: every item on a line that begins with a dash."), key)
            return []
        count = len(value or ())
        if count < least:
            self.fault(gettext("There are too few: at least %(least)s.") % {"least": least}, key)
        if count > most:
            self.fault(gettext("There are too many: at most %(most)s.") % {"most": most}, key)
        return (value or [])[:most]


def document(text: str, most: int) -> Row:
    """The document as a row whose faults know their lines. Raises BadDocument for what is no YAML mapping."""
    if len(text.encode(errors="replace")) > most:
        raise BadDocument([Fault("", 0, gettext("This is longer than %(most)s bytes.") % {"most": f"{most:,}"})])
    try:
        _refuse_tricks(text)
        loader = Loader(text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node is not None else None
    except BadDocument:
        raise
    except yaml.MarkedYAMLError as error:
        raise BadDocument([_syntax_fault(error)]) from error
    except (yaml.YAMLError, ValueError) as error:
        # A ValueError is, for example, the 30th of February.
        raise BadDocument([Fault("", 0, gettext("This is no YAML: %(why)s") % {"why": error})]) from error
    if node is None or not isinstance(values, dict):
        raise BadDocument([Fault("", 1, gettext("This must be a mapping: a name, a colon and a value on each line."))])
    faults = Faults()
    _note_lines(node, (), faults)
    faults.lines[()] = 0  # what the document lacks is on no line
    return Row(values, (), faults)


def storable(text: str) -> bool:
    """Neither a NUL nor half a character: no database takes them."""
    return not UNSTORABLE.search(text)


def _one_of(choices: Collection[str]) -> str:
    return gettext("This must be one of: %(choices)s.") % {"choices": ", ".join(choices)}


def _syntax_fault(error: yaml.MarkedYAMLError) -> Fault:
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    return Fault("", line, gettext("This is no YAML: %(why)s") % {"why": error.problem or error.context})


def _refuse_tricks(text: str) -> None:
    """References can make a small document endless, and deep nesting ends the interpreter."""
    depth = 0
    for event in yaml.parse(text, Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadDocument([Fault("", line, gettext("References (& and *) are not possible: write the text out."))])
        if depth > DEEPEST:
            raise BadDocument([Fault("", line, gettext("This is nested too deeply."))])


def _note_lines(node: yaml.Node, place: Place, faults: Faults) -> None:
    faults.lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value, start=1):
            _note_lines(child, (*place, number), faults)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            inner = (*place, str(key.value))
            known = inner in faults.lines
            _note_lines(child, inner, faults)
            faults.lines[inner] = key.start_mark.line + 1
            if known:
                faults.add(inner, gettext("This is said twice."))
