"""The buttons: repeat, skip, need time, typing, end."""

import pytest

from interviews.engine import Action, PresentTask, PromptEnded, Recognised, Say, SpeechEnded, has_room
from tests.interviews.engine.talk import (
    Talk,
    awaiting_question,
    awaiting_task,
    in_code,
    in_intro,
    in_question,
    names,
)


def test_repeat_stops_the_voice_and_says_the_question_again() -> None:
    talk = awaiting_question(voice=True)
    talk.ask("What is a lock?")
    assert names(talk.press(Action.REPEAT_QUESTION)) == ["StopSpeaking", "again: What is a lock?"]
    assert names(in_question().press(Action.REPEAT_QUESTION)) == ["again: What is a lock?"]
    assert names(in_intro().press(Action.REPEAT_QUESTION)) == ["again: intro_prompt"]


def test_the_stopped_voice_does_not_begin_the_listening() -> None:
    talk = awaiting_question(voice=True)
    talk.ask("What is a lock?")
    stopped = talk.state.playing
    talk.press(Action.REPEAT_QUESTION)
    talk.send(PromptEnded(stopped))
    assert not talk.state.listening


def test_repeat_keeps_what_was_said_and_counts_silence_anew() -> None:
    talk = in_question()
    talk.wait(14_000)
    talk.press(Action.REPEAT_QUESTION)
    assert talk.wait(14_999) == []
    talk.hear("A way")
    talk.press(Action.REPEAT_QUESTION)
    assert [said.text for said in talk.state.said] == ["A way"]


def test_repeat_shows_the_task_again() -> None:
    talk = in_code()
    assert talk.press(Action.REPEAT_QUESTION) == [PresentTask("u9", "sum", repeat=True)]


def test_skip() -> None:
    talk = in_question()
    assert names(talk.press(Action.SKIP_QUESTION)) == ["SaveTurn 2 skipped", "RequestQuestion e6"]


def test_skip_keeps_what_was_said_and_waits_for_its_text() -> None:
    talk = in_question()
    talk.hear("Hm,")
    utterance_id = talk.start_speech()
    assert names(talk.press(Action.SKIP_QUESTION)) == ["FinishUtterance"]
    talk.send(Recognised(utterance_id, "no idea."))
    assert (talk.turns[-1].outcome, talk.turns[-1].answer) == ("skipped", "Hm, no idea.")


def test_the_first_decision_stands() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    talk.press(Action.ANSWER_DONE)
    assert talk.press(Action.SKIP_QUESTION) == []
    assert talk.press(Action.NEED_TIME) == []
    assert talk.press(Action.REPEAT_QUESTION) == []
    talk.send(Recognised(utterance_id, "Yes."))
    assert talk.turns[-1].outcome == "answered"


def test_the_first_decision_stands_when_text_is_typed_after_it() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    talk.press(Action.SKIP_QUESTION)
    talk.read("Wait:")
    talk.send(Recognised(utterance_id, "no."))
    assert (talk.turns[-1].outcome, talk.turns[-1].answer) == ("skipped", "no. Wait:")


def test_need_time_grants_60_s_of_wall_time() -> None:
    talk = in_question()
    assert names(talk.press(Action.NEED_TIME)) == ["notice: take_your_time"]
    assert talk.wait(59_999) == []
    assert talk.wait(1) == []
    assert talk.wait(14_999) == []
    assert names(talk.wait(1)) == ["notice: still_there"]


def test_need_time_in_the_introduction() -> None:
    talk = in_intro()
    assert names(talk.press(Action.NEED_TIME)) == ["notice: take_your_time"]
    assert talk.wait(74_999) == []
    assert names(talk.wait(1))[0] == "SaveTurn 1 silent"


def test_need_time_again_starts_anew() -> None:
    talk = in_question()
    talk.press(Action.NEED_TIME)
    talk.wait(50_000)
    talk.press(Action.NEED_TIME)
    assert talk.wait(74_999) == []


