"""Which questions follow a submission: two to four, of different kinds, none twice."""

from collections import Counter
from dataclasses import replace

import pytest

from interviews.coding.definitions import Kind
from interviews.coding.follow_ups import choosing, verdicts
from interviews.coding.follow_ups.about import Failure, Verdict
from interviews.coding.follow_ups.edges import Edge
from tests.interviews.coding.follow_ups.submissions import (
    CASE,
    DUNNO,
    FAILED,
    FULL,
    OF_KINDS,
    PASSED,
    PYTHON,
    SHORT,
    about,
    after,
    conversation,
    offered,
)
from tests.interviews.domain.test_bank import LANGUAGES, foreign

MIDDLING = "I chose it because it was the first thing that came to my mind and it worked well enough for the examples."
BROKEN_OFF = Failure(Edge.LARGE, "runtime_error")
STRESSED = (Failure(Edge.LARGE, "wrong_answer"),)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("verdict", [None, FAILED, PASSED], ids=["not judged", "failed", "passed"])
@pytest.mark.parametrize("answer", [FULL, MIDDLING, SHORT, DUNNO, ""], ids=["full", "middling", "short", "dunno", "-"])
def test_two_to_four_different_ones(kind: Kind, language: str, verdict: Verdict | None, answer: str) -> None:
    asked = conversation(replace(OF_KINDS[kind], language=language, verdict=verdict), answer)
    assert choosing.LEAST <= len(asked) <= choosing.MOST
    assert len({one.aim for one in asked}) == len({one.text for one in asked}) == len(asked)
    assert len([one for one in asked if one.aim != choosing.NUDGE]) >= choosing.LEAST
    assert sum(one.aim == choosing.NUDGE for one in asked) <= 1
    assert not [one.text for one in asked if foreign(one.text, language)]
    assert all(len(one.key) <= 100 and one.key.startswith("algo-rooms+") for one in asked)


@pytest.mark.parametrize("source", ["", "  \n\t\n"])
@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_asked_about_nothing(source: str, kind: Kind) -> None:
    assert offered(about(source, kind=kind)) == ()


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["python", "rust", "sql", "text", "swift"])
@pytest.mark.parametrize("source", ["x", "# to do", "}{", "1\n" * 300, PYTHON[:99], "\ud800", '"""'])
def test_two_are_asked_about_anything(source: str, language: str, kind: Kind) -> None:
    asked = conversation(about(source, kind=kind, code_language=language))
    assert len(asked) >= choosing.LEAST


def test_a_conversation() -> None:
    asked = conversation(about(verdict=FAILED))
    assert [(one.key, one.line) for one in asked] == [
        ("algo-rooms+nested_loop:8", 8),
        ("algo-rooms+edge:empty", 0),
        ("algo-rooms+vague_name:17", 17),
        ("algo-rooms+unguarded:24", 24),
    ]
    assert asked[0].text == (
        "In line 8 a loop begins that has another one inside. How does the running time grow as the input gets longer?"
    )
    assert asked[1].text == (
        "One of the hidden tests did not pass. Please go through your code for the case when there is nothing in the "
        "input. Which line decides?"
    )
    assert "data in line 17" in asked[2].text or "called data" in asked[2].text


def test_the_verdict_comes_second_even_when_it_comes_late() -> None:
    first = offered(about())[0]
    assert first.aim == "nested_loop"
    second = offered(replace(after(about(), first), verdict=FAILED))[0]
    assert second.aim == "edge"
    waiting = offered(after(about(), first))[0]
    assert waiting.aim == "vague_name"
    third = offered(replace(after(after(about(), first), waiting), verdict=FAILED))[0]
    assert third.aim == "edge"


@pytest.mark.parametrize(
    ("verdict", "aim"),
    [(Verdict(0, 5), "none_passed"), (Verdict(0, 5, compiled=False), "compile"), (Verdict(1, 5), "nested_loop")],
)
def test_a_program_that_passes_nothing_is_asked_about_that_first(verdict: Verdict, aim: str) -> None:
    asked = [one.aim for one in conversation(about(verdict=verdict))]
    assert asked[0] == aim
    assert len(asked) == len(set(asked)) >= choosing.LEAST


@pytest.mark.parametrize(
    ("verdict", "aim"),
    [
        (Verdict(0, 5, compiled=False), ("compile", "")),
        (Verdict(0, 5), ("none_passed", "")),
        (Verdict(5, 5), ("all_passed", "")),
        (Verdict(0, 0), None),
        (None, None),
        (Verdict(4, 5), None),  # only a visible one failed, which the candidate has seen
        (Verdict(4, 5, failures=(Failure(Edge.LARGE, "time_limit"),)), ("slow", "")),
        (Verdict(4, 5, failures=(Failure(Edge.LARGE, "memory_limit"),)), ("memory", "")),
        (Verdict(4, 5, failures=(Failure(Edge.ZERO, "runtime_error"),)), ("crash", "zero")),
        (Verdict(4, 5, failures=(Failure(Edge.OTHER, "wrong_answer"),)), ("edge", "other")),
        (Verdict(4, 5, failures=(Failure(Edge.LARGE, "wrong_answer"),)), ("edge", "large")),
        (Verdict(4, 5, failures=(Failure(Edge.LARGE, "runtime_error"),)), ("crash", "large")),
        (Verdict(3, 5, failures=(Failure(Edge.LARGE, "runtime_error"),)), None),  # a visible one failed as well
        (Verdict(3, 5, failures=(Failure(Edge.LARGE, "time_limit"),)), ("slow", "")),
        (Verdict(3, 5, failures=(BROKEN_OFF, Failure(Edge.OTHER, "runtime_error"))), ("crash", "other")),
        (Verdict(3, 5, failures=(BROKEN_OFF, Failure(Edge.OTHER, "time_limit"))), ("slow", "")),
        (Verdict(3, 5, failures=(BROKEN_OFF, Failure(Edge.ZERO, "wrong_answer"))), ("edge", "zero")),
        (Verdict(3, 5, failures=(*STRESSED, Failure(Edge.OTHER, "wrong_answer"))), ("edge", "other")),
        (Verdict(3, 5, failures=(*STRESSED, Failure(Edge.ZERO, "wrong_answer"))), ("edge", "zero")),
    ],
)
def test_what_is_asked_about_a_verdict(verdict: Verdict | None, aim: tuple[str, str] | None) -> None:
    assert verdicts.aim(about(verdict=verdict)) == aim


