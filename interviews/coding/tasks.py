"""The code tasks: the bank, one YAML file each."""

import random
from functools import cache
from pathlib import Path

from interviews.coding import bank_format
from interviews.coding.definitions import ACCEPTS, OWN, Bug, Kind, Task, TaskLimits, Test, Wrong
from interviews.models import Interview

__all__ = [
    "ACCEPTS",
    "OWN",
    "Bug",
    "Kind",
    "Task",
    "TaskLimits",
    "Test",
    "UnknownTask",
    "Wrong",
    "bank",
    "choose",
    "files",
    "get",
]

FOLDER = Path(__file__).parent / "bank"


class UnknownTask(LookupError):
    """The bank has no task of that id."""


def choose(interview: Interview) -> Task | None:
    """The task of an interview, the same each time and for the same plan; None where its position type has none."""
    fitting = [task for task in bank().values() if interview.position_type in task.position_types]
    if not fitting:
        return None
    asked = repr([row["key"] for row in interview.plan])
    return random.Random(f"task-{asked}").choice(fitting)  # noqa: S311  # repeatable on purpose, nothing secret


def get(task_id: str) -> Task:
    """Raises `UnknownTask`."""
    try:
        return bank()[task_id]
    except KeyError:
        raise UnknownTask from None


@cache
def bank() -> dict[str, Task]:
    """Every task by its id, in the order of the files' names. Raises BadDocument if a file is faulty."""
    loaded = (bank_format.load(path.read_text(encoding="utf-8")) for path in files())
    return {task.task_id: task for task in loaded}


def files() -> list[Path]:
    """The bank's documents."""
    return sorted(path for path in FOLDER.glob("*.yaml") if path != bank_format.STARTERS)
