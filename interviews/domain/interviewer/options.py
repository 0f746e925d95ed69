"""What may come next, whoever chooses: the rules of the interview, which no answer changes."""

from dataclasses import dataclass

from interviews.domain.interviewer.brief import Brief
from interviews.domain.interviewer.reading import Reading, read_question
from interviews.domain.plan import PlannedQuestion

FOLLOW_UPS_A_QUESTION = 2
FOLLOW_UPS_AN_INTERVIEW = 6
QUESTION_S = 60  # the least time in which a question can be put and answered
RESERVE_S = 10 * 60  # of the whole interview, kept for the code task
ENOUGH_SHARE = 0.75  # of the plan, asked and answered well, is evidence enough


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked now. Without `follow_up` and `questions` the questions are over.

    `questions` are the next one of the plan and what may be asked in its place, the one that fits best first.
    """

    current: PlannedQuestion | None
    reading: Reading | None
    follow_up: bool
    questions: tuple[PlannedQuestion, ...]


def options(brief: Brief) -> Options:
    current, left = read_question(brief, brief.number), _left(brief)
    if _out_of_time(brief) or _enough(brief, left):
        return Options(brief.current, current, False, ())
    return Options(brief.current, current, _may_follow_up(brief, current, len(left)), _offered(brief, current, left))


def _out_of_time(brief: Brief) -> bool:
    return brief.seconds_left is not None and brief.seconds_left - RESERVE_S < QUESTION_S


def _enough(brief: Brief, left: list[PlannedQuestion]) -> bool:
    """Most of the plan was answered well, and nothing that the vacancy asks for is left."""
    asked_enough = 0 < brief.number >= ENOUGH_SHARE * len(brief.plan)
    if not asked_enough or any(one.key.startswith("vacancy") for one in left):
        return False
    readings = (read_question(brief, number) for number in range(1, brief.number + 1))
    return all(reading is not None and reading.enough for reading in readings)


def _may_follow_up(brief: Brief, reading: Reading | None, left: int) -> bool:
    """Not without an answer, nor on and on, nor at the cost of the questions still planned."""
    question = brief.current
    if question is None or reading is None or reading.declined:
        return False
    short_of_time = brief.seconds_left is not None and brief.seconds_left - RESERVE_S < QUESTION_S * (left + 1)
    asked = len(brief.of_question(brief.number)) - 1
    counts = asked < FOLLOW_UPS_A_QUESTION and brief.follow_ups < FOLLOW_UPS_AN_INTERVIEW
    return counts and reading.seconds < question.seconds and not short_of_time


def _left(brief: Brief) -> list[PlannedQuestion]:
    """Questions of the plan that were not asked, nor another in their place."""
    left = list(brief.plan)
    for key in brief.asked:
        taken = next((one for one in left if one.key == key), None) or next(
            (one for one in left if any(other.key == key for other in one.alternatives)), None
        )
        if taken is not None:
            left.remove(taken)
    return left


def _offered(brief: Brief, reading: Reading | None, left: list[PlannedQuestion]) -> tuple[PlannedQuestion, ...]:
    """The next question of another topic than an exhausted one, where there is one; then what may replace it."""
    if not left:
        return ()
    tired = brief.current.topic if brief.current and reading is not None and reading.weak else ""
    planned = next((one for one in left if one.topic != tired), left[0])
    asked, level = set(brief.asked), _level(brief, reading)
    others = [one for one in planned.alternatives if one.key not in asked and one.topic != tired]
    return tuple(sorted([planned, *others], key=lambda one: _misfit(one, planned, level)))


def _level(brief: Brief, reading: Reading | None) -> int:
    """1 after two strong answers running: harder; -1 after two weak ones: easier; else 0: as planned."""
    before = read_question(brief, brief.number - 1) if brief.number > 1 else None
    if reading is None or before is None:
        return 0
    return int(reading.strong and before.strong) - int(reading.weak and before.weak)


def _misfit(question: PlannedQuestion, planned: PlannedQuestion, level: int) -> int:
    return abs(question.difficulty - planned.difficulty - level)
