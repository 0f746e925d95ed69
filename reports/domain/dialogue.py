"""An interview as the evaluator reads it: answers with the question, its expected points and where they were said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interviews.domain.analysis import Analysis, Point, analyse
from interviews.domain.plan import question_of, rows_by_key
from interviews.models import CodeRun, Interview, RunKind, Turn, Utterance


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance; of one that was typed (`source` "text") the times only order it."""

    text: str
    start_ms: int
    end_ms: int
    source: str = "voice"


@dataclass(frozen=True, slots=True)
class Answer:
    phase: str
    question_number: int | None
    key: str
    difficulty: int
    outcome: str
    spoken: tuple[Spoken, ...]
    analysis: Analysis
    points: tuple[Point, ...] = ()

    @property
    def about_resume(self) -> bool:
        """Questions drawn from the resume have keys that say so (see `interviews.domain.plan`)."""
        return self.key.startswith("resume")


@dataclass(frozen=True, slots=True)
class Tests:
    """What became of the solution, which was handed in at `at_ms`: hidden tests."""

    __test__ = False  # not a class of tests, whatever its name says to pytest

    passed: int
    total: int
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Dialogue:
    language: str
    answers: tuple[Answer, ...]
    planned: int
    code: str = ""
    tests_passed: float | None = None  # share of the hidden tests; None where nothing was judged
    tests: Tests | None = None

    @property
    def words(self) -> int:
        return sum(answer.analysis.words for answer in self.answers)


def read(interview: Interview) -> Dialogue:
    """Three queries, whatever the interview's length."""
    said: dict[int, list[Utterance]] = {}
    for utterance in interview.utterances.all():
        said.setdefault(utterance.turn_number, []).append(utterance)
    plan = rows_by_key(interview.plan)
    turns = [turn for turn in interview.turns.all() if turn.phase != "code" or turn.kind == "follow_up"]
    answers = tuple(
        answer_of(group, said, plan.get(question_of(group[0].question_key), {}), interview.language)
        for group in with_follow_ups(turns)
    )
    submission = interview.code_runs.filter(kind=RunKind.SUBMISSION).last()
    code, tests = (submission.source, tests_of(submission)) if submission else ("", None)
    share = tests.passed / tests.total if tests else None
    return Dialogue(interview.language, answers, len(interview.plan), code, share, tests)


def tests_of(submission: CodeRun) -> Tests | None:
    counts = submission.hidden
    return Tests(counts["passed"], counts["total"], submission.at_ms) if counts and counts["total"] else None


def with_follow_ups(turns: Sequence[Turn]) -> list[list[Turn]]:
    """Each question's turn with those that followed it up: together they are its answer. What is asked about code
    stands for itself."""
    groups: list[list[Turn]] = []
    for turn in turns:
        if turn.kind == "follow_up" and turn.phase != "code" and groups:
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return groups


def answer_of(
    turns: Sequence[Turn], said: dict[int, list[Utterance]], question: dict[str, Any], language: str
) -> Answer:
    """`said` is by turn. A question counts as answered though a follow-up was not."""
    first = turns[0]
    texts = [" ".join(item.text for item in said.get(turn.number, ())) or turn.answer for turn in turns]
    points = points_of(question)
    return Answer(
        phase=first.phase,
        question_number=first.question_number,
        key=first.question_key,
        difficulty=int(question.get("difficulty") or 1),
        outcome=next((turn.outcome for turn in turns if turn.outcome == "answered"), first.outcome),
        spoken=tuple(
            Spoken(item.text, item.start_ms, item.end_ms, item.source)
            for turn in turns
            for item in said.get(turn.number, ())
        ),
        analysis=analyse(" ".join(text for text in texts if text), language, points),
        points=points,
    )


def points_of(question: dict[str, Any]) -> tuple[Point, ...]:
    """Expected points of a planned question: `{"point": …, "keywords": […]}`, or a bare word that is its own."""
    return tuple(
        Point(str(item["point"]), tuple(item.get("keywords") or [item["point"]]))
        if isinstance(item, dict)
        else Point(str(item), (str(item),))
        for item in question.get("expected", [])
    )
