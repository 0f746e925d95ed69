"""What was handed in closes the task's turn."""

from interviews.engine import turns
from interviews.engine.effects import Outcome
from interviews.engine.events import CodeSubmitted
from interviews.engine.work import Work


def submitted(work: Work, event: CodeSubmitted) -> None:
    if work.state.at_task and event.task_id == work.state.task_id:
        turns.close(work, Outcome.ANSWERED)
