"""How far an interview is, as people are told."""

from interviews.engine import State, TimerName, time_left


def seconds_left(state: State) -> int | None:
    """Of the code task, or of the whole interview where that ends first; None before it began and after it ended."""
    left = [ms for name in (TimerName.CODE, TimerName.INTERVIEW) if (ms := time_left(state, name)) is not None]
    return max(0, min(left) // 1000) if left else None
