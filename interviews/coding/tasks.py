"""The code tasks: the bank's, one YAML file each, and recruiters' own; and which of them an interview gives."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from interviews.coding import bank_format, choosing
from interviews.coding.bank_format import BadDocument
from interviews.coding.definitions import ACCEPTS, OWN, TOLD, Bug, Kind, Task, TaskLimits, Test, Wrong
from interviews.models import CodingTask, Interview, Status

__all__ = [
    "ACCEPTS",
    "EXAMPLE",
    "OWN",
    "BadDocument",
    "Bug",
    "Kind",
    "Task",
    "TaskLimits",
    "Test",
    "UnknownTask",
    "Wrong",
    "bank",
    "choose",
    "document",
    "files",
    "find",
    "get",
    "given",
    "given_or_none",
    "of",
    "own",
    "pin",
    "title_given",
]

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "bank"
KEPT = replace(bank_format.MINE, own=False)  # of the bank, as chosen: a later release's demands do not count
EXAMPLE = FOLDER.with_name("new_task.yaml")  # what a recruiter's own task begins with


class UnknownTask(LookupError):
    """There is no task of that id."""


def of(interview: Interview, *, editor: bool = True) -> Task | None:
    """The interview's task: pinned on it, else on its vacancy, else chosen; None where its position has none.
    Without an `editor` one is chosen that can be told aloud; what is pinned is given all the same.

    Once the interview is running the answer is written down with its document: neither edits nor a later release
    change it. `interview` may be a copy of the row that is older than that.
    """
    fixed = _fixed(interview)
    if fixed is not None:
        return fixed
    task, text = _pinned(interview) or _chosen(interview, editor=editor)
    if task is None or interview.status != Status.ACTIVE:
        return task
    unfixed = Interview.objects.filter(pk=interview.pk, code_task=interview.code_task, code_task_document__isnull=True)
    if not unfixed.update(code_task=task.task_id, code_task_document=text):
        interview.refresh_from_db(fields=["code_task", "code_task_document"])
        return _fixed(interview) or bank().get(interview.code_task) or task
    interview.code_task, interview.code_task_document = task.task_id, text
    return task


def choose(interview: Interview, *, editor: bool = True) -> Task | None:
    """What fits the interview where nothing is pinned; the same for the same plan. `editor` as in `of`."""
    resume = interview.resume
    wanted = choosing.Wanted(
        position_type=interview.position_type,
        years=resume.years if resume else None,
        skills=frozenset(resume.skills.values_list("key", flat=True)) if resume else frozenset(),
        had=_had(interview),
        seed=repr([row["key"] for row in interview.plan]),
        kinds=tuple(Kind) if editor else TOLD,
    )
    return choosing.choose(bank().values(), wanted)


def given(interview: Interview, task_id: str) -> Task:
    """A task that the interview has dealt with, by its id. Raises UnknownTask."""
    if interview.code_task == task_id and (fixed := _fixed(interview)):
        return fixed
    return find(task_id)[0]


def given_or_none(interview: Interview, task_id: str) -> Task | None:
    """As `given`; None for one that the bank of a later release has dropped."""
    try:
        return given(interview, task_id)
    except UnknownTask:
        return None


def title_given(interview: Interview, task_id: str) -> str:
    """The task's title in the interview's language; its id where it is gone."""
    task = given_or_none(interview, task_id)
    return task_id if task is None else task.title(interview.language)


def pin(interview: Interview, task_id: str) -> bool:
    """Have the interview give this task (none: what fits it); False, and nothing is changed, once it has begun."""
    rows = Interview.objects.filter(pk=interview.pk, status=Status.CREATED)
    return bool(rows.update(code_task=task_id))


def find(task_id: str) -> tuple[Task, str]:
    """A task of the bank, or a recruiter's own as it is now, with its document. Raises UnknownTask."""
    if not task_id.startswith(OWN):
        return get(task_id), document(task_id)
    kept = CodingTask.objects.filter(task_id=task_id).values_list("document", flat=True).first()
    if kept is None:
        raise UnknownTask(task_id)
    try:
        return own(kept), kept
    except BadDocument as error:  # an older release accepted it
        raise UnknownTask(task_id) from error


def get(task_id: str) -> Task:
    """A task of the bank. Raises UnknownTask."""
    try:
        return bank()[task_id]
    except KeyError:
        raise UnknownTask(task_id) from None


@cache
def bank() -> dict[str, Task]:
    """Every task by its id, in the order of the files' names. A faulty file takes no other task away."""
    return {task_id: task for task_id, (task, _text) in _read_bank().items()}


@cache
def _read_bank() -> dict[str, tuple[Task, str]]:
    return {found[0].task_id: found for path in files() if (found := _read(path))}


def _read(path: Path) -> tuple[Task, str] | None:
    text = path.read_text(encoding="utf-8")
    try:
        return bank_format.load(text), text
    except BadDocument:
        log.exception("The coding task %s is left out", path.name)
        return None


def document(task_id: str) -> str:
    """The YAML of a task of the bank. Raises UnknownTask."""
    try:
        return _read_bank()[task_id][1]
    except KeyError:
        raise UnknownTask(task_id) from None


def files() -> list[Path]:
    """The bank's documents."""
    return sorted(path for path in FOLDER.glob("*.yaml") if path != bank_format.STARTERS)


def own(text: str) -> Task:
    """A recruiter's task. Raises BadDocument."""
    return _loaded(text, bank_format.MINE)


@lru_cache(maxsize=256)  # an interview asks for its task with each message
def _loaded(text: str, rules: bank_format.Rules) -> Task:
    return bank_format.load(text, rules)


def _fixed(interview: Interview) -> Task | None:
    """What a running interview has settled on, as it was then."""
    if not interview.code_task_document:
        return None
    known, text = _read_bank().get(interview.code_task, (None, ""))
    if interview.code_task_document == text:  # as a rule: it was read when the server started
        return known
    rules = bank_format.MINE if interview.code_task.startswith(OWN) else KEPT
    try:
        return _loaded(interview.code_task_document, rules)
    except BadDocument:  # an older release accepted it
        return None


def _chosen(interview: Interview, *, editor: bool) -> tuple[Task | None, str | None]:
    task = choose(interview, editor=editor)
    return task, document(task.task_id) if task else None


def _pinned(interview: Interview) -> tuple[Task, str] | None:
    """A pin on a task that is gone is none."""
    for task_id in _pins(interview):
        try:
            if task_id:
                return find(task_id)
        except UnknownTask:
            continue
    return None


def _pins(interview: Interview) -> Iterator[str]:
    yield interview.code_task
    yield (interview.engine_state or {}).get("task_id", "")  # begun under a release that wrote the task down only there
    if interview.vacancy is not None:
        yield interview.vacancy.code_task


def _had(interview: Interview) -> frozenset[str]:
    others = Interview.objects.filter(owner_id=interview.owner_id).exclude(pk=interview.pk)
    begun = others.exclude(code_task="").exclude(status=Status.CREATED)
    return frozenset(begun.values_list("code_task", flat=True))
