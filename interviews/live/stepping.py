"""What a step means for the interview's row: where a session begins, and which changes have to be stored at once."""

from dataclasses import replace

from interviews import engine
from interviews.engine import State
from interviews.live.records import OpenedInterview


def state_of(opened: OpenedInterview) -> State:
    """As it was stored, or new."""
    if opened.engine_state is None:
        return engine.new(opened.question_count)
    return engine.load(opened.engine_state)


def matters(before: State, after: State) -> bool:
    """Whether a step has to be stored at once: not for who is heard at the moment, when silence began, or
    that a turn waits for its last words."""
    return _kept(before) != _kept(after)


def _kept(state: State) -> State:
    passing = replace(
        state, now=engine.Now(0, 0), timers=(), heard=(), playing="", held="", spoken_until_ms=0, pauses=()
    )
    return replace(passing, connected=True, voice=True, typed=True, closing=state.closing_for_good)
