"""The follow-ups' wordings: complete, in four languages that do not mix."""

import pytest

from interviews.domain.interviewer import follow_ups, words
from interviews.domain.interviewer.brief import Exchange
from interviews.domain.interviewer.reading import Reading, read
from interviews.domain.plan import PlannedQuestion, Point
from tests.interviews.domain.test_bank import LANGUAGES, SCRIPTS, foreign

AIMS = sorted({aim for aim, _wanted in (*follow_ups.STORY, *follow_ups.EXPLANATION)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("aim", AIMS)
def test_every_aim_has_words(aim: str, language: str) -> None:
    texts = follow_ups.wordings(aim, language)
    assert len(set(texts)) == len(texts) >= 3
    for text in texts:
        assert SCRIPTS[language].search(text)
        assert not foreign(text, language)
        assert len(text) <= 140
        assert ("{figure}" in text) == (aim == "figure")


@pytest.mark.parametrize("table", [words.DECLINED, words.SITUATION, words.RESULT, words.VAGUE])
def test_the_words_are_in_their_language(table: dict[str, str]) -> None:
    assert set(table) == set(LANGUAGES)
    for language, row in table.items():
        assert all(entry == entry.casefold() and entry for entry in row.split("|"))
        assert not foreign(row, language)


def reading(text: str, language: str) -> Reading:
    expected = (Point("x", ("索引", "인덱스", "индекс", "index")),)
    return read((Exchange(1, "k", "?", text),), PlannedQuestion("k", "?", "t", 1, expected), language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I don’t know."),
        ("en", "Sorry, I have never used it."),
        ("zh-hans", "这个我不太清楚，抱歉。"),
        ("zh-hans", "没用过这个。"),
        ("ru", "Честно говоря, не знаю."),
        ("ru", "Я с этим не сталкивался."),
        ("ko", "죄송하지만 잘 모르겠습니다."),
        ("ko", "그건 경험이 없습니다."),
    ],
)
def test_not_knowing_is_understood(language: str, text: str) -> None:
    assert reading(text, language).declined


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In our last project I built the index, and in the end reads were faster."),
        ("zh-hans", "当时在一个项目里我负责建立索引，最终查询速度提升了。"),
        ("ru", "Однажды в проекте я разработал индекс, и в итоге чтение стало быстрее."),
        ("ko", "당시 프로젝트에서 제가 인덱스를 설계했고 결과적으로 조회가 빨라졌습니다."),
    ],
)
def test_the_parts_of_a_story_are_seen(language: str, text: str) -> None:
    found = reading(text, language)
    assert (found.situation, found.action, found.result, found.analysis.coverage) == (True, True, True, 1)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It fell by 40%.", "40%"),
        ("From 900 to 210 ms", "900"),
        ("It took 3 ms", "3 ms"),
        ("Снизили на 15 процентов", "15 процентов"),
        ("12,000 users", "12,000"),
        ("In 3 steps", ""),
        ("No number", ""),
    ],
)
def test_figures(text: str, figure: str) -> None:
    assert reading(text, "en").figure == figure
