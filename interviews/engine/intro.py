"""The introduction: a greeting of its own, one prompt, and the way on to the questions."""

from interviews.engine.effects import Kind, Line
from interviews.engine.prompts import open_turn
from interviews.engine.questions import request_next
from interviews.engine.state import Phase, Prompt, TimerName
from interviews.engine.work import Work


def begin(work: Work) -> None:
    """The one greeting of an interview, which also says that the interviewer is a machine; then the prompt."""
    work.enter(Phase.INTRO)
    work.start(TimerName.INTERVIEW, work.state.rules.interview)
    work.start(TimerName.INTRO, work.state.rules.intro)
    work.say(Kind.GREETING, line=Line.GREETING)
    open_turn(work, Prompt("", Kind.PROMPT, line=Line.INTRO_PROMPT))


def over(work: Work, answer: str) -> None:
    work.enter(Phase.QUESTION)
    work.say(Kind.NOTICE, line=Line.INTRO_OVER)
    request_next(work, answer)
