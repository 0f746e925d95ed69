"""The two ways out: by the plan with a closing line, or because somebody or something ended it."""

from interviews.engine.effects import Complete, Kind, Line
from interviews.engine.events import Ending
from interviews.engine.state import Phase
from interviews.engine.work import Work


def finish(work: Work, *, time_is_up: bool = False) -> None:
    """Say goodbye (after saying that the time is up) and complete the interview."""
    if time_is_up:
        work.say(Kind.NOTICE, line=Line.TIME_IS_UP)
    work.say(Kind.CLOSING, line=Line.CLOSING)
    _complete(work, Phase.FINISHED, "completed")


def break_off(work: Work, reason: Ending) -> None:
    """End without a word: nobody is there to hear it, or nothing is there to say it."""
    work.hush()
    _complete(work, Phase.FINISHED if reason is Ending.COMPLETED else Phase(reason), reason)


def _complete(work: Work, phase: Phase, outcome: str) -> None:
    work.enter(phase)
    work.change(prompt=None, said=(), closing=None, finishing=False, timers=(), pending=())
    work.change(playing="", held="", heard=())
    work.emit(Complete(outcome))
