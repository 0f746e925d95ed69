"""What the offline interviewer asks about an answer: an aim that the answer missed, in words not used before."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from interviews.domain.interviewer.brief import Brief
from interviews.domain.interviewer.reading import COVERED, SHORT_WORDS, Reading
from interviews.domain.plan import PlannedQuestion, aim_of, follow_up_key
from providers.yaml_files import read_yaml

FILE = Path(__file__).parent / "follow_ups.yaml"


@dataclass(frozen=True, slots=True)
class FollowUp:
    key: str
    text: str


def _is_short(reading: Reading) -> bool:
    return reading.analysis.words < SHORT_WORDS


def _lacks_points(reading: Reading) -> bool:
    return reading.analysis.coverage is not None and reading.analysis.coverage < COVERED


def _lacks_example(reading: Reading) -> bool:
    return reading.vague or not (reading.situation or reading.analysis.specifics)


# In the order in which they are tried: what an account of one's own work lacks, and what an explanation lacks.
STORY: tuple[tuple[str, Callable[[Reading], bool]], ...] = (
    ("short", _is_short),
    ("example", _lacks_example),
    ("own_part", lambda reading: not reading.action),
    ("result", lambda reading: not reading.result),
    ("figure", lambda reading: bool(reading.figure)),
    ("why", lambda reading: not reading.analysis.reasoning),
    ("further", lambda reading: reading.complete),
)
EXPLANATION: tuple[tuple[str, Callable[[Reading], bool]], ...] = (
    ("short", _is_short),
    ("example", lambda reading: reading.vague),
    ("more", _lacks_points),
    ("figure", lambda reading: bool(reading.figure)),
    ("why", lambda reading: not reading.analysis.reasoning),
    ("further", lambda reading: reading.complete),
)


def choose(brief: Brief, question: PlannedQuestion, reading: Reading) -> FollowUp | None:
    """None where nothing is worth asking, or asking once more has brought next to nothing."""
    exchanges = brief.of_question(brief.number)
    asked = {aim_of(one.key) for one in exchanges if one.follow_up}
    if asked and (reading.last_words < SHORT_WORDS or reading.enough):
        return None
    aims = (aim for aim, wanted in _aims(question) if aim not in asked and wanted(reading))
    for aim in aims:
        if text := wording(brief, aim, reading.figure):
            return FollowUp(follow_up_key(question.key, aim), text)
    return None


def wording(brief: Brief, aim: str, figure: str = "") -> str:
    """Words for `aim` that were not used in this interview; empty where all were."""
    known = wordings(aim, brief.language)
    said = {one.prompt for one in brief.exchanges}
    start = brief.seed + len(brief.exchanges)
    turned = [known[(start + index) % len(known)].replace("{figure}", figure) for index in range(len(known))]
    return next((text for text in turned if text not in said), "")


def wordings(aim: str, language: str) -> tuple[str, ...]:
    return tuple(_texts()[aim][language])


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    """`{aim: {language: [text, …]}}`."""
    texts: dict[str, dict[str, list[str]]] = read_yaml(FILE)
    return texts


def _aims(question: PlannedQuestion) -> tuple[tuple[str, Callable[[Reading], bool]], ...]:
    return STORY if question.own else EXPLANATION