@pytest.mark.parametrize(
    ("verdict", "aim"),
    [(Verdict(3, 5), "test_missed"), (PASSED, "test_caught"), (Verdict(0, 5, accepts=False), "test_refused")],
)
def test_what_is_asked_about_tests_that_were_written(verdict: Verdict, aim: str) -> None:
    asked = [one.aim for one in conversation(replace(OF_KINDS[Kind.TESTING], verdict=verdict))]
    assert asked[1 if verdict.passed else 0] == aim


def test_each_kind_has_questions_of_its_own() -> None:
    first = {kind: conversation(one)[0].aim for kind, one in OF_KINDS.items()}
    assert first == {
        Kind.PROGRAM: "nested_loop",
        Kind.FUNCTION: "nested_loop",
        Kind.DEBUG: "changed",
        Kind.SQL: "sql_join",
        Kind.TESTING: "check",
        Kind.WRITTEN: "case_assumption",
    }


CASES = {
    "en": CASE,
    "zh-hans": (
        "我假设大多数人是因为设置太麻烦才离开的。\n两周后的留存率应当提高百分之二十。\n"
        "最大的风险是填写资料的人变少。\n先从新用户的实验做起，效果好再扩大。\n"
    ),
    "ru": (
        "Предполагаю, что большинство уходит из-за настройки.\nУдержание через две недели вырастет на 20 процентов.\n"
        "Главный риск в том, что анкету заполнят немногие.\nНачнём с эксперимента для новых клиентов.\n"
    ),
    "ko": (
        "대부분이 설정이 오래 걸려서 떠난다고 가정합니다.\n이 주 뒤의 유지율이 이십 퍼센트 올라야 합니다.\n"
        "가장 큰 위험은 프로필을 끝내는 사람이 줄어드는 것입니다.\n새 고객을 위한 실험으로 시작하겠습니다.\n"
    ),
}
WORDS_OF_CASES = {
    "en": ["assume", "Retention", "risk", "experiment"],
    "zh-hans": ["假设", "留存率", "风险", "实验"],
    "ru": ["Предполагаю", "Удержание", "риск", "эксперимента"],
    "ko": ["가정", "유지율", "위험", "실험"],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [3, 4])
def test_of_a_text_the_words_are_quoted_and_no_line_is_numbered(language: str, number: int) -> None:
    asked = conversation(
        replace(OF_KINDS[Kind.WRITTEN], source=CASES[language], language=language, interview_id=number)
    )
    assert [word for word, one in zip(WORDS_OF_CASES[language], asked, strict=True) if word not in one.text] == []
    assert not [one.text for one in asked if any(letter.isdigit() for letter in one.text)]


@pytest.mark.parametrize("language", ["en", "zh-hans", "ko"])
def test_words_of_another_language_are_not_quoted(language: str) -> None:
    asked = conversation(replace(OF_KINDS[Kind.WRITTEN], source=CASES["ru"], language=language))
    assert not [one.text for one in asked if foreign(one.text, language)]
    assert len(asked) >= choosing.LEAST


def test_what_was_given_is_asked_about_when_nothing_was_changed() -> None:
    untouched = about("print('hello')", starter="print('hello')\n", kind=Kind.PROGRAM)
    assert [one.aim for one in conversation(untouched)] == ["unchanged", "cost"]


def test_a_short_answer_gets_one_nudge() -> None:
    asked = [one.aim for one in conversation(about(), SHORT)]
    assert asked == ["nested_loop", "nudge", "vague_name", "unguarded"]


def test_who_does_not_know_is_asked_two_things() -> None:
    assert [one.aim for one in conversation(about(), DUNNO)] == ["nested_loop", "vague_name"]
    assert len(conversation(about(), DUNNO, FULL)) == 3


def test_a_fourth_needs_an_answer_that_says_much() -> None:
    assert len(conversation(about(verdict=FAILED), MIDDLING)) == 3
    assert len(conversation(about(verdict=FAILED), FULL)) == 4


def test_short_of_time_two_are_asked() -> None:
    assert len(conversation(about(verdict=FAILED, seconds_left=60), FULL)) == 2


def test_a_structured_interview_asks_everybody_the_same() -> None:
    for source in (PYTHON, "x = 1", "print(3)\n" * 40):
        structured = about(source, adaptive=False, verdict=FAILED)
        assert [one.aim for one in conversation(structured, SHORT)] == ["scale", "untested"]


def test_interviews_are_not_asked_in_the_same_words() -> None:
    texts = Counter(offered(about(interview_id=number))[0].text for number in range(30))
    assert len(texts) == 3
    lines = {conversation(about(interview_id=number, verdict=None))[2].line for number in range(30)}
    assert lines == {24}


def test_a_long_id_of_a_task_leaves_room_in_the_key() -> None:
    key = offered(about(task_id="own-" + "a" * 96))[0].key
    assert key == "own-" + "a" * 56 + "+nested_loop:8"
