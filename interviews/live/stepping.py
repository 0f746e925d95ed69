"""What a step means for the interview's row: where a session begins, and which changes have to be stored at once."""

from dataclasses import fields

from interviews import engine
from interviews.engine import State
from interviews.live.taking_over import OpenedInterview

_PASSING = {
    *("now", "timers", "heard", "playing", "held", "spoken_until_ms"),
    *("pauses", "connected", "voice", "typed", "closing"),
}
_KEPT = tuple(field.name for field in fields(State) if field.name not in _PASSING)


def state_of(opened: OpenedInterview) -> State:
    """As it was stored, or new."""
    if opened.engine_state is None:
        return engine.new(opened.question_count)
    return engine.load(opened.engine_state)


def matters(before: State, after: State) -> bool:
    """Whether a step has to be stored at once: not for who is heard at the moment, when silence began, or
    that a turn waits for its last words."""
    if before.closing_for_good != after.closing_for_good:
        return True
    return any(getattr(before, name) != getattr(after, name) for name in _KEPT)
