"""The offline evaluator's rubric: five criteria from 0 to 100, or None where too little was said to tell.

The numbers are the project's own rubric, versioned by `RUBRIC_VERSION`, and mean what the docstrings say. Proctoring
signals, names and anything else outside the answers take no part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.domain.dialogue import Answer, Dialogue
from reports.models import Confidence, Criterion, Recommendation

RUBRIC_VERSION = "offline-2"  # 2: the hidden tests of the coding task
FULL_COVERAGE = 0.6  # an answer that mentions this share of the expected points has full marks for substance
TASK_DIFFICULTY = 3  # the share of hidden tests passed weighs as much as a question of this difficulty
FULL_LENGTH = 60  # words in which an answer can be given in depth
LEAST_WORDS = {Criterion.COMMUNICATION: 30, Criterion.PROBLEM_SOLVING: 40, Criterion.CULTURAL_FIT: 60}
STEPS = ((80, Recommendation.STRONGLY_RECOMMEND), (62, Recommendation.RECOMMEND), (40, Recommendation.CONSIDER))


@dataclass(frozen=True, slots=True)
class Verdict:
    scores: dict[str, int | None]
    overall: int | None
    recommendation: Recommendation
    confidence: Confidence


def judge(dialogue: Dialogue) -> Verdict:
    scores = {criterion.value: rounded(rule(dialogue)) for criterion, rule in RULES.items()}
    known = [score for score in scores.values() if score is not None]
    overall = round(sum(known) / len(known)) if known else None
    confidence = confidence_of(dialogue, scores)
    return Verdict(scores, overall, recommend(overall, confidence), confidence)


def recommend(overall: int | None, confidence: Confidence) -> Recommendation:
    """Thin evidence neither praises nor rejects: with low confidence the advice is to look again."""
    if overall is None or confidence == Confidence.LOW:
        return Recommendation.CONSIDER
    return next((advice for least, advice in STEPS if overall >= least), Recommendation.REJECT)


def confidence_of(dialogue: Dialogue, scores: dict[str, int | None]) -> Confidence:
    """Low with a missing score; high when most planned questions were answered at some length."""
    if None in scores.values():
        return Confidence.LOW
    answered = len(questions(dialogue))
    if answered >= 0.75 * dialogue.planned and dialogue.words >= 250:
        return Confidence.HIGH
    return Confidence.MEDIUM


def technical_skills(dialogue: Dialogue) -> float | None:
    """Expected points covered (three quarters) and depth (a quarter), harder questions weighing more.

    The coding task counts as one more question of difficulty 3, marked with the share of hidden tests passed; not where
    nothing was handed in or nothing could be run.
    """
    rated = [
        (0.75 * min(1, (answer.analysis.coverage or 0) / FULL_COVERAGE) + 0.25 * depth(answer), answer.difficulty)
        for answer in asked(dialogue)
        if answer.analysis.coverage is not None
    ]
    if dialogue.tests_passed is not None:
        rated.append((dialogue.tests_passed, TASK_DIFFICULTY))
    weight = sum(difficulty for _mark, difficulty in rated)
    return sum(mark * difficulty for mark, difficulty in rated) / weight if weight else None


def experience_relevance(dialogue: Dialogue) -> float | None:
    """Of the introduction and the questions on the resume: own part, concrete things, depth."""
    told = [answer for answer in dialogue.answers if answer.about_resume or answer.phase == "intro"]
    told = [answer for answer in told if answer.analysis.words >= 5]
    return mean(
        told, lambda a: 0.3 * some(a.analysis.ownership, 2) + 0.3 * some(a.analysis.specifics, 3) + 0.4 * depth(a)
    )


def communication(dialogue: Dialogue) -> float | None:
    """Answers of a useful length (half), few fillers (a quarter), sentences that connect (a quarter)."""
    spoken = enough(dialogue, Criterion.COMMUNICATION)
    return mean(spoken, lambda a: 0.5 * useful_length(a) + 0.25 * fluency(a) + 0.25 * some(a.analysis.reasoning, 2))


def problem_solving(dialogue: Dialogue) -> float | None:
    """Reasons, conditions and comparisons in the answers, those about the code among them; the solution adds a fifth.

    That fifth is the share of hidden tests passed; where nothing could be run, whether anything was handed in.
    """
    reasoned = enough(dialogue, Criterion.PROBLEM_SOLVING)
    reasoning = mean(reasoned, lambda a: 0.6 * some(a.analysis.reasoning, 3) + 0.4 * depth(a))
    if reasoning is None:
        return None
    handed_in = 1.0 if len(dialogue.code.split()) >= 5 else 0.0
    return 0.8 * reasoning + 0.2 * (handed_in if dialogue.tests_passed is None else dialogue.tests_passed)


def cultural_fit(dialogue: Dialogue) -> float | None:
    """Signs of working with others, learning and owning, over all answers."""
    spoken = enough(dialogue, Criterion.CULTURAL_FIT)
    return mean(
        spoken, lambda a: 0.5 * some(a.analysis.teamwork, 2) + 0.25 * some(a.analysis.ownership, 1) + 0.25 * depth(a)
    )


RULES: dict[Criterion, Callable[[Dialogue], float | None]] = {
    Criterion.TECHNICAL_SKILLS: technical_skills,
    Criterion.EXPERIENCE_RELEVANCE: experience_relevance,
    Criterion.COMMUNICATION: communication,
    Criterion.PROBLEM_SOLVING: problem_solving,
    Criterion.CULTURAL_FIT: cultural_fit,
}


def asked(dialogue: Dialogue) -> list[Answer]:
    """Questions that were put, answered or not: silence covers no point."""
    return [answer for answer in dialogue.answers if answer.phase == "question"]


def questions(dialogue: Dialogue) -> list[Answer]:
    return [answer for answer in asked(dialogue) if answer.analysis.words > 0]


def enough(dialogue: Dialogue, criterion: Criterion) -> list[Answer]:
    """All answers, or none where all of them together are too short to judge the criterion by."""
    spoken = [answer for answer in dialogue.answers if answer.analysis.words > 0]
    return spoken if dialogue.words >= LEAST_WORDS[criterion] else []


def depth(answer: Answer) -> float:
    return min(1, answer.analysis.words / FULL_LENGTH)


def some(count: int, full: int) -> float:
    return min(1, count / full)


def useful_length(answer: Answer) -> float:
    """Full marks from 25 to 250 words; shorter and longer answers lose in proportion."""
    words = answer.analysis.words
    return min(1, words / 25, 250 / words)


def fluency(answer: Answer) -> float:
    """1 without fillers, 0 with one in every ten words."""
    return max(0, 1 - 10 * answer.analysis.fillers / answer.analysis.words)


def mean(answers: Sequence[Answer], mark: Callable[[Answer], float]) -> float | None:
    return sum(mark(answer) for answer in answers) / len(answers) if answers else None


def rounded(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
