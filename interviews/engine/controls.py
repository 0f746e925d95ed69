"""The candidate's buttons."""

from collections.abc import Callable

from interviews.engine import turns
from interviews.engine.effects import Kind, Line, Outcome
from interviews.engine.events import Action, Control
from interviews.engine.prompts import repeat, wait_for_answer
from interviews.engine.speech import answer_done, keep_going
from interviews.engine.state import Phase, TimerName
from interviews.engine.work import Work

_CONVERSATION = {Phase.INTRO, Phase.QUESTION}


def control(work: Work, event: Control) -> None:
    """Do what the button says, where it says something: the others need an open turn that is not closing."""
    if event.action is Action.END_INTERVIEW:
        _end_interview(work)
    elif work.state.prompt is not None and work.state.closing is None:
        action = _ACTIONS.get((event.action, work.state.phase))
        if action is not None:
            action(work)


def _end_interview(work: Work) -> None:
    # A task is answered by a submission, unless something was said about it.
    answered = bool(work.state.said) or work.state.phase in _CONVERSATION
    turns.close(work, Outcome.ANSWERED if answered else Outcome.SKIPPED, finishing=True)


def _skip(work: Work) -> None:
    turns.close(work, Outcome.SKIPPED)


def _need_time(work: Work) -> None:
    work.stop(TimerName.ENDPOINT)
    work.start(TimerName.THINKING, work.state.rules.thinking)
    work.say(Kind.NOTICE, line=Line.TAKE_YOUR_TIME)
    wait_for_answer(work)


_ACTIONS: dict[tuple[Action, Phase], Callable[[Work], None]] = {
    (Action.ANSWER_DONE, Phase.INTRO): answer_done,
    (Action.ANSWER_DONE, Phase.QUESTION): answer_done,
    (Action.REPEAT_QUESTION, Phase.INTRO): repeat,
    (Action.REPEAT_QUESTION, Phase.QUESTION): repeat,
    (Action.REPEAT_QUESTION, Phase.CODE): repeat,
    (Action.SKIP_QUESTION, Phase.QUESTION): _skip,
    (Action.SKIP_QUESTION, Phase.CODE): _skip,
    (Action.NEED_TIME, Phase.INTRO): _need_time,
    (Action.NEED_TIME, Phase.QUESTION): _need_time,
    (Action.TYPING, Phase.INTRO): keep_going,
    (Action.TYPING, Phase.QUESTION): keep_going,
}
