"""A submission that was read, and what is asked about it next."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviews.coding.follow_ups import choosing, prompts
from interviews.coding.follow_ups.about import About
from interviews.coding.follow_ups.choosing import Question
from interviews.coding.follow_ups.prompts import CodeCheck, CodeDraft
from interviews.coding.follow_ups.sights import Sight
from interviews.domain.interviewer.drafts import Choice
from interviews.domain.interviewer.offline import FOLLOW_UP, Step
from providers.llm.base import Request


@dataclass(frozen=True, slots=True)
class CodeSituation:
    """As `Situation` of the questions. `may` are the questions that may be asked now, the best first."""

    about: About
    may: tuple[Question, ...]

    purpose = prompts.NAME
    version = prompts.VERSION

    @property
    def interview_id(self) -> int:
        return self.about.interview_id

    @property
    def turn_number(self) -> int:
        return self.about.turn_number

    @property
    def language(self) -> str:
        return self.about.language

    @property
    def step(self) -> Step:
        """What is asked without a model."""
        return Step(FOLLOW_UP, self.may[0].key, self.may[0].text) if self.may else Step()

    @property
    def open(self) -> bool:
        return bool(self.may) and self.about.adaptive

    def request(self) -> Request:
        return prompts.request(self.about, self.may)

    def check(self, mark: str) -> CodeCheck:
        return prompts.check_of(self.about, mark)

    def draft(self) -> CodeDraft:
        return CodeDraft(self.about, self.may)

    def instead(self, choice: Choice) -> str:
        """Words for what a model had decided and did not bring to its end."""
        return next((one.text for one in self.may if one.key == choice.key), self.step.text)


def situation(about: About, seen: Sequence[Sight]) -> CodeSituation:
    return CodeSituation(about, choosing.questions(about, seen))
