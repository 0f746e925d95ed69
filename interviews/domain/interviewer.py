"""What the interviewer asks next."""

from interviews.domain.plan import PlannedQuestion
from interviews.models import Interview


def next_question(interview: Interview, question_number: int, answer: str) -> PlannedQuestion | None:
    """The question after number `question_number` (0: after the introduction), or None when the plan is done.

    `answer` is what the candidate said to it. The offline interviewer follows the plan and does not read it.
    """
    del answer
    if not 0 <= question_number < len(interview.plan):
        return None
    return PlannedQuestion.from_json(interview.plan[question_number])
