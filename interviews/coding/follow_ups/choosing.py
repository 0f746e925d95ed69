"""Which questions follow a submission: two to four, each of another kind, in words not used before.

The order is that of `rounds`: what the code costs, what the tests found once they are through, how it is built, what it
does about errors, what would change for ten times the data, what else could be tested.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from interviews.coding.definitions import Kind
from interviews.coding.follow_ups import verdicts
from interviews.coding.follow_ups.about import About
from interviews.coding.follow_ups.quoting import figure, quotable, word
from interviews.coding.follow_ups.sights import Aim, Sight
from interviews.coding.follow_ups.written import Aim as Case
from interviews.domain.analysis import count_words
from interviews.domain.interviewer.reading import FULL_WORDS, SHORT_WORDS, declined
from interviews.domain.plan import aim_of, follow_up_key
from providers.yaml_files import read_yaml

FILE = Path(__file__).parent / "questions.yaml"
LEAST, MOST = 2, 4
SHORT_OF_TIME_S = 120  # left of the whole interview: no more than LEAST then
LONGEST_KEY = 60  # of the task's id in a key, which has 100 characters
NUDGE, UNCHANGED = "nudge", "unchanged"
STRUCTURED = ("scale", "untested", "alternative")

COST = (Aim.NESTED_LOOP, Aim.RECURSION, Aim.SEARCH, Aim.SORT, Aim.LOOP, "cost")
SHAPE = (
    *(Aim.LONG_FUNCTION, Aim.DUPLICATE, Aim.VAGUE_NAME, Aim.SHARED, Aim.MUTABLE_DEFAULT, Aim.MANY_PARAMETERS),
    *(Aim.NO_FUNCTIONS, Aim.CONTAINER, Aim.HELPER),
)
CARE = (Aim.SWALLOW, Aim.UNGUARDED, Aim.MAGIC)
SQL_ROWS = ("sql_join", "sql_condition", "sql_subquery", "sql_plan")
SQL_SHAPE = ("sql_outer", "sql_window", "sql_group", "sql_distinct", "sql_order", "sql_star")
VERDICT = "verdict"  # the round of what the tests found
DEEPEST = {Aim.NESTED_LOOP, Aim.LONG_FUNCTION}  # of these the one that goes furthest, of the others any

Round = tuple[str, ...]
GENERAL: tuple[Round, ...] = (("scale",), ("untested",), ("alternative",))
ROUNDS: dict[Kind, tuple[Round, ...]] = {
    Kind.PROGRAM: (COST, (VERDICT,), SHAPE, CARE, *GENERAL),
    Kind.FUNCTION: (COST, (VERDICT,), SHAPE, CARE, *GENERAL),
    Kind.DEBUG: ((Aim.CHANGED,), (VERDICT,), COST, SHAPE, CARE, *GENERAL),
    Kind.SQL: (SQL_ROWS, (VERDICT,), SQL_SHAPE, ("scale",), ("untested",), ("alternative",)),
    Kind.TESTING: ((Aim.CHECK,), (VERDICT,), ("test_else",), SHAPE, CARE, ("alternative",)),
    Kind.WRITTEN: (
        *((Case.ASSUMPTION, Case.FIGURE), (Case.METRIC, "case_no_metric"), (Case.RISK, "case_no_risk")),
        *((Case.TRIAL, Case.USERS), ("case_scale",), ("case_first",)),
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is the task's id, a plus, and what is asked about; `line` 0 where it is about the whole."""

    key: str
    text: str
    line: int = 0

    @property
    def aim(self) -> str:
        return aim_of(self.key).partition(":")[0]


def questions(about: About, seen: Sequence[Sight]) -> tuple[Question, ...]:
    """What may be asked now, the best first; empty where enough was asked, or nothing was handed in."""
    if about.empty:
        return ()
    if short := _nudge(about):
        return (short,)
    left = tuple(_left(about, seen))
    return () if _enough(about, left) else left


def wordings(aim: str, language: str) -> tuple[str, ...]:
    return tuple(_texts()["aims"][aim][language])


def edge_words(edge: str, language: str) -> str:
    """The class of a hidden test as a clause."""
    words: str = _texts()["edges"][language][edge]
    return words


def aims_asked(about: About) -> list[str]:
    """In order, without the lines that they were about."""
    return [aim_of(one.key).partition(":")[0] for one in about.exchanges]


@cache
def _texts() -> dict[str, dict[str, dict[str, Any]]]:
    """`{"aims": {aim: {language: [text, …]}}, "edges": {language: {edge: clause}}}`."""
    texts: dict[str, dict[str, dict[str, Any]]] = read_yaml(FILE)
    return texts


