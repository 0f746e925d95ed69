"""Writing by hand: edits of a text as the editor's ChangeSets, and random ones for properties."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from interviews.coding import changes as change_sets
from interviews.coding.integrity import Step
from interviews.models import CodeDocument, EditorOperation, Interview

PROGRAM = "backend-rate-limiter"  # a task of the bank that can be written in any language
TEXT = st.text(alphabet=st.sampled_from("ab \n你é😀🏽"), max_size=20)


def after(text: str, changes: Any) -> str:
    """The text after one change set, as the editor sends it."""
    return change_sets.decode(change_sets.apply_units(change_sets.encode(text), change_sets.clean(changes)))


class Hand:
    """Writes at the cursor, which is at the end unless it was moved, and keeps what the editor would send."""

    def __init__(self, text: str = "", interval_ms: int = 200) -> None:
        self.text = text
        self.at_ms = 0
        self.interval_ms = interval_ms
        self.steps: list[Step] = []
        if text:
            self.steps.append(Step(0, 0, 0, [[0, *text.split("\n")]]))

    def type(self, text: str, interval_ms: int | None = None) -> "Hand":
        """Character by character."""
        for character in text:
            self.insert(character, interval_ms=interval_ms)
        return self

    def insert(self, text: str, at: int | None = None, interval_ms: int | None = None) -> "Hand":
        """In one operation."""
        return self.replace(len(self.text) if at is None else at, 0, text, interval_ms)

    def replace(self, start: int, length: int, text: str = "", interval_ms: int | None = None) -> "Hand":
        """`length` characters from `start` on by `text`, in one operation."""
        self.at_ms += self.interval_ms if interval_ms is None else interval_ms
        head, cut, tail = self.text[:start], self.text[start : start + length], self.text[start + length :]
        parts = [change_sets.length(head), [change_sets.length(cut), *(text.split("\n") if text else [])]]
        changes = [part for part in (*parts, change_sets.length(tail)) if part != 0]
        self.steps.append(Step(self.seq + 1, self.at_ms, self.at_ms, changes))
        self.text = head + text + tail
        return self

    def wait(self, ms: int) -> "Hand":
        self.at_ms += ms
        return self

    @property
    def seq(self) -> int:
        return self.steps[-1].seq if self.steps else 0

    def store(self, interview: Interview, task_id: str, language: str = "python", start_ms: int = 0) -> CodeDocument:
        """As rows; what was written so."""
        document = CodeDocument.objects.create(
            interview=interview, task_id=task_id, language=language, text=self.text, seq=self.seq
        )
        EditorOperation.objects.bulk_create(
            EditorOperation(
                document=document,
                seq=step.seq,
                t_ms=step.at_ms,
                wall_ms=start_ms + step.wall_ms,
                at_ms=start_ms + step.at_ms,
                language=language,
                changes=step.changes,
            )
            for step in self.steps
        )
        return document


@st.composite
def change(draw: st.DrawFn, length: int) -> list[Any]:
    """A change set for a text of `length` units; cuts may fall into surrogate pairs."""
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=4)))
    parts: list[Any] = []
    for start, end in pairwise([0, *cuts, length]):
        if draw(st.booleans()):
            parts.append(end - start)
        else:
            lines = st.lists(TEXT.map(lambda line: line.replace("\n", "")), max_size=3)
            parts.append([end - start, *draw(lines)])
    return parts


@st.composite
def edits(draw: st.DrawFn, most: int = 12) -> list[list[Any]]:
    """Change sets that follow each other on an empty text."""
    text, found = "", []
    for _ in range(draw(st.integers(1, most))):
        changes = draw(change(change_sets.length(text)))
        text = after(text, changes)
        found.append(changes)
    return found
