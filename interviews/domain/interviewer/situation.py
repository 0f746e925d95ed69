"""Everything that is needed to say what comes next, read at once."""

from dataclasses import dataclass

from django.conf import settings

from interviews.domain.interviewer import briefing, offline
from interviews.domain.interviewer.brief import Brief
from interviews.domain.interviewer.offline import Step
from interviews.domain.interviewer.options import Options, options
from interviews.models import Interview

NOTHING = Options(None, None, False, ())


@dataclass(frozen=True, slots=True)
class Situation:
    """`step` is what the offline interviewer does; a model may choose otherwise among what `may` offers."""

    interview_id: int
    turn_number: int
    brief: Brief
    may: Options
    step: Step

    @property
    def open(self) -> bool:
        return self.may.follow_up or bool(self.may.questions)


def situation(interview: Interview, question_number: int, answer: str) -> Situation:
    """After `answer` to question `question_number` (0: the introduction).

    Where `ADAPTIVE_QUESTIONS` is off everybody is asked the plan, word for word.
    """
    brief = briefing.read(interview, answer)
    turn = (interview.engine_state or {}).get("turn_number", 0)
    if not settings.ADAPTIVE_QUESTIONS:
        return Situation(interview.pk, turn, brief, NOTHING, offline.by_plan(brief, question_number))
    may = options(brief)
    return Situation(interview.pk, turn, brief, may, offline.among(brief, may))
