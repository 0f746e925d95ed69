"""Everything that is needed to say what comes next, read at once."""

from dataclasses import dataclass

from django.conf import settings

from interviews.coding.follow_ups import loading
from interviews.coding.follow_ups.about import About
from interviews.domain.interviewer import briefing, checking, follow_ups, offline, prompts
from interviews.domain.interviewer.brief import Brief
from interviews.domain.interviewer.checking import Check
from interviews.domain.interviewer.drafts import Choice, Draft, QuestionDraft
from interviews.domain.interviewer.offline import FOLLOW_UP, QUESTION, Step
from interviews.domain.interviewer.options import Options, options
from interviews.models import Interview, Phase
from providers.llm.base import Request

NOTHING = Options(None, None, False, ())


@dataclass(frozen=True, slots=True)
class Situation:
    """`step` is what the offline interviewer does; a model may choose otherwise among what `may` offers."""

    interview_id: int
    turn_number: int
    brief: Brief
    may: Options
    step: Step

    purpose = prompts.NAME
    version = prompts.VERSION

    @property
    def open(self) -> bool:
        return self.may.follow_up or bool(self.may.questions)

    @property
    def language(self) -> str:
        return self.brief.language

    def request(self) -> Request:
        """What to ask of a model."""
        return prompts.request(self.brief, self.may)

    def check(self, mark: str) -> Check:
        return checking.check_of(self.brief, mark)

    def draft(self) -> Draft:
        return QuestionDraft(self.may)

    def instead(self, choice: Choice) -> str:
        """The offline interviewer's words for what a model had decided and did not bring to its end."""
        if choice.kind == QUESTION:
            question = self.brief.question(choice.key)
            return question.text if question else self.step.text
        if self.step.kind == FOLLOW_UP:
            return self.step.text
        return follow_ups.wording(self.brief, "more") or follow_ups.wording(self.brief, "short") or self.step.text


def situation(interview: Interview, question_number: int, answer: str) -> Situation | About:
    """After `answer` to question `question_number` (0: the introduction); about code once a task was handed in.

    Where `ADAPTIVE_QUESTIONS` is off everybody is asked the plan, word for word.
    """
    if interview.phase == Phase.CODE:
        return loading.about(interview, briefing.state(interview), answer)
    brief = briefing.read(interview, answer)
    turn = (interview.engine_state or {}).get("turn_number", 0)
    if not settings.ADAPTIVE_QUESTIONS:
        return Situation(interview.pk, turn, brief, NOTHING, offline.by_plan(brief, question_number))
    may = options(brief)
    return Situation(interview.pk, turn, brief, may, offline.among(brief, may))
