"""Submissions for tests of the questions about code."""

from dataclasses import replace
from functools import cache
from typing import Any

from interviews.coding.definitions import Kind
from interviews.coding.follow_ups import choosing, reading
from interviews.coding.follow_ups.about import About, Failure, Verdict
from interviews.coding.follow_ups.choosing import Question
from interviews.coding.follow_ups.edges import Edge
from interviews.domain.interviewer.brief import Exchange

PYTHON = """\
import sys

LIMIT_SECONDS = 86400


def overlaps(meetings, rooms=[]):
    found = []
    for first in meetings:
        for second in meetings:
            if first != second and second in found:
                continue
            found.append(second)
    return found


def depth(node):
    data = node.children
    return 1 + max(depth(child) for child in data) if data else 1


def read():
    seen = dict()
    for line in sys.stdin:
        seen[line] = int(line) * 3600
    return sorted(seen)
"""
SQL = """\
SELECT DISTINCT c.name, COUNT(o.id)
FROM customers c
LEFT JOIN orders o ON o.customer_id = c.id
JOIN cities ON cities.id = c.city_id
WHERE o.placed_at > '2024-01-01'
GROUP BY c.name
ORDER BY total
"""
CASE = """\
Goal: more people come back in their second week.
I assume that most of them leave because setting up takes too long.
Retention after fourteen days should rise by 20 percent.
The greatest risk is that fewer people finish the profile.
We would begin with an experiment for new customers.
"""
TESTS = """\
from subject import discount

assert discount(100, 10) == 90
assert discount(0, 10) == 0
try:
    discount(-1, 10)
except ValueError:
    pass
"""
FULL = (
    "Each round looks at every pair once, so that the time grows with the square of the number of meetings; I accepted "
    "it because the statement promises at most a thousand of them, and otherwise I would have sorted them by their "
    "begin and kept a heap of the ends."
)
SHORT = "It is quadratic."
DUNNO = "I don't know, sorry."
FAILED = Verdict(3, 6, failures=(Failure(Edge.OTHER, "wrong_answer"), Failure(Edge.EMPTY, "wrong_answer")))
PASSED = Verdict(6, 6)


def about(source: str = PYTHON, language: str = "en", **fields: Any) -> About:
    values = {"interview_id": 3, "task_id": "algo-rooms", "code_language": "python", "source": source}
    return About(**{**values, "language": language, **fields})


OF_KINDS = {
    Kind.PROGRAM: about(),
    Kind.FUNCTION: about(kind=Kind.FUNCTION),
    Kind.DEBUG: about(kind=Kind.DEBUG, starter=PYTHON.replace("3600", "60")),
    Kind.SQL: about(SQL, kind=Kind.SQL, code_language="sql"),
    Kind.TESTING: about(TESTS, kind=Kind.TESTING),
    Kind.WRITTEN: about(CASE, kind=Kind.WRITTEN, code_language="text"),
}


def offered(submission: About) -> tuple[Question, ...]:
    """What may be asked about it now."""
    return choosing.questions(submission, seen_in(submission.source, submission.code_language, submission.starter))


seen_in = cache(reading.read)


def after(submission: About, question: Question, answer: str = FULL) -> About:
    """Once `question` was answered."""
    exchange = Exchange(0, question.key, question.text, answer, follow_up=True)
    return replace(submission, exchanges=(*submission.exchanges, exchange))


def conversation(submission: About, *answers: str) -> list[Question]:
    """All that is asked of a candidate who gives these answers, then the last of them for ever."""
    asked: list[Question] = []
    given = answers or (FULL,)
    while may := offered(submission):
        asked.append(may[0])
        assert len(asked) < 10, "the questions do not end"
        submission = after(submission, may[0], given[min(len(asked), len(given)) - 1])
    return asked
