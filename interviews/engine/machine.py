"""The door of the engine: one event, one moment, one new state."""

from collections.abc import Callable
from typing import Any

from interviews.engine import barge_in, code, connection, controls, questions, speech, submission
from interviews.engine import events as e
from interviews.engine.deadlines import pass_time
from interviews.engine.effects import Effect
from interviews.engine.state import IllegalEvent, Now, Rules, State
from interviews.engine.transitions import CELLS, WITHOUT_CANDIDATE, Cell
from interviews.engine.work import Work


def new(question_count: int, rules: Rules | None = None) -> State:
    """An interview that nobody has opened yet, with `question_count` planned questions (0 or more)."""
    if question_count < 0:
        raise ValueError("an interview cannot have fewer than 0 questions")
    return State(question_count, rules or Rules())


def step(state: State, event: e.Event, now: Now) -> tuple[State, tuple[Effect, ...]]:
    """What `event` at `now` makes of `state`, and what is to be done.

    Timers due by `now` fire first, in the order of their deadlines, so that late ticks change nothing. While nobody is
    connected, time stands still and everything but `Opened` and `Ended` is too late and does nothing.
    Raises `IllegalEvent` where `CELLS` says so, `ValueError` when `now` lies before the state's own time.
    """
    if now.audio < state.now.audio or now.wall < state.now.wall:
        raise ValueError(f"time runs backwards, from {state.now} to {now}")
    kind = type(event)
    if CELLS[state.phase][kind] is Cell.ILLEGAL:
        raise IllegalEvent(f"{kind.__name__} in phase {state.phase}")
    if not state.connected and kind not in WITHOUT_CANDIDATE:
        return state, ()
    work = Work(state)
    pass_time(work, now)
    if CELLS[work.state.phase][kind] is Cell.HANDLED:  # a timer may have changed the phase meanwhile
        _HANDLERS[kind](work, event)
        pass_time(work, now)
    return work.state, work.effects


def _tick(work: Work, event: e.Tick) -> None:
    """Nothing but time, which has passed already."""


_HANDLERS: dict[type[e.Event], Callable[[Work, Any], None]] = {
    e.Opened: connection.opened,
    e.Closed: connection.closed,
    e.PromptEnded: speech.prompt_ended,
    e.SpeakingStarted: questions.speaking_started,
    e.SpeakingStopped: barge_in.speaking_stopped,
    e.SpeechStarted: speech.speech_started,
    e.SpeechHeard: speech.speech_heard,
    e.SpeechPaused: speech.speech_paused,
    e.SpeechWentOn: speech.speech_went_on,
    e.SpeechEnded: speech.speech_ended,
    e.Recognised: speech.recognised,
    e.Typed: speech.typed,
    e.UtteranceEnded: speech.utterance_ended,
    e.Control: controls.control,
    e.QuestionReady: questions.question_ready,
    e.TaskReady: code.task_ready,
    e.CodeSubmitted: submission.submitted,
    e.Ended: connection.ended,
    e.Tick: _tick,
}
