"""Questions: how a turn ends, what waits for what, and what belongs to which turn."""

import pytest

from interviews.engine import (
    Action,
    PromptEnded,
    Recognised,
    RequestQuestion,
    Say,
    SpeechEnded,
    SpeechStarted,
    Typed,
    UtteranceEnded,
)
from tests.interviews.engine.talk import awaiting_question, in_question, names

ANSWERED = ["SaveTurn 2 answered", "RequestQuestion e6"]


def test_the_notice_and_the_first_question_come_before_listening() -> None:
    talk = awaiting_question(voice=True)
    notice = talk.state.playing
    talk.ask("What is a lock?")
    talk.send(PromptEnded(notice))
    assert not talk.state.listening
    talk.voice_over()
    assert talk.state.listening


def test_the_endpoint_ends_the_turn() -> None:
    talk = in_question()
    assert names(talk.hear("A way to wait.")) == ["SaveUtterance"]
    assert talk.wait(419) == []
    effects = talk.wait(1)
    assert names(effects) == ANSWERED
    assert effects[-1] == RequestQuestion("e6", "A way to wait.", 1, "u7")


def test_the_endpoint_waits_for_the_text() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    talk.end_speech(utterance_id)
    assert talk.wait(420) == []
    assert names(talk.send(Recognised(utterance_id, "A way to wait."))) == ["SaveUtterance", *ANSWERED]


def test_speech_that_starts_again_keeps_the_turn_open() -> None:
    talk = in_question()
    first = talk.start_speech()
    talk.end_speech(first)
    talk.wait(420)
    second = talk.start_speech()
    assert names(talk.send(Recognised(first, "A way"))) == ["SaveUtterance"]
    assert talk.wait(30_000) == []
    talk.send(SpeechEnded(second))
    talk.send(Recognised(second, "to wait."))
    assert names(talk.wait(420)) == ANSWERED
    assert talk.turns[-1].answer == "A way to wait."


def test_texts_of_one_turn_may_come_out_of_order() -> None:
    talk = in_question()
    first, _ = talk.start_speech(), talk.wait(500)
    second = talk.start_speech()  # the first is closed by it
    assert [(one.utterance_id, one.open) for one in talk.state.heard] == [(first, False), (second, True)]
    talk.end_speech(second)
    talk.send(Recognised(second, "two"))
    assert talk.wait(420) == []
    assert names(talk.send(Recognised(first, "One would be enough.")))[1:] == ANSWERED


def test_noise_ends_no_turn_and_silence_goes_on() -> None:
    talk = in_question()
    talk.hear("")
    assert talk.wait(14_999) == []
    assert names(talk.wait(1)) == ["notice: still_there"]


def test_noise_after_words_ends_the_turn_all_the_same() -> None:
    talk = in_question()
    talk.hear("A way to wait.")
    talk.wait(400)
    talk.hear("")
    assert names(talk.wait(420)) == ANSWERED


def test_the_end_of_the_clients_utterance_ends_the_turn() -> None:
    talk = in_question()
    assert talk.send(UtteranceEnded()) == []  # nothing said
    utterance_id = talk.start_speech()
    assert names(talk.send(UtteranceEnded())) == ["FinishUtterance"]
    assert not talk.state.listening
    talk.send(SpeechEnded(utterance_id))
    assert names(talk.send(Recognised(utterance_id, "Yes."))) == ["SaveUtterance", *ANSWERED]


@pytest.mark.parametrize("end", [UtteranceEnded(), None])
def test_a_decision_to_end_is_taken_back_if_nothing_was_understood(end: UtteranceEnded | None) -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    if end:
        talk.send(end)
    else:
        talk.press(Action.ANSWER_DONE)
    assert names(talk.send(Recognised(utterance_id, ""))) == ["SaveUtterance"]
    assert (talk.state.listening, talk.state.closing) == (True, None)
    assert names(talk.wait(15_000)) == ["notice: still_there"]


def test_typed_text_is_a_whole_turn() -> None:
    talk = in_question(typed=True)
    assert names(talk.read("A way to wait.")) == ["SaveUtterance", *ANSWERED]
    assert (talk.turns[-1].answer, talk.turns[-1].source) == ("A way to wait.", "text")


def test_typed_text_stops_the_voice() -> None:
    talk = awaiting_question(voice=True)
    talk.ask()
    assert names(talk.read("A way to wait.")) == ["SaveUtterance", "StopSpeaking", *ANSWERED]


def test_typed_text_waits_for_what_is_being_said() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    assert names(talk.read("to wait.")) == ["SaveUtterance", "FinishUtterance"]
    assert names(talk.send(Recognised(utterance_id, "A way"))) == ["SaveUtterance", *ANSWERED]
    assert (talk.turns[-1].answer, talk.turns[-1].source) == ("A way to wait.", "mixed")


