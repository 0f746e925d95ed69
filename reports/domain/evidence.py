"""What shows a score: sentences, quoted letter for letter with where they were said, and what the tests found."""

from collections.abc import Callable
from typing import Any

from interviews.domain.analysis import Analysis, Point, analyse, sentences
from reports.domain import scoring
from reports.domain.dialogue import Answer, Dialogue, Spoken, Tests
from reports.models import Criterion

QUOTES = 3  # a criterion
LONGEST_QUOTE = 400
MOVED_BY_TESTS = (Criterion.TECHNICAL_SKILLS, Criterion.PROBLEM_SOLVING)

RELEVANCE: dict[Criterion, Callable[[Analysis], float]] = {
    Criterion.TECHNICAL_SKILLS: lambda found: 2 * len(found.covered) + found.specifics,
    Criterion.EXPERIENCE_RELEVANCE: lambda found: 2 * found.ownership + found.specifics,
    Criterion.COMMUNICATION: lambda found: found.reasoning + min(1, found.words / 25) - found.fillers,
    Criterion.PROBLEM_SOLVING: lambda found: found.reasoning,
    Criterion.CULTURAL_FIT: lambda found: found.teamwork,
}


def collect(dialogue: Dialogue) -> dict[str, list[dict[str, Any]]]:
    """`{criterion: [{quote, speaker, source, phase, question_number, start_ms, end_ms}]}`, the most telling first.

    Last where the tests of the solution moved the score: a row from `tests`, with `passed` and `total`.
    """
    found = [
        (analyse(sentence, dialogue.language, expected(answer)), quote(sentence, answer, spoken))
        for answer in dialogue.answers
        for spoken in answer.spoken
        for sentence in sentences(spoken.text)
    ]
    return {criterion.value: best(found, rule) + tested(dialogue, criterion) for criterion, rule in RELEVANCE.items()}


def best(found: list[tuple[Analysis, dict[str, Any]]], rule: Callable[[Analysis], float]) -> list[dict[str, Any]]:
    ranked = sorted(found, key=lambda item: -rule(item[0]))  # stable: of equals the earlier is quoted
    return [row for analysis, row in ranked[:QUOTES] if rule(analysis) > 0]


def tested(dialogue: Dialogue, criterion: Criterion) -> list[dict[str, Any]]:
    if dialogue.tests is None or criterion not in MOVED_BY_TESTS or scoring.RULES[criterion](dialogue) is None:
        return []
    return [counted(dialogue.tests)]


def counted(tests: Tests) -> dict[str, Any]:
    """The words are English; pages and the API say them in the reader's language (`presentation.worded`)."""
    return {
        "quote": f"Solution: {tests.passed} of {tests.total} hidden tests passed",
        "speaker": "tests",
        "source": "tests",
        "phase": "code",
        "question_number": None,
        "start_ms": tests.at_ms,
        "end_ms": tests.at_ms,
        "passed": tests.passed,
        "total": tests.total,
    }


def expected(answer: Answer) -> tuple[Point, ...]:
    return tuple(point for point in answer.points if point.text in answer.analysis.covered)


def quote(sentence: str, answer: Answer, spoken: Spoken) -> dict[str, Any]:
    return {
        "quote": sentence[:LONGEST_QUOTE],
        "speaker": "candidate",
        "source": spoken.source,
        "phase": answer.phase,
        "question_number": answer.question_number,
        "start_ms": spoken.start_ms,
        "end_ms": spoken.end_ms,
    }
