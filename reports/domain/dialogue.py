"""An interview as the evaluator reads it: answers with the question, its expected points and where they were said."""

from dataclasses import dataclass
from typing import Any

from interviews.models import Interview, Turn, Utterance
from reports.domain.analysis import Analysis, Point, analyse


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
class Dialogue:
    language: str
    answers: tuple[Answer, ...]
    planned: int
    code: str = ""

    @property
    def words(self) -> int:
        return sum(answer.analysis.words for answer in self.answers)


def read(interview: Interview) -> Dialogue:
    """Three queries, whatever the interview's length."""
    said: dict[int, list[Utterance]] = {}
    for utterance in interview.utterances.all():
        said.setdefault(utterance.turn_number, []).append(utterance)
    plan = {str(item.get("key", "")): item for item in interview.plan}
    answers = tuple(
        answer_of(turn, said.get(turn.number, []), plan.get(turn.question_key, {}), interview.language)
        for turn in interview.turns.all()
        if turn.phase in ("intro", "question")
    )
    submission = interview.submissions.last()
    return Dialogue(interview.language, answers, len(interview.plan), submission.source if submission else "")


def answer_of(turn: Turn, said: list[Utterance], question: dict[str, Any], language: str) -> Answer:
    spoken = tuple(Spoken(item.text, item.start_ms, item.end_ms, item.source) for item in said)
    text = " ".join(item.text for item in spoken) or turn.answer
    points = points_of(question)
    return Answer(
        phase=turn.phase,
        question_number=turn.question_number,
        key=turn.question_key,
        difficulty=int(question.get("difficulty") or 1),
        outcome=turn.outcome,
        spoken=spoken,
        analysis=analyse(text, language, points),
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
