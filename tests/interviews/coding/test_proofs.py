"""Every task of the bank is sound, as its own programs show in real interpreters."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from interviews.coding import proofs, tasks
from providers.sandbox.base import NoSandbox
from tests.interviews.coding.plain import PlainSandbox
from tests.interviews.coding.sandboxes import BrokenSandbox

TASKS = list(tasks.bank().values())
DOCUMENTATION = Path(__file__).parents[3] / "docs" / "tasks.md"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.task_id)
def test_a_task_is_sound(task: tasks.Task) -> None:
    assert list(proofs.problems(task, PlainSandbox())) == []


def test_the_example_of_the_documentation_is_sound() -> None:
    found = re.search(r"```yaml\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert list(proofs.problems(tasks.own(found[1]), PlainSandbox())) == []


def test_what_a_new_task_begins_with_is_sound() -> None:
    assert list(proofs.problems(tasks.own(tasks.EXAMPLE.read_text(encoding="utf-8")), PlainSandbox())) == []


def test_an_unsound_task_is_told_everything() -> None:
    rooms = tasks.get("algo-rooms")
    right, starter = rooms.solutions["python"], rooms.starters["python"]["en"]
    task = replace(
        rooms,
        solutions={"python": starter},
        wrong=(tasks.Wrong("it is right", "python", right),),
        starters={"python": {"en": right}},
    )
    found = list(proofs.problems(task, PlainSandbox()))
    assert [str(problem).partition(":")[0] for problem in found] == [
        "The Python solution fails",
        "The wrong solution “it is right” passes every test.",
        "What the editor begins with in Python passes every test.",
    ]


def test_what_nothing_passes_is_told() -> None:
    task = replace(tasks.get("algo-rooms"), solutions={}, wrong=(), hidden=(tasks.Test("none", "", ""),))
    found = [str(problem) for problem in proofs.problems(task, PlainSandbox())]
    assert found == ["A Python program that does nothing passes: none."]


def test_a_solution_that_could_not_be_run_is_not_taken_for_a_good_one() -> None:
    task = replace(tasks.get("algo-rooms"), wrong=(), starters={})
    found = [str(problem) for problem in proofs.problems(task, BrokenSandbox())]
    assert found == ["The Python solution could not be run.", "The JavaScript solution could not be run."]


def test_languages_that_are_not_here_are_left_out() -> None:
    assert list(proofs.problems(tasks.get("algo-rooms"), NoSandbox("none"))) == []
