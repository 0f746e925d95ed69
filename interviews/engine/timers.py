"""Deadlines of a state: which run, which stand still, and which comes first."""

from dataclasses import replace
from fractions import Fraction

from interviews.engine.state import Clock, Now, State, Timer, TimerName


def start(state: State, name: TimerName, after_ms: int) -> State:
    """(Re)start a timer: due `after_ms` from the state's own time."""
    return start_at(state, name, getattr(state.now, name.clock) + after_ms)


def start_at(state: State, name: TimerName, due: int) -> State:
    """(Re)start a timer: due at this moment of its clock."""
    return replace(state, timers=(*stop(state, name).timers, Timer(name, due)))


def stop(state: State, *names: TimerName) -> State:
    return replace(state, timers=tuple(timer for timer in state.timers if timer.name not in names))


def running(state: State, name: TimerName) -> bool:
    return any(timer.name is name for timer in state.timers)


def left(state: State, name: TimerName) -> int | None:
    """Milliseconds of its clock until it fires; None: it does not run."""
    due = next((timer.due for timer in state.timers if timer.name is name), None)
    return None if due is None else due - getattr(state.now, name.clock)


def next_due(state: State) -> dict[Clock, int]:
    """The earliest deadline of each clock, in interview milliseconds; nothing while nobody is connected.

    A silence or an endpoint that waits for words still spoken or recognised is left out: it cannot fire before them.
    """
    due: dict[Clock, int] = {}
    for timer in _live(state):
        due[timer.clock] = min(timer.due, due.get(timer.clock, timer.due))
    return due


def first_firing(state: State, now: Now) -> tuple[TimerName, Now] | None:
    """The timer that fires next on the way from `state.now` to `now`, and the moment at which it does.

    Between the two both clocks are taken to have run evenly, which puts the deadlines of both in one order. One that
    was overdue and waited for a text fires at once.
    """
    due = [timer for timer in _live(state) if timer.due <= getattr(now, timer.clock)]
    if not due:
        return None
    order = list(TimerName)
    first = min(due, key=lambda timer: (_share(timer, state.now, now), order.index(timer.name)))
    return first.name, _between(state.now, now, _share(first, state.now, now))


def _live(state: State) -> tuple[Timer, ...]:
    if not state.connected:
        return ()
    return tuple(timer for timer in state.timers if not _waits_for_text(state, timer.name))


def _waits_for_text(state: State, name: TimerName) -> bool:
    """A decision waits for the result that covers its position."""
    if name is TimerName.ENDPOINT:
        return any(one.answering and not one.paused for one in state.heard)
    return name is TimerName.SILENCE and any(one.answering or one.open for one in state.heard)


def _share(timer: Timer, start: Now, end: Now) -> Fraction:
    """How far between the two moments the deadline lies, 0 to 1."""
    begin, total = getattr(start, timer.clock), getattr(end, timer.clock) - getattr(start, timer.clock)
    return Fraction(max(timer.due - begin, 0), total) if total else Fraction(0)


def _between(start: Now, end: Now, share: Fraction) -> Now:
    return Now(
        audio=start.audio + int((end.audio - start.audio) * share),
        wall=start.wall + int((end.wall - start.wall) * share),
    )
