"""What the answers to one question show, and what they leave open."""

import re
from dataclasses import dataclass

from interviews.domain import markers
from interviews.domain.analysis import Analysis, Point, analyse, count_words, fold, occurs
from interviews.domain.interviewer import words
from interviews.domain.interviewer.brief import Brief, Exchange
from interviews.domain.plan import PlannedQuestion

SHORT_WORDS = 15  # below it an answer says hardly anything
FULL_WORDS = 40  # from here on it was given in some depth
COVERED, WELL_COVERED = 0.5, 0.75  # shares of the expected points
WORD_S = 0.4  # of speech, at 150 words a minute
DECLINED_WORDS = 25  # a longer answer that holds "I don't know" says something beside it
# A figure worth asking about: with a unit, or of two digits and more.
FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|ms|percent|процент\w*|퍼센트|倍|x\b)|\d[\d.,]*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Of everything said to one question. `situation`, `action`, `result` are the parts of a story that it has."""

    analysis: Analysis
    answers: int
    last_words: int
    declined: bool
    vague: bool
    situation: bool
    action: bool
    result: bool
    figure: str = ""

    @property
    def seconds(self) -> float:
        """About how long all of it takes to say: the same for what was typed, and at whatever speed audio comes."""
        return self.analysis.words * WORD_S

    @property
    def weak(self) -> bool:
        """Little of what was expected, or next to nothing at all."""
        return self.declined or self.analysis.words < SHORT_WORDS or (self.analysis.coverage or 0) < COVERED / 2

    @property
    def strong(self) -> bool:
        return self.analysis.words >= FULL_WORDS and (self.analysis.coverage or 0) >= WELL_COVERED

    @property
    def complete(self) -> bool:
        """Everything that was expected, and in some depth."""
        return self.analysis.words >= FULL_WORDS and self.analysis.coverage == 1

    @property
    def enough(self) -> bool:
        """Nothing has to be asked once more."""
        return self.analysis.words >= FULL_WORDS and (self.analysis.coverage or 0) >= COVERED


def read(exchanges: tuple[Exchange, ...], question: PlannedQuestion, language: str) -> Reading:
    """`exchanges` are those of `question`, its follow-ups included; an empty answer was skipped or silent."""
    said = [one.answer for one in exchanges if one.answer.strip()]
    whole, last = " ".join(said), exchanges[-1].answer if exchanges else ""
    plain = fold(whole.replace("’", "'"))
    found = analyse(whole, language, [Point(one.point, one.keywords) for one in question.expected])
    return Reading(
        analysis=found,
        answers=len(said),
        last_words=count_words(last),
        declined=declined(last, language),
        vague=_has(plain, words.VAGUE, language) and found.specifics == 0,
        situation=_has(plain, words.SITUATION, language),
        action=found.ownership > 0,
        result=_has(plain, words.RESULT, language),
        figure=_figure(whole),
    )


def read_question(brief: Brief, number: int) -> Reading | None:
    """None where the question is not in the plan."""
    exchanges = brief.of_question(number)
    question = brief.question(exchanges[0].key) if exchanges else None
    return None if question is None else read(exchanges, question, brief.language)


def declined(last: str, language: str) -> bool:
    """Skipped, silent, or "I don't know" and little else."""
    if not last.strip():
        return True
    plain = fold(last.replace("’", "'"))
    return count_words(last) <= DECLINED_WORDS and _has(plain, words.DECLINED, language)


def _has(plain: str, table: dict[str, str], language: str) -> bool:
    return occurs(plain, markers.entries(table, language))


def _figure(text: str) -> str:
    found = FIGURE.search(text)
    return found.group().strip() if found else ""
