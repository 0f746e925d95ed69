"""How long a pause must get before it ends an answer: by the words before it, and by the speaker's own pauses.

Pure and language-independent at the door: a text is judged by the script of its last word, so an answer that mixes
languages, or is in another than the interview's, is judged as well. Times count in milliseconds from the last loud
sample.
"""

from collections.abc import Sequence
from enum import StrEnum

from interviews.engine.phrases import closes
from interviews.engine.sentences import Form, form
from interviews.engine.thinking import asks_for_time

# No pause ends an answer sooner: this is what a recogniser needs to say what the words were.
MINIMUM_MS = 300
FINISHED_MS, FINISHED_MOST_MS = 420, 550
SHORT_MS = 900
NEUTRAL_LEAST_MS, NEUTRAL_MOST_MS = 700, 3_200
UNFINISHED_MS, UNFINISHED_MOST_MS = 3_200, 5_000

# What counts as a pause of one's own: shorter is articulation, longer is being interrupted by something.
PAUSE_LEAST_MS, PAUSE_MOST_MS = 200, 5_000
PAUSES_KEPT = 20
# From fewer no pace can be told, and none that is quicker than usual.
_PACE_FROM, _QUICK_FROM = 4, 8
# A usual speaker's median; whoever pauses longer gets longer at the end of a sentence, too.
_USUAL_MS = 450
# So much more than the longest pause of one's own ends a text that says nothing about whether it is finished.
_LEEWAY = 1.25


class Ending(StrEnum):
    """What a text's end says about whether more will come."""

    CLOSING = "closing"  # "that's all"
    FINISHED = "finished"
    SHORT = "short"  # finished, but so short that more is likely
    NEUTRAL = "neutral"
    UNFINISHED = "unfinished"  # or the speaker asks for time


def patience_ms(text: str, pauses: Sequence[int] = (), *, punctuated: bool = False) -> int:
    """How long the pause after `text`, the answer so far, has to be for the answer to be over.

    `pauses`: the speaker's own within answers, the latest last, in milliseconds. `punctuated`: the recogniser has
    written sentence marks before, so a text without one is not at the end of a sentence.
    """
    match ending(text, punctuated=punctuated):
        case Ending.CLOSING:
            return MINIMUM_MS
        case Ending.FINISHED:
            return _within(FINISHED_MS, _scaled(FINISHED_MS, pauses), FINISHED_MOST_MS)
        case Ending.SHORT:
            return SHORT_MS
        case Ending.NEUTRAL:
            return _within(NEUTRAL_LEAST_MS, _beyond(pauses, NEUTRAL_MOST_MS), NEUTRAL_MOST_MS)
        case Ending.UNFINISHED:
            return _within(UNFINISHED_MS, _beyond(pauses, UNFINISHED_MS), UNFINISHED_MOST_MS)


def ending(text: str, *, punctuated: bool = False) -> Ending:
    """What the end of `text` says; see `patience_ms`."""
    found = form(text, punctuated=punctuated)
    if found is Form.HANGING or asks_for_time(text):
        return Ending.UNFINISHED
    if closes(text):
        return Ending.CLOSING
    return _ENDINGS[found]


def with_pause(pauses: tuple[int, ...], ms: int) -> tuple[int, ...]:
    """The speaker's pauses and one more, if it is one."""
    if not PAUSE_LEAST_MS <= ms <= PAUSE_MOST_MS:
        return pauses
    return (*pauses, ms)[-PAUSES_KEPT:]


_ENDINGS = {
    Form.SENTENCE: Ending.FINISHED,
    Form.FRAGMENT: Ending.SHORT,
    Form.UNKNOWN: Ending.NEUTRAL,
}


def _scaled(ms: int, pauses: Sequence[int]) -> int:
    if len(pauses) < _PACE_FROM:
        return ms
    return ms * sorted(pauses)[len(pauses) // 2] // _USUAL_MS


def _beyond(pauses: Sequence[int], unknown_ms: int) -> int:
    """Longer than any pause of one's own lately; `unknown_ms` while they are too few."""
    return int(max(pauses) * _LEEWAY) if len(pauses) >= _QUICK_FROM else unknown_ms


def _within(least: int, ms: int, most: int) -> int:
    return max(least, min(ms, most))
