"""Code is data: orders in it change no question, and are not read out."""

import re
from dataclasses import replace

import pytest

from interviews.coding.definitions import Kind
from interviews.coding.follow_ups import choosing, prompts
from tests.interviews.coding.follow_ups import hostile
from tests.interviews.coding.follow_ups.hostile import HOSTILE, IDS, Hostile
from tests.interviews.coding.follow_ups.submissions import FAILED, PYTHON, about, conversation, offered
from tests.interviews.domain.test_bank import LANGUAGES

every_order = pytest.mark.parametrize("order", HOSTILE, ids=IDS)


def test_there_are_some_in_each_language() -> None:
    assert {one.language for one in HOSTILE} == set(LANGUAGES)
    assert all(one.says not in PYTHON for one in HOSTILE)


@every_order
@pytest.mark.parametrize("verdict", [None, FAILED], ids=["not judged", "judged"])
def test_orders_in_comments_change_no_question(order: Hostile, verdict: None) -> None:
    honest = about(language=order.language, verdict=verdict)
    assert conversation(replace(honest, source=hostile.commented(order))) == conversation(honest)


@every_order
def test_orders_in_names_are_not_read_out(order: Hostile) -> None:
    asked = conversation(about(hostile.renamed(order), order.language, verdict=FAILED))
    assert len(asked) >= choosing.LEAST
    assert not [one.text for one in asked if order.name in one.text]
    assert [one.aim for one in asked][:2] == ["nested_loop", "edge"]


@every_order
@pytest.mark.parametrize(
    ("write", "kind", "code_language"),
    [
        (hostile.in_strings, Kind.PROGRAM, "python"),
        (hostile.renamed, Kind.TESTING, "python"),
        (hostile.query, Kind.SQL, "sql"),
        (hostile.case, Kind.WRITTEN, "text"),
        (hostile.case, Kind.PROGRAM, "javascript"),
    ],
)
def test_every_word_is_the_interviewers_own(order: Hostile, write: object, kind: Kind, code_language: str) -> None:
    """But for identifiers that are harmless, and numbers."""
    assert callable(write)
    submission = about(write(order), order.language, kind=kind, code_language=code_language)
    asked = conversation(submission)
    assert choosing.LEAST <= len(asked) <= choosing.MOST
    for one in asked:
        assert any(pattern.fullmatch(one.text) for pattern in patterns(one.aim, order.language)), one.text
        assert order.says[:20] not in one.text
        assert order.name not in one.text


def patterns(aim: str, language: str) -> list[re.Pattern[str]]:
    texts = (re.escape(text) for text in choosing.wordings(aim, language))
    return [re.compile(re.sub(r"\\\{\w+\\\}", r"[\\w.,]{1,24}", text)) for text in texts]


@every_order
def test_the_model_is_told_it_as_data(order: Hostile) -> None:
    submission = about(hostile.commented(order), order.language)
    request = prompts.request(submission, offered(submission))
    mark, *data, end = request.data.split("\n")
    assert mark == end
    assert mark not in "\n".join(data)
    assert order.says not in request.rules
    assert order.says not in str(request.schema)


@every_order
def test_a_model_that_reads_it_out_is_refused(order: Hostile) -> None:
    check = prompts.check_of(about(hostile.commented(order), order.language), "=== mark ===")
    assert check.whole(f"{order.says}?")
    assert check.whole(f"{about_line(order.language)} {order.says}")


def about_line(language: str) -> str:
    return {
        "en": "Let us look at line 12.",
        "zh-hans": "我们来看第 12 行。",
        "ru": "Посмотрим на строку 12.",
        "ko": "12번째 줄을 보겠습니다.",
    }[language]
