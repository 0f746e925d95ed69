"""The candidate's buttons."""

from collections.abc import Callable

from interviews.engine import turns
from interviews.engine.effects import Outcome
from interviews.engine.events import Action, Control
from interviews.engine.prompts import repeat
from interviews.engine.speech import answer_done, keep_going, take_time
from interviews.engine.state import Phase
from interviews.engine.work import Work


def control(work: Work, event: Control) -> None:
    """Do what the button says, where it says something: the others need an open turn that is not closing."""
    if event.action is Action.END_INTERVIEW:
        _end_interview(work)
    elif work.state.prompt is not None and work.state.closing is None:
        place = Phase.QUESTION if work.state.questioning else work.state.phase
        action = _ACTIONS.get((event.action, place))
        if action is not None:
            action(work)


def _end_interview(work: Work) -> None:
    # A task is answered by a submission, unless something was said about it.
    answered = bool(work.state.said) or work.state.conversing
    turns.close(work, Outcome.ANSWERED if answered else Outcome.SKIPPED, finishing=True)


def _skip(work: Work) -> None:
    turns.close(work, Outcome.SKIPPED)


# Questions about the code are questions; in the code phase that leaves the task.
_ACTIONS: dict[tuple[Action, Phase], Callable[[Work], None]] = {
    (Action.ANSWER_DONE, Phase.INTRO): answer_done,
    (Action.ANSWER_DONE, Phase.QUESTION): answer_done,
    (Action.REPEAT_QUESTION, Phase.INTRO): repeat,
    (Action.REPEAT_QUESTION, Phase.QUESTION): repeat,
    (Action.REPEAT_QUESTION, Phase.CODE): repeat,
    (Action.SKIP_QUESTION, Phase.QUESTION): _skip,
    (Action.SKIP_QUESTION, Phase.CODE): _skip,
    (Action.NEED_TIME, Phase.INTRO): take_time,
    (Action.NEED_TIME, Phase.QUESTION): take_time,
    (Action.TYPING, Phase.INTRO): keep_going,
    (Action.TYPING, Phase.QUESTION): keep_going,
}
