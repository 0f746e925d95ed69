"""Time passing: the timers due on the way to a moment fire, each at its own moment."""

from collections.abc import Callable

from interviews.engine import barge_in, timers, turns
from interviews.engine.effects import Kind, Line, Outcome
from interviews.engine.prompts import wait_for_answer
from interviews.engine.state import Now, Phase, TimerName
from interviews.engine.work import Work


def pass_time(work: Work, now: Now) -> None:
    """Bring the state to `now`. A handler may start a timer that fires on the way, too."""
    while firing := timers.first_firing(work.state, now):
        name, moment = firing
        work.change(now=moment)
        work.stop(name)
        _FIRED[name](work)
    work.change(now=now)


def _silence(work: Work) -> None:
    """Nothing for 15 s ends an introduction or a begun answer; a question gets one gentle prompt first."""
    state = work.state
    if state.said:
        turns.close(work, Outcome.ANSWERED)
    elif state.phase is Phase.INTRO or state.reminded:
        turns.close(work, Outcome.SILENT)
    else:
        work.change(reminded=True)
        work.say(Kind.NOTICE, line=Line.STILL_THERE)
        wait_for_answer(work)


def _endpoint(work: Work) -> None:
    if work.state.said or any(one.paused for one in work.state.heard):
        turns.close(work, Outcome.ANSWERED)


def _answer_limit(work: Work) -> None:
    """One polite warning, then the answer is over, even one of which nothing was understood."""
    if work.state.warned:
        turns.close(work, Outcome.ANSWERED if work.state.said else Outcome.SILENT)
        return
    work.change(warned=True)
    work.start(TimerName.ANSWER, work.state.rules.wrap_up)
    work.say(Kind.NOTICE, line=Line.WRAP_UP)


def _turn_limit(work: Work) -> None:
    turns.close(work, Outcome.TIME)


def _interview_limit(work: Work) -> None:
    turns.close(work, Outcome.TIME, finishing=True)


_FIRED: dict[TimerName, Callable[[Work], None]] = {
    TimerName.INTERVIEW: _interview_limit,
    TimerName.INTRO: _turn_limit,
    TimerName.CODE: _turn_limit,
    TimerName.TEXT: turns.give_up_texts,
    TimerName.ANSWER: _answer_limit,
    TimerName.HOLD: barge_in.let_go_on,
    TimerName.THINKING: wait_for_answer,
    TimerName.ENDPOINT: _endpoint,
    TimerName.SILENCE: _silence,
}
