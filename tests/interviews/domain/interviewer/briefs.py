"""Briefs and answers for tests of the interviewer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interviews.domain import plan
from interviews.domain.interviewer.brief import Brief, Exchange
from interviews.domain.interviewer.offline import Step, decide
from interviews.domain.plan import PlannedQuestion, Point
from interviews.models import Interview

INTRODUCTION = Exchange(0, "", "Please introduce yourself.", "I am Alice, a developer.")
LOCKS = Point("two writers wait for each other", ("lock",))
INDEX = Point("an index finds rows without a scan", ("index",))
COST = Point("writes get slower", ("write",))
PLAN_B = Point("the query's plan shows it", ("explain",))
POINTS = (LOCKS, INDEX, COST, PLAN_B)

RICH = (
    "I would first explain the slow query, because the plan shows whether the index is used at all. In our project the "
    "table had two locks that waited for each other, so every write became slower; after that we dropped one index and "
    "measured again."
)
GOOD = (
    "An index is read instead of the table, but then writes are slower, and explain shows another plan for each of the "
    "queries that a service sends to its database over the day; so one has to weigh what is read against the rest."
)
THIN = "You look at the plan of the query with explain, you add what is missing, and you try the same query again."
SHORT = "With an index, I think."
DUNNO = "I don't know that, sorry."


def question(key: str = "backend-a", topic: str = "databases", difficulty: int = 1, **values: Any) -> PlannedQuestion:
    return PlannedQuestion(key, f"The question {key}?", topic, difficulty, POINTS, 120, **values)


FIVE = (
    question("backend-a", "databases"),
    question("backend-b", "caching", 2),
    question("backend-c", "queues", 2),
    question("backend-d", "delivery", 3),
    question("backend-e", "security", 3),
)


def brief(*answers: str, questions: Sequence[PlannedQuestion] = FIVE, **values: Any) -> Brief:
    """After so many questions were answered with these words."""
    pairs = enumerate(zip(questions, answers, strict=False), 1)
    asked = [Exchange(n, one.key, one.text, said) for n, (one, said) in pairs]
    return Brief(**{"language": "en", "plan": tuple(questions), "exchanges": (INTRODUCTION, *asked), **values})


def after(before: Brief, step: Step, answer: str) -> Brief:
    """The brief once `step` was answered."""
    follow_up = step.kind == "follow_up"
    exchange = Exchange(before.number + (not follow_up), step.key, step.text, answer, follow_up)
    return replace(before, exchanges=(*before.exchanges, exchange))


def conversation(start: Brief, answers: Sequence[str]) -> list[Step]:
    """All that is asked of a candidate who gives these answers, then the last of them for ever."""
    now, steps = start, []
    for number in range(200):
        step = decide(now)
        if not step.kind:
            return steps
        steps.append(step)
        now = after(now, step, answers[min(number, len(answers) - 1)])
    raise AssertionError("the interview does not end")


def planned(language: str, kind: str = "backend") -> Brief:
    """The beginning of a real plan, without a resume."""
    interview = Interview(position_type=kind, language=language, position_name="Developer")
    return Brief(language, tuple(plan.build(interview, None)), (INTRODUCTION,))
