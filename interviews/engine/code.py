"""The code phase: one task, its own time limit, and a submission. Speech is kept but ends nothing."""

from interviews.engine import ending, questions, turns
from interviews.engine.effects import Kind, Line, Outcome
from interviews.engine.events import CodeSubmitted, TaskReady
from interviews.engine.prompts import open_turn
from interviews.engine.state import Phase, Prompt, TimerName
from interviews.engine.work import Work


def task_ready(work: Work, event: TaskReady) -> None:
    """Begin the code phase, or close the interview of a position that has no task."""
    if not questions.answers(work, event.effect_id, questions.TASK):
        return
    if not event.task_id:
        ending.finish(work)
        return
    work.enter(Phase.CODE)
    work.change(task_id=event.task_id)
    work.say(Kind.NOTICE, line=Line.QUESTIONS_OVER)
    open_turn(work, Prompt("", Kind.TASK, text=event.title, key=event.task_id))
    if event.limit_ms > 0:
        work.start(TimerName.CODE, event.limit_ms)


def submitted(work: Work, event: CodeSubmitted) -> None:
    if event.task_id == work.state.task_id:
        turns.close(work, Outcome.ANSWERED, finishing=True)
