"""Which task of the bank fits a candidate. Pure: what is known of them comes in, a task comes out."""

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from interviews.coding.definitions import Kind, Task
from interviews.domain.plan import LADDERS
from resumes.domain.parser.taxonomy import key_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """`skills` are keys of the skills' taxonomy, `had` the ids of tasks that the candidate was given before.

    Only tasks of `kinds` are chosen. The same `seed` makes the same choice among what fits equally well.
    """

    position_type: str
    years: float | None
    skills: Collection[str]
    had: Collection[str]
    seed: str
    kinds: Collection[Kind] = tuple(Kind)


def choose(tasks: Iterable[Task], wanted: Wanted) -> Task | None:
    """For the position, not had before, of the nearest difficulty, on most of the candidate's skills; in this order.

    None where there is nothing for the position. Whoever has had them all gets one again.
    """
    possible = [task for task in tasks if task.kind in wanted.kinds]
    fitting = [task for task in possible if wanted.position_type in task.position_types]
    fresh = [task for task in fitting if task.task_id not in wanted.had] or fitting
    if not fresh:
        return None
    difficulty = level(wanted.years)
    best = min(_distance(task, difficulty, wanted.skills) for task in fresh)
    equal = [task for task in fresh if _distance(task, difficulty, wanted.skills) == best]
    return random.Random(f"task-{wanted.seed}").choice(equal)  # noqa: S311  # repeatable on purpose, nothing secret


def level(years: float | None) -> int:
    """1 to 3, by the years after which the plan's questions grow harder."""
    return next(number for number, (most, _) in enumerate(LADDERS, start=1) if (years or 0) <= most)


def _distance(task: Task, difficulty: int, skills: Collection[str]) -> tuple[int, int]:
    shared = sum(key_of(topic) in skills for topic in task.topics)
    return abs(task.difficulty - difficulty), -shared
