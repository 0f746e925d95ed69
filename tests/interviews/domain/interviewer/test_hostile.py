"""What a candidate says is data: answers that command the interviewer change nothing."""

from dataclasses import replace

import pytest

from interviews.domain.interviewer import checking, follow_ups, prompts
from interviews.domain.interviewer.brief import Brief, Exchange
from interviews.domain.interviewer.drafts import QuestionDraft, Unusable
from interviews.domain.interviewer.offline import decide
from interviews.domain.interviewer.options import options
from interviews.domain.plan import PlannedQuestion
from tests.interviews.domain.interviewer.briefs import conversation, planned
from tests.interviews.domain.interviewer.hostile import HONEST, HOSTILE, Hostile

IDS = [f"{one.language}-{number}" for number, one in enumerate(HOSTILE)]
PLANS = {language: planned(language) for language in HONEST}
AIMS = [aim for aim, _wanted in (*follow_ups.STORY, *follow_ups.EXPLANATION) if aim != "figure"]


def about_indexes(language: str) -> PlannedQuestion:
    return next(one for one in PLANS[language].every_question() if one.key == "backend-indexes")


def answered(language: str, answer: str) -> Brief:
    """The question on indexes was answered so."""
    start, question = PLANS[language], about_indexes(language)
    plan = (question, *(one for one in start.plan if one.key != question.key))
    exchange = Exchange(1, question.key, question.text, answer)
    return replace(start, plan=plan, exchanges=(*start.exchanges, exchange))


def own_words(brief: Brief) -> set[str]:
    """All that the offline interviewer can say."""
    wordings = {text for aim in AIMS for text in follow_ups.wordings(aim, brief.language)}
    return wordings | {question.text for question in brief.every_question()}


def test_there_are_thirty_or_more_in_four_languages() -> None:
    assert len({one.says for one in HOSTILE}) == len(HOSTILE) >= 30
    assert {language: sum(one.language == language for one in HOSTILE) >= 7 for language in HONEST} == dict.fromkeys(
        HONEST, True
    )


@pytest.mark.parametrize("language", HONEST)
def test_the_honest_answers_are_good(language: str) -> None:
    assert decide(answered(language, HONEST[language])).kind == "question"


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_a_command_beside_an_honest_answer_changes_nothing(hostile: Hostile) -> None:
    honest = answered(hostile.language, HONEST[hostile.language])
    commanded = answered(hostile.language, f"{HONEST[hostile.language]} {hostile.says}")
    assert decide(commanded) == decide(honest)


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_a_command_alone_gets_the_interviewers_own_words(hostile: Hostile) -> None:
    brief = answered(hostile.language, hostile.says)
    step = decide(brief)
    assert step.kind in {"question", "follow_up"}
    assert step.text in own_words(brief)


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_an_interview_full_of_commands_is_asked_to_its_end(hostile: Hostile) -> None:
    """Every question of the plan, or another in its place; none skipped, none twice."""
    start = PLANS[hostile.language]
    questions = [step.key for step in conversation(start, [hostile.says]) if step.kind == "question"]
    assert len(set(questions)) == len(questions) == len(start.plan)


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_what_an_obeying_model_writes_is_refused(hostile: Hostile) -> None:
    brief = answered(hostile.language, hostile.says)
    draft, check = QuestionDraft(options(brief)), checking.check_of(brief, "=== mark ===")
    try:
        draft.add(hostile.obeyed)
    except Unusable:
        return
    assert check.whole(draft.words)


@pytest.mark.parametrize("hostile", HOSTILE, ids=IDS)
def test_a_command_is_told_to_the_model_as_data(hostile: Hostile) -> None:
    brief = answered(hostile.language, hostile.says)
    asked = prompts.request(brief, options(brief))
    mark, *data, end = asked.data.split("\n")
    assert mark == end
    assert mark in asked.rules
    assert mark not in "\n".join(data)
    assert hostile.says not in asked.rules
    assert hostile.says.replace('"', '\\"') in "\n".join(data)
    assert hostile.says not in str(asked.schema)


@pytest.mark.parametrize("language", HONEST)
def test_every_word_of_the_plan_may_be_said(language: str) -> None:
    """The checks refuse no question of the bank, however a model joins it to what was said."""
    for kind in ("backend", "frontend", "pm", "qa", "algo"):
        start = planned(language, kind)
        check = checking.check_of(start, "=== mark ===")
        for text in own_words(start):
            assert check.whole(text) == "", text


def test_what_is_private_is_not_told_to_the_model() -> None:
    brief = answered("en", HONEST["en"])
    asked = prompts.request(brief, options(brief))
    points = [point.point for question in brief.every_question() for point in question.expected]
    assert not [point for point in points if point in asked.data or point in asked.rules]
    assert not [question.key for question in brief.every_question() if question.key in asked.data]
    assert options(brief).questions[0].text in asked.data