def test_one_answer_has_room_for_ten_pages_or_200_messages() -> None:
    talk = in_intro()
    talk.read("a" * 29_000)
    assert [has_room(talk.state, "b" * size) for size in (1_000, 1_001)] == [True, False]
    talk = in_intro()
    for number in range(199):
        talk.read(f"{number}")
    assert has_room(talk.state, "once more")
    talk.read("once more")
    assert not has_room(talk.state, "and again")
    talk.press(Action.ANSWER_DONE)
    assert has_room(talk.state, "b" * 10_000)


def test_time_that_was_just_granted_begins_anew_without_a_word() -> None:
    talk = in_question()
    talk.press(Action.NEED_TIME)
    talk.wait(9_999)
    assert talk.press(Action.NEED_TIME) == []
    assert talk.wait(74_999) == []
    assert names(talk.wait(1)) == ["notice: still_there"]


def test_granted_time_is_shown_and_not_said_over_another_voice() -> None:
    talk = in_question(voice=True)
    assert [effect.silent for effect in talk.press(Action.NEED_TIME) if isinstance(effect, Say)] == [False]
    talk.press(Action.TYPING)
    assert [effect.silent for effect in talk.press(Action.NEED_TIME) if isinstance(effect, Say)] == [True]


def test_granted_time_is_not_ended_by_the_interviewers_own_voice() -> None:
    talk = in_question(voice=True)
    talk.press(Action.NEED_TIME)
    talk.voice_over()
    assert talk.wait(59_999) == []
    assert [timer.name for timer in talk.state.timers] == ["interview", "thinking"]


def test_granted_time_can_end_while_the_voice_still_speaks() -> None:
    talk = in_question(voice=True)
    talk.press(Action.NEED_TIME)
    assert talk.think(60_000) == []
    talk.voice_over()
    assert talk.wait(14_999) == []
    assert names(talk.wait(1)) == ["notice: still_there"]


def test_speech_ends_granted_time() -> None:
    talk = in_question()
    talk.press(Action.NEED_TIME)
    talk.wait(1_000)
    talk.hear("A way to wait.")
    assert names(talk.wait(420)) == ["SaveTurn 2 answered", "RequestQuestion e7"]


def test_typing_ends_granted_time() -> None:
    talk = in_question()
    talk.press(Action.NEED_TIME)
    talk.press(Action.TYPING)
    assert talk.wait(14_999) == []
    assert names(talk.wait(1)) == ["notice: still_there"]


def test_need_time_holds_the_endpoint_back() -> None:
    talk = in_question()
    talk.hear("A way")
    talk.press(Action.NEED_TIME)
    assert talk.wait(60_000) == []
    assert names(talk.wait(15_000)) == ["SaveTurn 2 answered", "RequestQuestion e7"]


def test_need_time_in_mid_sentence_is_granted_after_it() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    talk.press(Action.NEED_TIME)
    talk.send(SpeechEnded(utterance_id))
    talk.send(Recognised(utterance_id, "Let me think."))
    assert talk.wait(59_000) == []


def test_typing_counts_as_speech() -> None:
    talk = in_intro()
    for _ in range(5):
        talk.wait(14_999)
        assert talk.press(Action.TYPING) == []
    assert talk.state.phase == "intro"


def test_typing_after_words_keeps_the_turn_open_for_the_text() -> None:
    talk = in_question()
    talk.hear("A way")
    talk.press(Action.TYPING)
    assert talk.wait(10_000) == []
    talk.read("to wait.")
    assert talk.turns[-1].answer == "A way to wait."


@pytest.mark.parametrize("action", [action for action in Action if action is not Action.END_INTERVIEW])
@pytest.mark.parametrize("make", [awaiting_question, awaiting_task])
def test_between_turns_a_button_means_nothing(make: type[Talk], action: Action) -> None:
    talk = make()
    before = talk.state
    assert talk.press(action) == []
    assert talk.state == before


@pytest.mark.parametrize("action", [Action.ANSWER_DONE, Action.NEED_TIME, Action.TYPING])
def test_buttons_of_a_conversation_mean_nothing_in_the_code_phase(action: Action) -> None:
    assert in_code().press(action) == []