def _left(about: About, seen: Sequence[Sight]) -> Iterator[Question]:
    """One question of each round that had none yet."""
    asked = set(aims_asked(about))
    for aims in _rounds(about, seen):
        found = _verdict(about) if aims == (VERDICT,) else _of_round(about, aims, seen)
        if found is not None and not asked & _same_round(aims):
            yield found


def _rounds(about: About, seen: Sequence[Sight]) -> tuple[Round, ...]:
    if not about.adaptive:
        return tuple((aim,) for aim in STRUCTURED)
    unchanged: tuple[Round, ...] = () if seen or about.source.strip() != about.starter.strip() else ((UNCHANGED,),)
    rounds = ROUNDS[about.kind]
    if _nothing_passed(about):
        rounds = ((VERDICT,), *(aims for aims in rounds if aims != (VERDICT,)))
    return (*unchanged, *rounds)


def _nothing_passed(about: About) -> bool:
    """What such a program costs, or how it is built, is no question yet."""
    return about.verdict is not None and about.verdict.total > 0 and not about.verdict.passed


def _same_round(aims: Round) -> set[str]:
    return set(verdicts.AIMS) if aims == (VERDICT,) else set(aims)


def _of_round(about: About, aims: Round, seen: Sequence[Sight]) -> Question | None:
    for aim in aims:
        some = [one for one in seen if one.aim == aim]
        for sight in _turned(about, some) if some or _needs_sight(about, aim) else (Sight(aim, 0),):
            if question := _worded(about, sight):
                return question
    return None


def _needs_sight(about: About, aim: str) -> bool:
    return all(_fields(text) & {"line", "name"} for text in wordings(aim, about.language))


def _turned(about: About, seen: list[Sight]) -> list[Sight]:
    """Interviews begin at different ones, so that neighbours are not asked the same."""
    if seen and seen[0].aim in DEEPEST:
        return sorted(seen, key=lambda one: -one.number)
    start = about.interview_id % len(seen) if seen else 0
    return seen[start:] + seen[:start]


def _verdict(about: About) -> Question | None:
    found = verdicts.aim(about)
    if found is None:
        return None
    aim, edge = found
    text = _text(about, aim, {"edge": edge_words(edge, about.language)} if edge else {})
    return Question(_key(about, f"{aim}:{edge}" if edge else aim), text) if text else None


def _worded(about: About, sight: Sight) -> Question | None:
    listed = sight.aim in set(Case)
    name = figure(sight.name) or (word(sight.name, about.language) if listed else quotable(sight.name))
    values = {"line": sight.line, "other": sight.number, "number": sight.number, "name": name}
    text = _text(about, sight.aim, {key: str(value) for key, value in values.items() if value})
    key = f"{sight.aim}:{sight.line}" if sight.line else sight.aim
    return Question(_key(about, key), text, sight.line) if text else None


def _text(about: About, aim: str, values: dict[str, str]) -> str:
    """Words whose placeholders are all known and that were not said yet; empty where there are none."""
    known = [text for text in wordings(aim, about.language) if _fields(text) <= values.keys()]
    said = {one.prompt for one in about.exchanges}
    start = about.interview_id + len(about.exchanges)
    turned = (known[(start + index) % len(known)].format_map(values) for index in range(len(known)))
    return next((text for text in turned if text not in said), "")


def _fields(text: str) -> set[str]:
    return {name for _literal, name, _format, _conversion in Formatter().parse(text) if name}


def _key(about: About, aim: str) -> str:
    return follow_up_key(about.task_id[:LONGEST_KEY], aim)


def _nudge(about: About) -> Question | None:
    """Once, after an answer that is no refusal but says hardly anything."""
    if not about.exchanges or not about.adaptive or NUDGE in aims_asked(about) or len(about.exchanges) >= MOST - 1:
        return None
    answer = about.exchanges[-1].answer
    if declined(answer, about.language) or count_words(answer) >= SHORT_WORDS:
        return None
    return Question(_key(about, NUDGE), _text(about, NUDGE, {}))


def _enough(about: About, left: Sequence[Question]) -> bool:
    """Two are always asked, as long as four were not; a third and a fourth only about something in the code."""
    asked = [one for one in about.exchanges if aim_of(one.key) != NUDGE]
    if len(asked) < LEAST or len(about.exchanges) >= MOST:
        return len(about.exchanges) >= MOST
    short_of_time = about.seconds_left is not None and about.seconds_left < SHORT_OF_TIME_S
    tired = all(declined(one.answer, about.language) for one in asked[-2:])
    of_the_code = any(one.line or one.aim in verdicts.AIMS for one in left)
    if short_of_time or tired or not of_the_code or not about.adaptive:
        return True
    return len(asked) > LEAST and count_words(about.exchanges[-1].answer) < FULL_WORDS
