"""Up to where words may be said while they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.domain.interviewer.speaking import asks, joined, speakable

CHINESE = "谢谢，我明白了。那么在这个项目里，你们当时为什么没有选择别的方案？"


@pytest.mark.parametrize(
    ("words", "said", "end"),
    [
        ("", 0, ""),
        ("Thank you. And how do", 0, ""),
        ("Thank you, that was helpful. And how do", 0, "Thank you, that was helpful."),
        ("Thank you, that was helpful. And how, do", 28, " And how,"),
        ("Thank you, that was helpful. So, do", 28, ""),
        ("It took 3.5 seconds and 10:30 hours to get", 0, ""),
        (f"{CHINESE}请", 0, CHINESE),
    ],
)
def test_up_to_the_last_pause(words: str, said: int, end: str) -> None:
    assert words[said : speakable(words, said)] == end


def test_what_has_no_pause_is_said_up_to_a_word() -> None:
    words = "word " * 20
    assert words[: speakable(words, 0)].split() == ["word"] * 20
    assert speakable("x" * 200, 0) == 0


@given(st.text(max_size=200), st.integers(0, 200))
def test_it_never_goes_back_nor_beyond(words: str, said: int) -> None:
    said = min(said, len(words))
    assert said <= speakable(words, said) <= len(words)


@pytest.mark.parametrize(("words", "ends"), [("Why?", True), ("为什么？ ", True), ("Why? Because", False), ("", False)])
def test_a_question_ends_so(words: str, ends: bool) -> None:
    assert asks(words) is ends


def test_words_go_on_as_their_language_does() -> None:
    assert [joined("A.", "B", "en"), joined("甲。", "乙", "zh-hans"), joined("", "B", "ko")] == [" B", "乙", "B"]
