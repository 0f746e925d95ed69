"""What may follow what: the legal phase changes, and what each event means in each phase."""

from enum import StrEnum

from interviews.engine import events as e
from interviews.engine.state import Phase


class Cell(StrEnum):
    """What an event means in a phase."""

    HANDLED = "handled"
    IGNORED = "ignored"  # late or pointless, and nobody's fault: the state stays as it is
    ILLEGAL = "illegal"  # raises IllegalEvent


_ENDINGS = frozenset({Phase.FINISHED, Phase.STOPPED, Phase.ABANDONED, Phase.FAILED})

TRANSITIONS: dict[Phase, frozenset[Phase]] = {
    Phase.WAITING: frozenset({Phase.INTRO}) | _ENDINGS,
    Phase.INTRO: frozenset({Phase.QUESTION}) | _ENDINGS,
    Phase.QUESTION: frozenset({Phase.CODE}) | _ENDINGS,
    Phase.CODE: _ENDINGS,
    Phase.FINISHED: frozenset(),
    Phase.STOPPED: frozenset(),
    Phase.ABANDONED: frozenset(),
    Phase.FAILED: frozenset(),
}

_EVENTS: tuple[type[e.Event], ...] = (
    e.Opened,
    e.Closed,
    e.PromptEnded,
    e.SpeakingStarted,
    e.SpeakingStopped,
    e.SpeechStarted,
    e.SpeechHeard,
    e.SpeechPaused,
    e.SpeechWentOn,
    e.SpeechEnded,
    e.Recognised,
    e.Typed,
    e.UtteranceEnded,
    e.Control,
    e.QuestionReady,
    e.TaskReady,
    e.CodeSubmitted,
    e.Ended,
    e.Tick,
)

# While nobody is connected time stands still and only these are heard; the rest came too late.
WITHOUT_CANDIDATE: frozenset[type[e.Event]] = frozenset({e.Opened, e.Ended})


def _row(
    *, illegal: frozenset[type[e.Event]] = frozenset(), ignored: frozenset[type[e.Event]] = frozenset()
) -> dict[type[e.Event], Cell]:
    row = dict.fromkeys(_EVENTS, Cell.HANDLED)
    row |= dict.fromkeys(ignored, Cell.IGNORED)
    row |= dict.fromkeys(illegal, Cell.ILLEGAL)
    return row


_NOTHING = frozenset(_EVENTS)

CELLS: dict[Phase, dict[type[e.Event], Cell]] = {
    Phase.WAITING: _row(illegal=_NOTHING - {e.Opened, e.Ended}),
    Phase.INTRO: _row(illegal=frozenset({e.CodeSubmitted}), ignored=frozenset({e.QuestionReady, e.TaskReady})),
    Phase.QUESTION: _row(illegal=frozenset({e.CodeSubmitted})),
    Phase.CODE: _row(ignored=frozenset({e.TaskReady})),
    Phase.FINISHED: _row(illegal=_NOTHING),
    Phase.STOPPED: _row(illegal=_NOTHING),
    Phase.ABANDONED: _row(illegal=_NOTHING),
    Phase.FAILED: _row(illegal=_NOTHING),
}
