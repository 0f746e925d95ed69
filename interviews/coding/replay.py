"""How code was written: the text at any operation, and whether its end is what was handed in, byte for byte."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from interviews.coding import changes as change_sets
from interviews.models import CodeDocument, CodeRun


class BrokenOperations(ValueError):
    """An operation is missing, or does not fit the text before it. `seq` is the first that cannot be replayed."""

    def __init__(self, seq: int, text: str) -> None:
        super().__init__(f"operation {seq} cannot be replayed")
        self.seq = seq
        self.text = text


class Outcome(StrEnum):
    EQUAL = "equal"
    DIFFERENT = "different"
    BROKEN = "broken"  # not every operation could be replayed


@dataclass(frozen=True, slots=True)
class Comparison:
    """The replay's end beside the submission. Where they part: `byte` (of UTF-8, from 0), `line`, `column` (from 1).

    `seq` is the first operation that could not be replayed, of a broken one; the rest is of the text before it.
    """

    outcome: Outcome
    byte: int | None = None
    line: int | None = None
    column: int | None = None
    seq: int | None = None

    def public(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome.value,
            "byte": self.byte,
            "line": self.line,
            "column": self.column,
            "seq": self.seq,
        }


def replayed(operations: Iterable[tuple[int, Sequence[change_sets.Change]]]) -> str:
    """The text after the operations, which are `(seq, changes)` in their order. Raises BrokenOperations.

    Numbers begin with 0, or with 1 where the editor was empty at first.
    """
    units, expected = b"", None
    for seq, changes in operations:
        try:
            if seq not in ((0, 1) if expected is None else (expected,)):
                raise change_sets.InvalidChanges("an operation is missing")
            units = change_sets.apply_units(units, changes)
        except change_sets.InvalidChanges as error:
            raise BrokenOperations(seq, change_sets.decode(units)) from error
        expected = seq + 1
    return change_sets.decode(units)


def compare(document: CodeDocument | None, submission: CodeRun) -> Comparison:
    """The operations of `document` replayed to their end, and what was handed in. One query."""
    # Closed here: PostgreSQL has a cursor for it, and closing that in a later transaction would break that one off.
    with closing(stored(document)) as operations:
        try:
            text = replayed(operations)
        except BrokenOperations as error:
            return _difference(error.text, submission.source, Outcome.BROKEN, error.seq)
    if text == submission.source:
        return Comparison(Outcome.EQUAL)
    return _difference(text, submission.source, Outcome.DIFFERENT)


def stored(document: CodeDocument | None) -> Generator[tuple[int, list[change_sets.Change]], None, None]:
    """`(seq, changes)` of each operation, in order. One query."""
    if document is not None:
        yield from document.operations.order_by("seq").values_list("seq", "changes").iterator(chunk_size=2_000)


def _difference(one: str, other: str, outcome: Outcome, seq: int | None = None) -> Comparison:
    pairs = zip(one, other, strict=False)
    at = next((place for place, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))
    before = one[:at]
    line = before.count("\n") + 1
    column = at - (before.rfind("\n") + 1) + 1
    return Comparison(outcome, len(before.encode()), line, column, seq)
