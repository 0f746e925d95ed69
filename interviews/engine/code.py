"""The code phase: one task with its own time limit, and questions about what was handed in.

While the task is open, speech is kept but ends nothing. The questions are answered aloud like all others.
"""

from interviews.engine import ending, questions
from interviews.engine.effects import HandIn, Kind, Line, Outcome
from interviews.engine.events import TaskReady
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


def hand_in(work: Work) -> None:
    """Take the code as it stands; what was handed in before it stays."""
    work.emit(HandIn(work.state.task_id))


def over(work: Work, outcome: Outcome) -> None:
    """The task's turn is saved. What was handed in is asked about; so is what was written when its time was up."""
    if outcome is Outcome.SKIPPED:
        ending.finish(work)
        return
    work.say(Kind.NOTICE, line=Line.TASK_TIME_IS_UP if outcome is Outcome.TIME else Line.CODE_TAKEN)
    questions.request_next(work, "")
