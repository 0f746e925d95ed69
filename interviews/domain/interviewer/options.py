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
    readings = [read_question(brief, number) for number in range(1, brief.number + 1)]
    current = readings[-1] if readings else None
    left = _left(brief)
    if _out_of_time(brief) or _enough(brief, readings, left):
        return Options(brief.current, current, False, ())
    offered = _offered(brief, readings, left)
    return Options(brief.current, current, _may_follow_up(brief, current, len(left)), offered)


def _out_of_time(brief: Brief) -> bool:
    return brief.seconds_left is not None and brief.seconds_left - RESERVE_S < QUESTION_S


def _enough(brief: Brief, readings: list[Reading | None], left: list[PlannedQuestion]) -> bool:
    """Most of the plan was answered well, and nothing that the vacancy asks for is left."""
    asked_enough = len(readings) >= ENOUGH_SHARE * len(brief.plan)
    well = all(reading is not None and reading.enough for reading in readings)
    return asked_enough and well and bool(readings) and not any(one.key.startswith("vacancy") for one in left)


def _may_follow_up(brief: Brief, reading: Reading | None, left: int) -> bool:
    """Not without an answer, nor on and on, nor at the cost of the questions still planned."""
    question = brief.current
    if question is None or reading is None or reading.declined:
        return False
    exchanges = brief.of_question(brief.number)
    spent_s = sum(one.spoken_ms for one in exchanges) / 1000
    short_of_time = brief.seconds_left is not None and brief.seconds_left - RESERVE_S < QUESTION_S * (left + 1)
    counts = len(exchanges) <= FOLLOW_UPS_A_QUESTION and brief.follow_ups < FOLLOW_UPS_AN_INTERVIEW
    return counts and spent_s < question.seconds and not short_of_time


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


def _offered(brief: Brief, readings: list[Reading | None], left: list[PlannedQuestion]) -> tuple[PlannedQuestion, ...]:
    """The next question of another topic than an exhausted one, where there is one; then what may replace it."""
    if not left:
        return ()
    tired = brief.current.topic if brief.current and readings[-1] is not None and readings[-1].weak else ""
    planned = next((one for one in left if one.topic != tired), left[0])
    asked = set(brief.asked)
    others = [one for one in planned.alternatives if one.key not in asked and one.topic != tired]
    return tuple(sorted([planned, *others], key=lambda one: _misfit(one, planned, _level(readings))))


def _level(readings: list[Reading | None]) -> int:
    """1 after two strong answers running: harder; -1 after two weak ones: easier; else 0: as planned."""
    last = [reading for reading in readings[-2:] if reading is not None]
    if len(last) < 2:
        return 0
    return int(all(one.strong for one in last)) - int(all(one.weak for one in last))


def _misfit(question: PlannedQuestion, planned: PlannedQuestion, level: int) -> int:
    return abs(question.difficulty - planned.difficulty - level)
