"""How long a pause ends an answer, by its words and by the speaker's pauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.engine.endpointing import (
    FINISHED_MOST_MS,
    FINISHED_MS,
    MINIMUM_MS,
    NEUTRAL_LEAST_MS,
    PAUSES_KEPT,
    SHORT_MS,
    UNFINISHED_MOST_MS,
    UNFINISHED_MS,
    Ending,
    ending,
    patience_ms,
    with_pause,
)

FINISHED = [
    "We moved the service to another region.",
    "And that, in the end, is what we shipped!",
    "It took about 3.5 seconds on average.",
    "我们最后把服务迁移到了新的机房。",
    "В итоге мы перенесли сервис на новый сервер.",
    "결국 서비스를 새 서버로 옮겼습니다.",
    "결국 서비스를 새 서버로 옮겼습니다",
    "제가 직접 만들어 봤어요",
]
SHORT = ["Yes.", "Not really.", "是的。", "Да, конечно.", "네, 맞습니다."]
UNFINISHED = [
    "We moved the service to",
    "We moved the service, and",
    "We moved it because the.",  # a recogniser puts a full stop anywhere
    "So I would say, um",
    "First of all...",
    "In the end,",
    "We had about twenty",
    "We have fixed it. After that the team",  # it writes marks, and none is here
    "我们用了三年的",
    "一开始我们看了监控，然后",
    "嗯，那个",
    "Мы перенесли сервис на",
    "Мы долго думали, потому что",
    "Ну, э-э",
    "저희 팀은 서비스를",
    "처음에는 지표를 봤고 그리고",
    "음",
    "",
]
CLOSING = ["I fixed the bug. That's all.", "就这些。", "Мы исправили ошибку, вот и всё.", "이상입니다."]
THINKING = [
    "Let me think.",
    "Hmm, that is a good question. Let me think about it for a moment, please.",
    "Give me a second.",
    "I need some time to think.",
    "让我想想。",
    "这个问题我想一下。",
    "请稍等一下。",
    "Дайте подумать.",
    "Хм, дайте мне минутку подумать, пожалуйста.",
    "Сейчас вспомню.",
    "잠시만요 생각 좀 할게요.",
    "잠깐만요.",
    "생각할 시간을 좀 주세요.",
]


@pytest.mark.parametrize("text", FINISHED)
def test_a_finished_sentence(text: str) -> None:
    assert (ending(text), patience_ms(text)) == (Ending.FINISHED, FINISHED_MS)


@pytest.mark.parametrize("text", SHORT)
def test_a_short_answer_gets_a_little_longer(text: str) -> None:
    assert (ending(text), patience_ms(text)) == (Ending.SHORT, SHORT_MS)


@pytest.mark.parametrize("text", UNFINISHED)
def test_an_unfinished_sentence_is_waited_for(text: str) -> None:
    assert (ending(text), patience_ms(text)) == (Ending.UNFINISHED, UNFINISHED_MS)


@pytest.mark.parametrize("text", CLOSING)
def test_a_closing_phrase_ends_at_once(text: str) -> None:
    assert (ending(text), patience_ms(text)) == (Ending.CLOSING, MINIMUM_MS)


@pytest.mark.parametrize("text", THINKING)
def test_asking_for_time_is_no_end(text: str) -> None:
    assert ending(text) is Ending.UNFINISHED


@pytest.mark.parametrize("text", ["I think so.", "I had no time to think about the tests.", "Мы всё обдумали заранее."])
def test_words_like_it_ask_for_nothing(text: str) -> None:
    assert ending(text) in {Ending.FINISHED, Ending.SHORT}


@pytest.mark.parametrize(
    "text", ["we moved the service to kubernetes", "мы перенесли сервис на кубернетес", "我们把服务迁移到了云平台"]
)
def test_without_marks_only_the_speakers_pauses_can_tell(text: str) -> None:
    assert ending(text) is Ending.NEUTRAL
    assert patience_ms(text) == UNFINISHED_MS
    assert patience_ms(text, [300] * 8) == NEUTRAL_LEAST_MS
    assert patience_ms(text, [300] * 7 + [1_600]) == 2_000
    assert ending(text, punctuated=True) is Ending.UNFINISHED


def test_whoever_pauses_long_gets_longer_at_the_end_of_a_sentence() -> None:
    text = FINISHED[0]
    assert patience_ms(text, [2_000] * 3) == FINISHED_MS
    assert patience_ms(text, [500] * 4) == FINISHED_MS * 500 // 450
    assert patience_ms(text, [2_000] * 4) == FINISHED_MOST_MS
    assert patience_ms("We moved the service to", [4_900] * 8) == UNFINISHED_MOST_MS


def test_pauses_of_ones_own() -> None:
    assert with_pause((), 199) == ()
    assert with_pause((300,), 5_001) == (300,)
    assert with_pause((300,), 400) == (300, 400)
    assert with_pause(tuple(range(300, 300 + PAUSES_KEPT)), 999) == (*range(301, 300 + PAUSES_KEPT), 999)


@given(st.text(max_size=200), st.lists(st.integers(200, 5_000), max_size=20), st.booleans())
def test_whatever_the_words_patience_is_bounded(text: str, pauses: list[int], punctuated: bool) -> None:
    assert MINIMUM_MS <= patience_ms(text, pauses, punctuated=punctuated) <= UNFINISHED_MOST_MS


@given(st.sampled_from(FINISHED + SHORT), st.lists(st.integers(200, 5_000), max_size=20))
def test_a_sentence_that_goes_on_is_never_waited_for_less(text: str, pauses: list[int]) -> None:
    for more in (" and", " и", "，因为", " 그리고", ","):
        assert patience_ms(text.rstrip(".。") + more, pauses) >= patience_ms(text, pauses)
