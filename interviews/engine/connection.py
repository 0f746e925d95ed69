"""A candidate comes, goes, and comes back. Recognition in flight is never handed over."""

from dataclasses import replace

from interviews.engine import ending, intro, prompts, questions, turns
from interviews.engine.effects import Outcome
from interviews.engine.events import Closed, Ended, Opened
from interviews.engine.state import Phase, TimerName
from interviews.engine.work import Work


def opened(work: Work, event: Opened) -> None:
    """Begin, or go on: at the same question, with what was said so far, and with nothing asked for twice."""
    work.change(connected=True, voice=event.voice, typed=event.typed, heard=(), playing="", held="")
    work.change(echoing=False, false_alarms=0)
    work.stop(TimerName.HOLD)
    work.change(pending=tuple(replace(one, hushed=False) for one in work.state.pending))
    if work.state.phase is Phase.WAITING:
        intro.begin(work)
        return
    work.stop(TimerName.SILENCE, TimerName.ENDPOINT)
    if work.state.pending:
        questions.reissue(work)
    else:
        _resume_turn(work)


def closed(work: Work, event: Closed) -> None:
    work.change(connected=False, heard=(), playing="", held="")
    work.stop(TimerName.HOLD)


def ended(work: Work, event: Ended) -> None:
    """Stopped, abandoned or failed: what was said in the open turn is kept as an answer."""
    if work.state.said:
        turns.save(work, work.state.closing or Outcome.ANSWERED)
    ending.break_off(work, event.reason)


def _resume_turn(work: Work) -> None:
    """A turn that was closing lost its last words with the connection.

    After "done" the client sends that speech again, so the turn is open for it; a skip or the end needs no words.
    """
    if work.state.closing is not None and work.state.closing_for_good is None:
        turns.reopen(work)
    if work.state.closing is None:
        prompts.repeat(work)
    else:
        turns.settle(work)
