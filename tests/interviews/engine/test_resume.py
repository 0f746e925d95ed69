"""Breaks: a closed laptop, a killed process, a second browser. Nothing is lost and nothing happens twice."""

from collections.abc import Callable

import pytest

from interviews.engine import (
    Action,
    Closed,
    CodeSubmitted,
    Opened,
    PresentTask,
    Recognised,
    RequestQuestion,
    RequestTask,
    Say,
    TaskReady,
    TimerName,
    next_due,
)
from tests.interviews.engine.talk import (
    Talk,
    awaiting_code_question,
    awaiting_question,
    awaiting_task,
    in_code,
    in_code_question,
    in_intro,
    in_question,
    names,
)


def close(talk: Talk) -> None:
    assert talk.send(Closed()) == []


def kill(talk: Talk) -> None:
    talk.restart()


def close_and_kill(talk: Talk) -> None:
    close(talk)
    kill(talk)


def second_browser(talk: Talk) -> None:
    """Nothing at all comes before the new opening."""


breaks = pytest.mark.parametrize("break_off", [close, kill, close_and_kill, second_browser])


@breaks
def test_the_introduction_goes_on_without_a_second_greeting(break_off: Callable[[Talk], None]) -> None:
    talk = in_intro()
    break_off(talk)
    assert talk.open() == [
        Say("u3", "intro", "prompt", line="intro_prompt", question_count=2, prompt=True, repeat=True)
    ]


@breaks
def test_the_question_is_asked_again(break_off: Callable[[Talk], None]) -> None:
    talk = in_question()
    talk.hear("A way")
    break_off(talk)
    assert talk.open() == [
        Say(
            "u6",
            "question",
            "question",
            text="What is a lock?",
            question_number=1,
            question_count=2,
            prompt=True,
            repeat=True,
        )
    ]
    talk.hear("to wait.")
    talk.wait(420)
    assert (talk.turns[-1].number, talk.turns[-1].answer) == (2, "A way to wait.")


@breaks
def test_the_task_is_shown_again(break_off: Callable[[Talk], None]) -> None:
    talk = in_code()
    talk.think(60_000)
    break_off(talk)
    assert talk.open() == [PresentTask("u9", "sum", repeat=True)]
    assert talk.think(539_999) == []
    assert names(talk.think(1))[0] == "SaveTurn 2 time"


@breaks
def test_what_was_asked_for_is_asked_for_again_under_its_id(break_off: Callable[[Talk], None]) -> None:
    talk = awaiting_question()
    break_off(talk)
    assert talk.open() == [RequestQuestion("e4", "I am Alice. That's all.", 0, "u5")]
    assert names(talk.ask("Why?")) == ["question: Why?"]
    talk = awaiting_task()
    break_off(talk)
    assert talk.open() == [RequestTask("e6")]
    assert names(talk.give_task()) == ["EnterPhase", "notice: questions_over", "PresentTask"]


def test_a_result_that_comes_while_nobody_is_there_is_asked_for_again() -> None:
    talk = awaiting_question()
    close(talk)
    assert talk.ask("Why?") == []
    assert names(talk.open()) == ["RequestQuestion e4"]


def test_both_answers_to_a_request_that_went_out_twice_count_once() -> None:
    talk = awaiting_task()
    effect_id = talk.pending
    talk.open()
    talk.give_task()
    assert talk.send(TaskReady(effect_id, "other")) == []
    assert talk.state.task_id == "sum"


def test_time_stands_still_while_nobody_is_there() -> None:
    talk = in_question()
    talk.wait(10_000)
    close(talk)
    assert next_due(talk.state) == {}
    before = talk.state
    assert talk.send(Closed()) == []
    assert talk.state == before


def test_listening_begins_anew_after_a_break() -> None:
    talk = in_question()
    talk.wait(14_999)
    close(talk)
    talk.open()
    assert talk.wait(14_999) == []
    assert names(talk.wait(1)) == ["notice: still_there"]


def test_listening_waits_for_the_voice_after_a_break() -> None:
    talk = in_question(voice=True)
    close(talk)
    assert not talk.state.listening
    talk.open(voice=True)
    assert not talk.state.listening
    talk.voice_over()
    assert talk.state.listening


def test_voice_and_writing_may_change_with_a_new_opening() -> None:
    talk = in_question(voice=True)
    talk.open(typed=True)
    assert (talk.state.voice, talk.state.typed, talk.state.listening) == (False, True, True)
    assert talk.wait(60_000) == []


