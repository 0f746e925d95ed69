"""The candidate's text of a task: editor events applied in order, exactly once, and kept for the replay."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from interviews.coding import changes as change_sets
from interviews.coding import tasks, writing_time
from interviews.models import CodeDocument, EditorOperation, Interview

MOST_EVENTS = 500  # of one message
MOST_BYTES = 256 * 1024  # of a document or a submission, in UTF-8
MOST_OPERATIONS = 50_000  # of a document
LATEST_MS = writing_time.LATEST_MS


class BadEvents(ValueError):
    """The events cannot be applied; nothing of the message was. `code` is a machine word."""

    code = "bad_editor_events"


class Gap(BadEvents):
    """Events before these are missing; `seq` is the last one known: the client sends again from there."""

    code = "editor_gap"

    def __init__(self, seq: int) -> None:
        super().__init__(f"events up to {seq} are known")
        self.seq = seq


class TooBig(BadEvents):
    """Too many events, or too long a text."""

    code = "too_large"


class WrongLanguage(ValueError):
    """The task is not to be written in this language."""


@dataclass(frozen=True, slots=True)
class Code:
    """A task's text as of operation `seq`; with no operation yet, the starter code of the task's first language."""

    task_id: str
    language: str
    text: str
    seq: int

    def public(self) -> dict[str, Any]:
        """`{task_id, language, text, seq}`."""
        return {"task_id": self.task_id, "language": self.language, "text": self.text, "seq": self.seq}


def current(interview: Interview, task_id: str) -> Code:
    """Raises `tasks.UnknownTask`, also for a task that is not this interview's."""
    task = task_of(interview, task_id)
    document = CodeDocument.objects.filter(interview=interview, task_id=task_id).first()
    if document is not None:
        return Code(task_id, document.language, document.text, document.seq)
    language = task.languages[0]
    return Code(task_id, language, task.starters[language][interview.language], 0)


@transaction.atomic
def apply_events(
    interview: Interview, task_id: str, base_seq: int, events: list[Any], language: str = "", wall_ms: int = 0
) -> int:
    """Apply `events` `[{t_ms, changes}]`, numbered from `base_seq` + 1; the document's last number is returned.

    Known numbers are skipped, so that a message may come twice. The first event's length tells what the editor began
    with: nothing, or starter code. `wall_ms` is the interview's wall clock now.
    Raises BadEvents (Gap, TooBig), tasks.UnknownTask; then nothing is stored.
    """
    task = task_of(interview, task_id)
    if len(events) > MOST_EVENTS:
        raise TooBig(f"more than {MOST_EVENTS} events")
    parsed = [_parse(event) for event in events]
    document = _document(interview, task_id)
    if not 0 <= base_seq <= document.seq:
        raise Gap(document.seq)
    fresh = parsed[document.seq - base_seq :]
    if fresh:
        moments = writing_time.place([t_ms for t_ms, _ in fresh], wall_ms, _latest(document))
        _begin(document, task, interview.language, fresh[0][1], language, moments[0])
        _apply(document, fresh, moments)
    return document.seq


def last_seq(interview_id: int, task_id: str) -> int:
    """The number of the document's last event; 0 where there is none."""
    rows = CodeDocument.objects.filter(interview_id=interview_id, task_id=task_id)
    return rows.values_list("seq", flat=True).first() or 0


def task_of(interview: Interview, task_id: str) -> tasks.Task:
    """The client names the task: it may only be the one that this interview gives. Raises `tasks.UnknownTask`."""
    task = tasks.of(interview)
    if task is None or task.task_id != task_id:
        raise tasks.UnknownTask(task_id)
    return task


def _parse(event: Any) -> tuple[int, list[change_sets.Change]]:
    if not isinstance(event, dict):
        raise BadEvents("an event must be an object")
    t_ms = event.get("t_ms", 0)
    if not isinstance(t_ms, int | float) or not 0 <= t_ms <= LATEST_MS:
        raise BadEvents("t_ms must be a number of milliseconds")
    try:
        return int(t_ms), change_sets.clean(event.get("changes"))
    except change_sets.InvalidChanges as error:
        raise BadEvents(str(error)) from error


def _document(interview: Interview, task_id: str) -> CodeDocument:
    """Locked: two messages about one document follow each other."""
    CodeDocument.objects.get_or_create(interview=interview, task_id=task_id)
    return CodeDocument.objects.select_for_update().get(interview=interview, task_id=task_id)


def _latest(document: CodeDocument) -> writing_time.Moment | None:
    rows = document.operations.order_by("-seq").values_list("t_ms", "wall_ms", "at_ms")
    found = rows.first() if document.seq else None
    return writing_time.Moment(*found) if found else None


def _begin(
    document: CodeDocument,
    task: tasks.Task,
    spoken: str,
    first: list[change_sets.Change],
    language: str,
    moment: writing_time.Moment,
) -> None:
    """Give a new document the text its editor began with, as operation 0, and the language it belongs to."""
    if language and language not in task.languages:
        raise BadEvents("the task is not to be written in this language")
    if document.seq == 0 and not document.text:
        length = change_sets.base_length(first)
        options = [language, *task.languages] if language else list(task.languages)
        # English last: what an editor shows that was open before a release brought the starters of this language.
        shown = ((name, task.starters[name][words]) for words in (spoken, "en") for name in options)
        fitting = ((name, text) for name, text in shown if change_sets.length(text) == length)
        found, text = next(fitting, ("", ""))
        if length and found:
            document.language, document.text = found, text
            opening: list[change_sets.Change] = [[0, *document.text.split("\n")]]
            begun = {**moment._asdict(), "t_ms": 0, "language": found}
            EditorOperation.objects.create(document=document, seq=0, changes=opening, **begun)
    document.language = language or document.language or task.languages[0]


def _apply(
    document: CodeDocument, fresh: list[tuple[int, list[change_sets.Change]]], moments: list[writing_time.Moment]
) -> None:
    if document.seq + len(fresh) > MOST_OPERATIONS:
        raise TooBig(f"more than {MOST_OPERATIONS} operations")
    units, operations = change_sets.encode(document.text), []
    for seq, ((_, changes), moment) in enumerate(zip(fresh, moments, strict=True), start=document.seq + 1):
        try:
            units = change_sets.apply_units(units, changes)
        except change_sets.InvalidChanges as error:
            raise BadEvents(str(error)) from error
        if len(units) > MOST_BYTES * 2:
            raise TooBig(f"more than {MOST_BYTES} bytes")
        made = {**moment._asdict(), "language": document.language, "changes": changes}
        operations.append(EditorOperation(document=document, seq=seq, **made))
    document.text, document.seq = change_sets.decode(units), document.seq + len(fresh)
    if len(document.text.encode()) > MOST_BYTES:
        raise TooBig(f"more than {MOST_BYTES} bytes")
    EditorOperation.objects.bulk_create(operations)
    document.save(update_fields=["language", "text", "seq", "updated_at"])
