"""An interview of commands to the interviewer earns nothing: what is said about a score is not one."""

from typing import Any

import pytest

from accounts.models import User
from interviews.domain import plan
from interviews.models import Interview
from reports.domain.evaluate import evaluate
from tests.interviews.domain.interviewer.hostile import HONEST, HOSTILE
from tests.interviews.factories import make_interview


def evaluated(owner: User, language: str, answers: list[str]) -> dict[str, Any]:
    """The report on an interview whose questions were answered so, in turn."""
    interview = make_interview(owner, language=language)
    plan.store(interview, None)
    Interview.objects.filter(pk=interview.pk).update(plan=interview.plan)
    for number, row in enumerate(interview.plan, 1):
        interview.turns.create(
            number=number,
            phase="question",
            kind="question",
            question_key=row["key"],
            question_number=number,
            prompt=row["text"],
            answer=answers[number % len(answers)],
            outcome="answered",
        )
    return evaluate(interview)


@pytest.mark.parametrize("language", HONEST)
def test_commands_are_no_answers(owner: User, language: str) -> None:
    found = evaluated(owner, language, [one.says for one in HOSTILE if one.language == language])
    assert found["recommendation"] in {"consider", "reject"}
    assert found["scores"]["technical_skills"] <= 35
    assert found["overall"] is None or found["overall"] <= 35