def test_the_gentle_prompt_is_given_once_in_spite_of_a_break() -> None:
    talk = in_question()
    talk.wait(15_000)
    close_and_kill(talk)
    talk.open()
    talk.wait(15_000)
    assert talk.turns[-1].outcome == "silent"


def test_granted_time_goes_on_after_a_break() -> None:
    talk = in_question()
    talk.press(Action.NEED_TIME)
    talk.wait(20_000)
    close_and_kill(talk)
    talk.open()
    assert talk.wait(39_999 + 15_000) == []
    assert names(talk.wait(1)) == ["notice: still_there"]


@breaks
def test_recognition_in_flight_is_not_handed_over(break_off: Callable[[Talk], None]) -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    talk.end_speech(utterance_id)
    break_off(talk)
    talk.open()
    assert talk.send(Recognised(utterance_id, "A way to wait.")) == []
    talk.hear("A way to wait.")  # the client sends the audio again
    assert names(talk.wait(420))[0] == "SaveTurn 2 answered"
    assert talk.turns[-1].answer == "A way to wait."


@breaks
def test_done_is_taken_back_when_the_last_words_were_lost(break_off: Callable[[Talk], None]) -> None:
    talk = in_question()
    talk.hear("A way")
    talk.start_speech()
    talk.press(Action.ANSWER_DONE)
    break_off(talk)
    assert names(talk.open()) == ["again: What is a lock?"]
    talk.hear("to wait.")
    talk.wait(420)
    assert talk.turns[-1].answer == "A way to wait."


@breaks
def test_a_begun_answer_ends_by_silence_after_a_break(break_off: Callable[[Talk], None]) -> None:
    talk = in_question()
    talk.hear("A way to wait.")
    break_off(talk)
    talk.open()
    assert names(talk.wait(15_000)) == ["SaveTurn 2 answered", "RequestQuestion e7"]


@breaks
@pytest.mark.parametrize(
    ("make", "decide", "effects"),
    [
        (in_question, Action.SKIP_QUESTION, ["SaveTurn 2 skipped", "RequestQuestion e6"]),
        (in_question, Action.END_INTERVIEW, ["SaveTurn 2 skipped", "closing: closing", "EnterPhase", "Complete"]),
        (in_code, Action.SKIP_QUESTION, ["SaveTurn 2 skipped", "HandIn", "closing: closing", "EnterPhase", "Complete"]),
    ],
)
def test_a_decision_that_needs_no_words_is_carried_out_after_a_break(
    break_off: Callable[[Talk], None], make: Callable[[], Talk], decide: Action, effects: list[str]
) -> None:
    talk = make()
    talk.start_speech()
    talk.press(decide)
    break_off(talk)
    assert names(talk.open()) == effects


@breaks
def test_a_submission_is_not_lost_by_a_break(break_off: Callable[[Talk], None]) -> None:
    talk = in_code()
    talk.start_speech()
    talk.send(CodeSubmitted("sum", "r1"))
    break_off(talk)
    assert names(talk.open()) == ["SaveTurn 2 answered", "notice: code_taken", "RequestQuestion e10"]


@breaks
def test_a_question_about_the_code_is_asked_again(break_off: Callable[[Talk], None]) -> None:
    talk = in_code_question()
    talk.hear("It is", ms=500)
    break_off(talk)
    assert names(talk.open()) == ["again: Why a loop?"]
    talk.hear("shorter.")
    talk.press(Action.ANSWER_DONE)
    assert talk.turns[-1].answer == "It is shorter."


@breaks
def test_what_is_asked_about_the_code_is_asked_for_again(break_off: Callable[[Talk], None]) -> None:
    talk = awaiting_code_question()
    asked = talk.pending
    break_off(talk)
    assert names(talk.open()) == [f"RequestQuestion {asked}"]
    assert names(talk.ask("Why a loop?", kind="follow_up")) == ["follow_up: Why a loop?"]


def test_limits_keep_the_time_that_was_left() -> None:
    talk = in_intro()
    talk.think(100_000)
    close_and_kill(talk)
    talk.send(Opened(typed=True))
    assert [timer.name for timer in talk.state.timers] == [TimerName.INTERVIEW, TimerName.INTRO]
    assert talk.think(79_999) == []
    assert names(talk.think(1))[0] == "SaveTurn 1 time"
