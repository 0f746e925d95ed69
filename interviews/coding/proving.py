"""Whether a recruiter's own task holds what it promises, found out after each change of it and written down.

The web server tries for as long as a person may wait; what takes longer is left to Celery.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from config import later
from interviews.coding import proofs, tasks
from interviews.coding.definitions import Kind, Task
from interviews.coding.judging import Verdict, judge
from interviews.models import CodingTask
from providers.sandbox.base import Sandbox

TASK = "interviews.tasks.prove_coding_task"
WAIT_S = 8.0
PATIENCE_S = 10.0
_tries = threading.BoundedSemaphore(1)  # interviews are not to be slowed by recruiters who try tasks


def prove(pk: int, sandbox: Sandbox, wait_s: float = float("inf")) -> bool:
    """Runs every program of the task as it is now, and writes down what came of it.

    What took longer than `wait_s` (it may, by one program) is left at the faults found by then. False, and nothing is
    written down, where none was, where no solution of it could be run here, or where the task was changed meanwhile.
    """
    kept = CodingTask.objects.filter(pk=pk).values_list("document", flat=True).first()
    problems = _problems(kept, sandbox, time.monotonic() + wait_s) if kept is not None else None
    if problems is None:
        return False
    found = [asdict(problem) for problem in problems]
    rows = CodingTask.objects.filter(pk=pk, document=kept)
    return bool(rows.update(proved_at=timezone.now(), faults=found))


def prove_or_leave(pk: int, sandbox: Sandbox) -> bool:
    """As `prove`, for somebody who waits; what does not come to an end is left to Celery."""
    begun = time.monotonic()
    with _turn(WAIT_S / 2) as own:
        if own and prove(pk, sandbox, WAIT_S - (time.monotonic() - begun)):
            return True
    later.ask(TASK, pk)  # unheard, the task's page says that it was not tried, and has a button for it
    return False


def attempt(task: Task, source: str, language: str, sandbox: Sandbox, wait_s: float = PATIENCE_S) -> Verdict | None:
    """What a recruiter's program comes to at every test; None where other tries took all of `wait_s`."""
    # A recruiter may see what the hidden tests print; what tests to be written print is nobody's.
    if task.kind is not Kind.TESTING:
        task = replace(task, visible=(*task.visible, *task.hidden), hidden=())
    with _turn(wait_s) as own:
        return judge(task, source, language, None, sandbox, hidden=True) if own else None


def can_be_tried(task: CodingTask, sandbox: Sandbox) -> bool:
    """Whether a solution of it can be run here: a written case has none."""
    try:
        return not sandbox.languages().keys().isdisjoint(tasks.own(task.document).solutions)
    except tasks.BadDocument:  # an older release accepted it
        return False


def state_in_short(task: CodingTask) -> str:
    """The same for a list: what fails stands on the task's page."""
    if task.proved_at is None:
        return "—" if is_written(task) else _("Not tried")
    return _("Fails its own tests") if task.faults else _("Sound")


def is_written(task: CodingTask) -> bool:
    """Whether there is nothing of it to be run."""
    try:
        return tasks.own(task.document).kind is Kind.WRITTEN
    except tasks.BadDocument:  # an older release accepted it
        return False


def problems(task: CodingTask) -> list[str]:
    """What was found, in the reader's language."""
    return [str(proofs.Problem(**{**row, "tests": tuple(map(tuple, row["tests"]))})) for row in task.faults]


def state(task: CodingTask) -> str:
    """What is known of the task, for recruiters."""
    if task.proved_at is None:
        return _("A written case: nothing of it is run.") if is_written(task) else _("Not tried since the last change.")
    if task.faults:
        return _("Fails: %(problems)s") % {"problems": " ".join(problems(task))}
    when = date_format(timezone.localtime(task.proved_at), "SHORT_DATETIME_FORMAT")
    return _("Its solutions pass, its wrong ones fail: tried on %(when)s.") % {"when": when}


@contextmanager
def _turn(wait_s: float) -> Iterator[bool]:
    """Whether this is the one try that runs now."""
    own = _tries.acquire(timeout=wait_s)
    try:
        yield own
    finally:
        if own:
            _tries.release()


def _problems(document: str, sandbox: Sandbox, until: float) -> list[proofs.Problem] | None:
    """None where it could not be found out until then."""
    task, found = tasks.own(document), list[proofs.Problem]()
    if sandbox.languages().keys().isdisjoint(task.solutions):
        return None
    for problem in proofs.steps(task, sandbox):
        if problem is not None:
            found.append(problem)
        if problem is not None and problem.fault == proofs.Fault.NOT_RUN:
            return None
        if time.monotonic() > until:
            return found or None  # what fails is told, though not everything was tried
    return found
