"""What an answer shows, in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.analysis import Point, analyse, count_words, sentences

INDEX = Point("an index makes the look-up fast", ("index", "b-tree"))
COST = Point("writes get slower", ("write", "insert"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("It's a well-known trade-off.", 4),
        ("我负责后端开发工作", 6),
        ("我用 Python 写服务", 4),
        ("Я писал тесты три года", 5),
        ("저는 백엔드 개발자입니다", 3),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


def test_points_are_found_by_the_beginning_of_a_word() -> None:
    found = analyse("We added two indexes; rewrites were rare.", "en", [INDEX, COST])
    assert (found.coverage, found.covered, found.missing) == (0.5, (INDEX.text,), (COST.text,))


def test_nothing_expected_is_no_coverage() -> None:
    assert analyse("anything", "en").coverage is None


def test_points_in_chinese_and_korean_match_anywhere() -> None:
    assert analyse("我们给表加了索引", "zh-hans", [Point("x", ("索引",))]).coverage == 1
    assert analyse("인덱스를 추가했습니다", "ko", [Point("x", ("인덱스",))]).coverage == 1
    assert analyse("Мы добавили индексы", "ru", [Point("x", ("индекс",))]).coverage == 1


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I built it because the team asked, so that users could help themselves, um.", (2, 3, 1, 1)),
        ("zh-hans", "我负责这个服务，因为团队需要，所以一起讨论。", (2, 3, 1, 0)),
        ("ru", "Я разработал сервис, потому что команда просила, и мы обсудили это вместе.", (1, 4, 1, 0)),
        ("ko", "제가 개발했습니다. 성능 때문에 팀과 함께 논의했습니다.", (1, 3, 2, 0)),
    ],
)
def test_markers(language: str, text: str, expected: tuple[int, int, int, int]) -> None:
    found = analyse(text, language)
    assert (found.reasoning, found.teamwork, found.ownership, found.fillers) == expected


def test_specifics_are_numbers_and_names() -> None:
    assert analyse("We moved 40 services to Kubernetes in 3.5 months", "en").specifics == 3
    assert analyse("我用 Django 把延迟降低了 40%", "zh-hans").specifics == 2


@given(st.text(max_size=300), st.sampled_from(["en", "zh-hans", "ru", "ko"]))
def test_any_text_is_analysed(text: str, language: str) -> None:
    found = analyse(text, language, [INDEX, COST])
    assert found.words >= 0
    assert sorted(found.covered + found.missing) == sorted((INDEX.text, COST.text))


@given(st.text(max_size=300))
def test_sentences_stand_in_the_text_letter_for_letter(text: str) -> None:
    assert all(sentence in text for sentence in sentences(text))


def test_sentences() -> None:
    assert sentences("First. Second! 第三。") == ["First.", "Second!", "第三。"]
    assert sentences("speech without punctuation") == ["speech without punctuation"]
