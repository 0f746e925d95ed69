"""How far an interview is, as people are told."""

from interviews.engine import State, TimerName


def seconds_left(state: State) -> int | None:
    """Of the code task while there is one, else of the whole interview; None before it began and after it ended."""
    left = {timer.name: timer.due - getattr(state.now, timer.clock) for timer in state.timers}
    ms = left.get(TimerName.CODE, left.get(TimerName.INTERVIEW))
    return None if ms is None else max(0, ms // 1000)
