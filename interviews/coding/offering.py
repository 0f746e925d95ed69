"""Tasks as recruiters see them: which can be pinned, and what each is called in their language."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext, gettext_lazy

from interviews.coding import proving, tasks
from interviews.coding.bank_format import SPOKEN, BadDocument
from interviews.coding.definitions import Kind, Task
from interviews.models import CodingTask, PositionType

KINDS = {
    Kind.PROGRAM: gettext_lazy("Program"),
    Kind.DEBUG: gettext_lazy("Debugging"),
    Kind.FUNCTION: gettext_lazy("Function"),
    Kind.SQL: gettext_lazy("SQL query"),
    Kind.TESTING: gettext_lazy("Writing tests"),
    Kind.WRITTEN: gettext_lazy("Written case"),
}
Choices = list[tuple[str, str | list[tuple[str, str]]]]


def reader_language() -> str:
    """Of those that tasks are written in."""
    language = get_language() or "en"
    return language if language in SPOKEN else "en"


def title(task_id: str) -> str:
    """In the reader's language; the id itself of a task that is gone."""
    try:
        return tasks.find(task_id)[0].title(reader_language())
    except tasks.UnknownTask:
        return task_id


def positions(task: Task) -> str:
    labels = dict(PositionType.choices)
    return ", ".join(str(labels[kind]) for kind in task.position_types)


def doubt(task_id: str) -> str:
    """What speaks against an own task that somebody has pinned; empty where nothing does. At most one query."""
    own = CodingTask.objects.filter(task_id=task_id).first() if task_id.startswith(tasks.OWN) else None
    if own is None or (own.proved_at is not None and not own.faults) or proving.is_written(own):
        return ""
    return f"{own.title}: {proving.state(own)}"


def choices(current: str = "") -> Choices:
    """For a select: nothing pinned, own tasks in use, then the bank by position. One query.

    `current` stays possible, also where it is gone or no longer in use.
    """
    stored = CodingTask.objects.filter(active=True).values_list("document", "faults")
    own = {task.task_id: (task, bool(faults)) for document, faults in stored if (task := _read(document))}
    groups: Choices = [("", gettext("Chosen by position, level and resume"))]
    if own:
        sound = _rows(task for task, fails in own.values() if not fails)
        failing = _rows(task for task, fails in own.values() if fails)
        label = gettext("%(task)s: fails its own tests")
        groups.append((gettext("Own tasks"), sound + [(key, label % {"task": words}) for key, words in failing]))
    for kind in PositionType:
        groups.append(
            (str(kind.label), _rows(task for task in tasks.bank().values() if task.position_types[0] == kind))
        )
    if current and current not in own and current not in tasks.bank():
        groups.append((current, title(current)))
    return groups


def _read(document: str) -> Task | None:
    try:
        return tasks.own(document)
    except BadDocument:  # an older release accepted it
        return None


def _rows(found: Iterable[Task]) -> list[tuple[str, str]]:
    words = gettext("%(title)s (%(positions)s; difficulty %(difficulty)s)")
    language = reader_language()
    return [
        (
            task.task_id,
            words % {"title": task.title(language), "positions": positions(task), "difficulty": task.difficulty},
        )
        for task in sorted(found, key=lambda task: (task.difficulty, task.title(language)))
    ]
