"""Every task of the bank is sound, as its own programs show in real interpreters."""

import pytest

from interviews.coding import proofs, tasks
from tests.interviews.coding.plain import PlainSandbox

TASKS = list(tasks.bank().values())


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.task_id)
def test_a_task_is_sound(task: tasks.Task) -> None:
    assert list(proofs.problems(task, PlainSandbox())) == []