def test_15_s_bring_one_gentle_prompt_and_15_more_the_next_question() -> None:
    talk = in_question()
    assert talk.wait(14_999) == []
    (still_there,) = talk.wait(1)
    assert still_there == Say("u6", "question", "notice", line="still_there", question_number=1, question_count=2)
    assert talk.wait(14_999) == []
    assert names(talk.wait(1)) == ["SaveTurn 2 silent", "RequestQuestion e7"]
    talk.ask("Next?")
    assert names(talk.wait(15_000)) == ["notice: still_there"]  # each question has its own


def test_the_gentle_prompt_is_heard_before_silence_counts_again() -> None:
    talk = in_question(voice=True)
    talk.wait(15_000)
    assert not talk.state.listening
    assert talk.wait(15_000) == []
    talk.voice_over()
    assert names(talk.wait(15_000))[0] == "SaveTurn 2 silent"


def test_an_answer_after_the_gentle_prompt_counts() -> None:
    talk = in_question()
    talk.wait(15_000)
    talk.hear("A way to wait.")
    talk.wait(420)
    assert talk.turns[-1].outcome == "answered"


def test_done_after_words() -> None:
    talk = in_question()
    talk.hear("A way to wait.")
    assert names(talk.press(Action.ANSWER_DONE)) == ANSWERED


def test_done_with_nothing_said_since_the_prompt_is_ignored() -> None:
    talk = in_question()
    assert talk.press(Action.ANSWER_DONE) == []
    talk.hear("")
    assert talk.press(Action.ANSWER_DONE) == []


def test_speech_after_done_answers_nothing_but_is_kept() -> None:
    talk = in_question()
    first = talk.start_speech()
    talk.press(Action.ANSWER_DONE)
    talk.send(SpeechEnded(first))
    late = talk.start_speech()
    assert names(talk.send(Recognised(first, "A way."))) == ["SaveUtterance", *ANSWERED]
    talk.ask("Next?")
    talk.end_speech(late)
    (kept,) = talk.send(Recognised(late, "Oh, and to order."))
    assert (kept.turn_number, kept.question_number, kept.phase) == (2, 1, "question")
    assert talk.state.said == ()
    assert talk.wait(420) == []  # the new question was not answered by it


def test_speech_between_two_questions_belongs_to_the_first() -> None:
    talk = in_question()
    talk.read("A way.")
    (kept,) = talk.hear("Or two.")
    assert kept.turn_number == 2
    (kept,) = talk.read("Or three.")
    assert kept.turn_number == 2
    talk.ask("Next?")
    assert talk.state.said == ()


def test_silence_stands_still_while_late_speech_goes_on() -> None:
    talk = in_question()
    talk.read("A way.")
    late = talk.start_speech()
    talk.ask("Next?")
    assert talk.wait(20_000) == []
    talk.send(SpeechEnded(late))
    assert names(talk.wait(15_000)) == ["notice: still_there"]


def test_a_text_that_never_comes_does_not_hold_a_finished_turn_for_ever() -> None:
    talk = in_question()
    talk.hear("A way.")
    utterance_id = talk.start_speech()
    talk.press(Action.ANSWER_DONE)
    assert talk.think(19_999) == []
    assert names(talk.think(1)) == ANSWERED
    (kept,) = talk.send(Recognised(utterance_id, "to wait."))
    assert (kept.turn_number, kept.text) == (2, "to wait.")


def test_a_text_that_never_comes_leaves_an_empty_turn_open() -> None:
    talk = in_question()
    talk.start_speech()
    talk.press(Action.ANSWER_DONE)
    assert talk.think(20_000) == []
    assert talk.state.listening
    assert names(talk.wait(15_000)) == ["notice: still_there"]


@pytest.mark.parametrize("event", [SpeechEnded("c9"), Recognised("c9", "words"), PromptEnded("u1"), Typed("c9", " ")])
def test_what_is_unknown_or_empty_is_ignored(event: SpeechEnded) -> None:
    talk = in_question()
    before = talk.state
    assert talk.send(event) == []
    assert talk.state == before


def test_an_utterance_starts_once_and_ends_once() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    before = talk.state
    talk.send(SpeechStarted(utterance_id))
    assert talk.state == before
    talk.end_speech(utterance_id)
    before = talk.state
    talk.send(SpeechEnded(utterance_id))
    assert talk.state == before
    assert len(talk.send(Recognised(utterance_id, "Yes."))) == 1
    assert talk.send(Recognised(utterance_id, "Yes.")) == []
