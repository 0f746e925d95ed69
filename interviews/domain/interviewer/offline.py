"""The interviewer that needs no model: the same brief always brings the same decision and the same words."""

from dataclasses import dataclass

from interviews.domain.interviewer import follow_ups
from interviews.domain.interviewer.brief import Brief
from interviews.domain.interviewer.options import Options, options

QUESTION, FOLLOW_UP, OVER = "question", "follow_up", ""


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: `kind` is question, follow_up, or empty where nothing more is asked."""

    kind: str = OVER
    key: str = ""
    text: str = ""


def decide(brief: Brief) -> Step:
    return among(brief, options(brief))


def among(brief: Brief, may: Options) -> Step:
    """The best of what may be asked."""
    if may.follow_up and may.current is not None and may.reading is not None:
        follow_up = follow_ups.choose(brief, may.current, may.reading)
        if follow_up is not None:
            return Step(FOLLOW_UP, follow_up.key, follow_up.text)
    if not may.questions:
        return Step()
    return Step(QUESTION, may.questions[0].key, may.questions[0].text)


def by_plan(brief: Brief, number: int) -> Step:
    """The question of the plan after `number`, word for word: the same for everybody, in their order."""
    if not 0 <= number < len(brief.plan):
        return Step()
    return Step(QUESTION, brief.plan[number].key, brief.plan[number].text)
