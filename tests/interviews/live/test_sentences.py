"""Cutting what is still being written into pieces to speak, and telling how long words take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.live.sentences import LONGEST, SentenceCutter, pieces_of
from interviews.live.words import going_on_ms, heard_part, weight

TEXTS = {
    "en": (
        "Thank you, that is clear. How would you find the slowest query, e.g. in Dr. Smith's service v2.0? "
        "Take 3.5 seconds as given."
    ),
    "zh-hans": "好的，谢谢您的说明。如果数据库突然变慢，您会先看什么？请举一个例子。",
    "ru": "Понятно, спасибо. Как Вы ищете медленный запрос, т. е. с чего начинаете? Назовите, напр., два шага.",
    "ko": "네, 잘 들었습니다. 데이터베이스가 갑자기 느려지면 무엇부터 확인하시겠습니까? 예를 들어 주십시오.",
}
PIECES = {
    "en": [
        "Thank you, that is clear. ",
        "How would you find the slowest query, e.g. in Dr. Smith's service v2.0? ",
        "Take 3.5 seconds as given.",
    ],
    "zh-hans": ["好的，谢谢您的说明。", "如果数据库突然变慢，您会先看什么？", "请举一个例子。"],
    "ru": [
        "Понятно, спасибо. ",
        "Как Вы ищете медленный запрос, т. е. с чего начинаете? ",
        "Назовите, напр., два шага.",
    ],
    "ko": ["네, 잘 들었습니다. ", "데이터베이스가 갑자기 느려지면 무엇부터 확인하시겠습니까? ", "예를 들어 주십시오."],
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("size", [1, 3, 7, 1_000])
def test_sentences_are_cut_alike_however_the_text_arrives(language: str, size: int) -> None:
    cutter, text, pieces = SentenceCutter(), TEXTS[language], []
    for start in range(0, len(text), size):
        pieces += cutter.feed(text[start : start + size])
    assert [*pieces, cutter.rest()] == PIECES[language]


@pytest.mark.parametrize(
    "text",
    [
        "It costs 1,000.50 dollars a month",
        "We deploy node.js and asp.net there",
        "We saw A. S. Pushkin and J. Smith there",
        "Use i.e. this or e.g. that, etc. and so on",
        "Well... maybe it is so",
        "1. First of the three steps",
        "Это было в 2020 г. и стоило 5 млн. руб. всего",
    ],
)
def test_points_that_end_no_sentence(text: str) -> None:
    assert pieces_of(text + " and more") == [text + " and more"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Good question. Now tell me more.", "Good question. "),
        ("Hm. Now tell me more about it. And then?", "Hm. Now tell me more about it. "),
        ("That was I. Now you tell me.", "That was I. "),
        ('He said "no!" Then it went on.', 'He said "no!" '),
        ("First of them all\nsecond", "First of them all\n"),
        ("她说：“好的。”然后走了。我们继续。", "她说：“好的。”"),
    ],
)
def test_where_the_first_piece_ends(text: str, first: str) -> None:
    assert pieces_of(text)[0] == first


def test_the_first_piece_of_a_long_sentence_ends_at_a_comma() -> None:
    text = "If the database of your last project became slow one day, what exactly would you look at first of all"
    assert pieces_of(text) == [text[:58], text[58:]]


@pytest.mark.parametrize("text", ["word " * 400, "词" * 400])
def test_a_text_without_any_mark_is_cut_all_the_same(text: str) -> None:
    pieces = pieces_of(text)
    assert len(pieces) > 2
    assert all(weight(piece) <= LONGEST for piece in pieces)
    assert all(piece.endswith((" ", "词")) for piece in pieces)


def test_the_end_is_believed_when_what_follows_was_seen() -> None:
    cutter = SentenceCutter()
    assert cutter.feed("We run version 3.") == []
    assert cutter.feed("5 of it today.") == []
    assert cutter.feed(" ") == []
    assert cutter.feed("W") == ["We run version 3.5 of it today. "]


@given(st.text(alphabet='aB я.!?…。，, \n1漢한"”)', max_size=400), st.integers(1, 20))
def test_pieces_are_the_text(text: str, size: int) -> None:
    cutter = SentenceCutter()
    pieces = [piece for start in range(0, len(text), size) for piece in cutter.feed(text[start : start + size])]
    assert all(pieces)
    assert "".join([*pieces, cutter.rest()]) == text


# --- how long words take ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ms", "heard"),
    [
        ("one two three four", 0, ""),
        ("one two three four", 500, "one two "),
        ("one two three four", 1_000, "one two three four"),
        ("我们继续吧", 600, "我们继"),
        ("안녕 하세요", 390, "안녕 "),
    ],
)
def test_what_was_heard_ends_with_a_whole_word(text: str, ms: float, heard: str) -> None:
    assert heard_part(text, ms, 1_000) == heard


def test_going_on_begins_with_the_word_that_was_cut() -> None:
    assert going_on_ms("aaaa aaaa aaaa aaaa ", 300, 1_000) == 250
    assert going_on_ms("aaaa aaaa aaaa aaaa ", 1_000, 1_000) == 1_000


@given(st.text(max_size=60), st.floats(0, 2_000))
def test_what_was_heard_is_the_beginning(text: str, ms: float) -> None:
    heard = heard_part(text, ms, 1_000)
    assert text.startswith(heard)
    assert 0 <= going_on_ms(text, ms, 1_000) <= 1_000.001
