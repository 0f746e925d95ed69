"""What in the writing of code is worth a recruiter's look: text that came at once, and typing that no hand does.

Pure: the operations of a document in, findings out. They are signals, never a part of a score.

Limits. The average of 168,000 people is 52 words a minute, their fastest tenth writes some 80 to 120 (Dhakal, Feit,
Kristensson, Oulasvirta: Observations on Typing from 136 Million Keystrokes, CHI 2018); the record over a minute is 216
(S. Pajunas, 1946), 18 characters a second at five a word. 25 a second, held for three seconds, is no person's. A key
that is held down repeats up to 30 times a second, so a character counts only where it is another than the one before.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from interviews.coding import changes as change_sets

FASTEST_A_SECOND = 25
WINDOW_MS = 3_000
LONGEST_LINE = 120  # characters that may come at once without a line's end: longer than any completed line
MOST_FINDINGS = 50  # of each kind: who pastes more often has long made the point
# What a hostile client may cost: insertions that are looked up, and characters of past lines that are kept.
MOST_LOOKS = 1_000
MOST_PAST = 5_000_000
NEWLINE = change_sets.encode("\n")


class Step(NamedTuple):
    """An operation: its number, its place on the time line and on the interview's wall clock, and its changes."""

    seq: int
    at_ms: int
    wall_ms: int
    changes: list[change_sets.Change]


@dataclass(frozen=True, slots=True)
class Paste:
    """One operation that inserted `lines` lines that have anything in them, of `characters` characters in all."""

    seq: int
    at_ms: int
    wall_ms: int
    lines: int
    characters: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Characters typed one by one, all of them in windows too full for a hand; times on the time line."""

    seq: int
    at_ms: int
    wall_ms: int
    until_ms: int
    characters: int


def pastes(steps: Iterable[Step], known: Iterable[str] = ()) -> list[Paste]:
    """Insertions of more than a line that are not the candidate's own.

    Own is what stands in the document or stood in it before (cut, copied, undone, another language's draft), and what
    the task itself gives (`known`: starters, statement, tests). The first operation of an editor that begins with
    starter code is number 0 and is given.
    """
    lines, units, found = _OwnLines(known), b"", list[Paste]()
    for step in steps:
        if lines.looks == MOST_LOOKS or len(found) == MOST_FINDINGS:
            break
        try:
            new = change_sets.apply_units(units, step.changes)
        except change_sets.InvalidChanges:
            break
        lines.learn_deleted(units, step.changes)
        inserted = _longest_insertion(step.changes)
        if step.seq > 0 and _is_large(inserted) and not lines.are_own(inserted, units):
            found.append(_paste(step, inserted))
        units = new
    return found


def bursts(steps: Iterable[Step]) -> list[Burst]:
    """Stretches in which more than `FASTEST_A_SECOND` characters a second were typed one by one."""
    limit = FASTEST_A_SECOND * WINDOW_MS // 1000
    window, found = deque[Step](), list[Burst]()
    for step in _typed(steps):
        window.append(step)
        while step.at_ms - window[0].at_ms > WINDOW_MS:
            window.popleft()
        if len(window) <= limit:
            continue
        if found and found[-1].until_ms >= window[0].at_ms:
            found[-1] = replace(found[-1], until_ms=step.at_ms, characters=found[-1].characters + 1)
        else:
            first = window[0]
            found.append(Burst(first.seq, first.at_ms, first.wall_ms, step.at_ms, len(window)))
    return found[:MOST_FINDINGS]


class _OwnLines:
    """The lines that a document has had, without their indentation: what comes back in another place is still own."""

    def __init__(self, known: Iterable[str]) -> None:
        self.looks = 0
        self._past = 0
        self._lines = {line for text in known for line in _lines(text)}

    def learn_deleted(self, units: bytes, changes: list[change_sets.Change]) -> None:
        """The whole lines that the changes delete something of, as they are before."""
        position = 0
        for part in changes:
            length = change_sets.UNIT * (part if isinstance(part, int) else part[0])
            if not isinstance(part, int) and length and self._past < MOST_PAST:
                touched = units[_line_start(units, position) : _line_end(units, position + length)]
                self._lines.update(_lines(change_sets.decode(touched)))
                self._past += len(touched) // change_sets.UNIT
            position += length

    def are_own(self, inserted: str, units: bytes) -> bool:
        """Whether every line of `inserted` is one of the document or of its past; the outer two may be parts of one."""
        self.looks += 1
        lines = _lines(inserted)
        pool = self._lines.union(_lines(change_sets.decode(units)))
        outer = {lines[0], lines[-1]}
        return all(line in pool or (line in outer and any(line in whole for whole in pool)) for line in lines)


def _typed(steps: Iterable[Step]) -> Iterator[Step]:
    before = ""
    for step in steps:
        inserted = _longest_insertion(step.changes)
        if len(inserted) == 1 and inserted != before:
            yield step
        before = inserted


def _paste(step: Step, inserted: str) -> Paste:
    return Paste(step.seq, step.at_ms, step.wall_ms, len(_lines(inserted)), len(inserted))


def _is_large(inserted: str) -> bool:
    lines = _lines(inserted)
    return len(lines) > 1 or any(len(line) > LONGEST_LINE for line in lines)


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]


def _longest_insertion(changes: list[change_sets.Change]) -> str:
    return max(("\n".join(part[1:]) for part in changes if not isinstance(part, int)), key=len, default="")


def _line_start(units: bytes, position: int) -> int:
    end = position
    while (found := units.rfind(NEWLINE, 0, end)) % change_sets.UNIT and found >= 0:
        end = found + 1  # half of one unit and half of the next
    return found + change_sets.UNIT if found >= 0 else 0


def _line_end(units: bytes, position: int) -> int:
    start = position
    while (found := units.find(NEWLINE, start)) % change_sets.UNIT and found >= 0:
        start = found + 1
    return found if found >= 0 else len(units)
