"""Pauses inside an utterance: when they end the turn, and what happens when speech goes on."""

import pytest

from interviews.engine import (
    FinishUtterance,
    Recognised,
    Rules,
    SpeechEnded,
    SpeechPaused,
    SpeechStarted,
    SpeechWentOn,
    answer_so_far,
)
from tests.interviews.engine.talk import Talk, in_code, in_intro, in_question, names

SENTENCE = "A way to wait."


def pausing(talk: Talk, text: str, ms: int = 1_000) -> None:
    talk.wait(ms)
    said_until = talk.audio
    talk.wait(100)
    talk.send(SpeechPaused("c9", text, said_until))


def begun(talk: Talk) -> Talk:
    talk.send(SpeechStarted("c9"))
    return talk


def test_a_finished_sentence_ends_the_turn_before_the_utterance_is_over() -> None:
    talk = begun(in_question())
    pausing(talk, SENTENCE)
    assert talk.wait(319) == []
    assert talk.wait(1) == [FinishUtterance()]
    talk.send(SpeechEnded("c9", 1_000))
    assert names(talk.send(Recognised("c9", SENTENCE))) == [
        "SaveUtterance",
        "SaveTurn 2 answered",
        "RequestQuestion e6",
    ]


def test_words_that_came_late_end_it_at_once() -> None:
    talk = begun(in_question())
    talk.wait(1_500)
    assert talk.send(SpeechPaused("c9", SENTENCE, 1_000)) == [FinishUtterance()]


def test_speech_that_goes_on_takes_the_end_back() -> None:
    talk = begun(in_question())
    pausing(talk, SENTENCE)
    talk.wait(300)
    talk.send(SpeechWentOn("c9", 400))
    assert talk.wait(10_000) == []
    assert talk.state.pauses == (400,)


def test_an_unfinished_sentence_is_waited_for_beyond_the_utterance() -> None:
    talk = begun(in_question())
    pausing(talk, "A way to")
    talk.wait(500)
    talk.send(SpeechEnded("c9", 1_000))
    talk.send(Recognised("c9", "A way to"))
    assert talk.wait(2_599) == []
    assert names(talk.wait(1))[0] == "SaveTurn 2 answered"


def test_the_pause_between_two_utterances_is_the_speakers_own_too() -> None:
    talk = begun(in_question())
    talk.wait(1_000)
    talk.send(SpeechEnded("c9", 1_000))
    talk.send(Recognised("c9", "A way to"))
    talk.wait(1_700)
    talk.start_speech()  # noticed after 200 ms of it
    assert talk.state.pauses == (1_500,)


def test_no_pause_ends_the_introduction_unless_it_says_so() -> None:
    talk = begun(in_intro())
    pausing(talk, "I am Alice and I build compilers.")
    assert talk.wait(5_000) == []
    talk.send(SpeechWentOn("c9", 5_000))
    pausing(talk, "I am Alice and I build compilers. That's all.")
    assert talk.wait(199) == []
    assert talk.wait(1) == [FinishUtterance()]


def test_no_pause_ends_a_task() -> None:
    talk = begun(in_code())
    pausing(talk, SENTENCE)
    assert talk.wait(10_000) == []


@pytest.mark.parametrize("text", ["Let me think.", "让我想想。", "Дайте подумать.", "잠시만요 생각 좀 할게요."])
def test_asking_for_time_grants_it(text: str) -> None:
    talk = begun(in_question())
    pausing(talk, text)
    talk.wait(500)
    talk.send(SpeechEnded("c9", 1_000))
    assert names(talk.send(Recognised("c9", text))) == ["SaveUtterance", "notice: take_your_time"]
    assert talk.wait(60_000 + 14_999) == []
    assert names(talk.wait(1))[0] == "SaveTurn 2 answered"


def test_the_answer_so_far_is_the_one_that_would_be_saved() -> None:
    talk = in_question()
    assert answer_so_far(talk.state) == ""
    talk.hear("A way")
    assert answer_so_far(talk.state) == "A way"
    assert answer_so_far(talk.state, " to wait. ") == SENTENCE


def test_a_long_answer_gets_a_warning_and_then_ends() -> None:
    talk = begun(in_question())
    assert talk.wait(239_999) == []
    assert names(talk.wait(1)) == ["notice: wrap_up"]
    assert talk.wait(29_999) == []
    assert talk.wait(1) == [FinishUtterance()]
    assert names(talk.send(Recognised("c9", "on and on")))[:2] == ["SaveUtterance", "SaveTurn 2 answered"]


def test_ten_minutes_of_music_end_as_silence() -> None:
    talk = in_question()
    for number in range(9):
        talk.send(SpeechStarted(f"m{number}"))
        talk.wait(29_000)
        talk.send(SpeechEnded(f"m{number}"))
        talk.send(Recognised(f"m{number}", ""))
        talk.wait(1_000)
    assert names(talk.log)[-3:] == ["SaveUtterance", "SaveTurn 2 silent", "RequestQuestion e7"]


def test_the_limit_of_one_answer_is_not_that_of_the_next() -> None:
    talk = Talk(rules=Rules(answer=10_000))
    talk.open()
    talk.read("I am Alice. That's all.")
    talk.ask()
    for _ in range(2):
        talk.hear(SENTENCE, ms=9_000)
        talk.wait(420)
        if talk.state.pending:
            talk.ask("Next?") if talk.state.question_number < 2 else talk.ask("")
    assert "notice: wrap_up" not in names(talk.log)
