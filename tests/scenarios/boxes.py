"""What runs the programs of a conversation: nothing is run, the answers are the task's own or none."""

from interviews.coding import tasks
from providers.sandbox.base import Case, NoSandbox, Outcome, Program, Sandbox, Status
from tests.interviews.coding.sandboxes import ScriptedSandbox
from tests.scenarios.schema import Box

LANGUAGE = "python"  # of every program that is handed in


def sandbox(box: Box, task_id: str) -> Sandbox:
    if box is Box.NONE:
        return NoSandbox("not in this conversation")
    task = tasks.get(task_id)
    expected = {test.input: test.expected for test in (*task.visible, *task.hidden)} if box is Box.WELL else {}

    def answer(_program: Program, case: Case) -> Outcome:
        return Outcome(Status.OK, 0, expected.get(case.stdin, "nothing of the kind"), time_ms=5, memory_kb=1_000)

    return ScriptedSandbox(answer)
