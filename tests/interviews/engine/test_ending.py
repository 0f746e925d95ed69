"""The code phase, time limits, and every way out: one completion each."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from interviews.engine import (
    Action,
    CodeSubmitted,
    Complete,
    Ended,
    Ending,
    EnterPhase,
    HandIn,
    Phase,
    Recognised,
    Rules,
    Tick,
    TimerName,
    Typed,
    UtteranceEnded,
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

CLOSING = ["closing: closing", "EnterPhase", "Complete"]
TIME_IS_UP = ["notice: time_is_up", *CLOSING]
LIMIT = Rules().interview


ASKED = ["notice: code_taken", "RequestQuestion e10"]


def test_the_submission_is_asked_about() -> None:
    talk = in_code()
    assert names(talk.send(CodeSubmitted("sum", "r1"))) == ["SaveTurn 2 answered", *ASKED]
    assert names(talk.ask("")) == CLOSING
    assert talk.log[-1] == Complete("completed")


def test_a_submission_of_another_task_is_ignored() -> None:
    talk = in_code()
    before = talk.state
    assert talk.send(CodeSubmitted("other", "r1")) == []
    assert talk.state == before


def test_speech_in_the_code_phase_is_kept_and_ends_nothing() -> None:
    talk = in_code()
    assert names(talk.hear("First I sort. That's all.")) == ["SaveUtterance"]
    assert names(talk.read("Then I sum.")) == ["SaveUtterance"]
    assert talk.press(Action.ANSWER_DONE) == []
    assert talk.send(UtteranceEnded()) == []
    assert talk.wait(60_000) == []
    talk.send(CodeSubmitted("sum", "r1"))
    assert talk.turns[-1].answer == "First I sort. That's all. Then I sum."
    assert (talk.turns[-1].prompt, talk.turns[-1].question_key) == ("Sums", "sum")


def test_the_submission_waits_for_what_is_being_said() -> None:
    talk = in_code()
    utterance_id = talk.start_speech()
    assert names(talk.send(CodeSubmitted("sum", "r1"))) == ["FinishUtterance"]
    assert talk.send(CodeSubmitted("sum", "r1")) == []  # handed in twice
    assert names(talk.send(Recognised(utterance_id, "Done."))) == ["SaveUtterance", "SaveTurn 2 answered", *ASKED]


def test_the_submission_counts_even_if_the_speech_was_not_understood() -> None:
    talk = in_code()
    utterance_id = talk.start_speech()
    talk.send(CodeSubmitted("sum", "r1"))
    assert names(talk.send(Recognised(utterance_id, ""))) == ["SaveUtterance", "SaveTurn 2 answered", *ASKED]


def test_the_task_can_be_skipped() -> None:
    assert names(in_code().press(Action.SKIP_QUESTION)) == ["SaveTurn 2 skipped", "HandIn", *CLOSING]


def test_the_task_has_a_limit_of_wall_time() -> None:
    talk = in_code()
    assert talk.think(599_999) == []
    expected = ["SaveTurn 2 time", "HandIn", "notice: task_time_is_up", "RequestQuestion e10"]
    assert names(talk.think(1)) == expected
    assert HandIn("sum") in talk.log


def test_the_limit_of_the_task_does_not_end_what_is_asked_after_it() -> None:
    talk = in_code_question()
    assert names(talk.think(600_000)) == []
    assert talk.state.phase == "code"


def test_at_most_four_questions_are_asked_about_the_code() -> None:
    talk = awaiting_code_question()
    for number in range(4):
        assert names(talk.ask(f"Why {number}?", kind="follow_up")) == [f"follow_up: Why {number}?"]
        effects = talk.read("Because.")
    assert names(effects) == ["SaveUtterance", "SaveTurn 6 answered", *CLOSING]


def test_a_question_about_the_code_is_a_follow_up_whatever_it_is_called() -> None:
    talk = awaiting_code_question()
    talk.ask("Why a loop?", kind="question", key="sum+loop")
    talk.read("It is short.")
    turn = talk.turns[-1]
    assert (turn.phase, turn.kind, turn.question_number, turn.question_key) == ("code", "follow_up", 0, "sum+loop")


def test_words_answer_a_question_about_the_code_as_they_do_any_other() -> None:
    talk = in_code_question(voice=True)
    assert talk.hear("It is short.") != []
    assert names(talk.wait(3_000)) == ["SaveTurn 3 answered", "RequestQuestion e12"]
    assert (talk.turns[-1].answer, talk.turns[-1].outcome) == ("It is short.", "answered")


def test_silence_at_a_question_about_the_code() -> None:
    talk = in_code_question(voice=True)
    assert names(talk.wait(15_000)) == ["notice: still_there"]
    talk.voice_over()
    assert names(talk.wait(15_000)) == ["SaveTurn 3 silent", "RequestQuestion e13"]


def test_a_question_about_the_code_can_be_skipped() -> None:
    assert names(in_code_question().press(Action.SKIP_QUESTION)) == ["SaveTurn 3 skipped", "RequestQuestion e12"]


def test_a_question_about_the_code_is_interrupted() -> None:
    talk = awaiting_code_question(voice=True)
    talk.ask("Why a loop?", kind="follow_up")
    assert names(talk.hear("Because it is short.")) == ["StopSpeaking", "SaveUtterance"]
    assert names(talk.wait(3_000))[0] == "SaveTurn 3 answered"


def test_what_is_handed_in_later_is_too_late() -> None:
    for talk in (awaiting_code_question(), in_code_question()):
        before = talk.state
        assert (talk.send(CodeSubmitted("sum", "r2")), talk.state) == ([], before)


@pytest.mark.parametrize(
    ("make", "effects"),
    [
        (in_intro, ["SaveTurn 1 skipped", *CLOSING]),
        (awaiting_question, CLOSING),
        (in_question, ["SaveTurn 2 skipped", *CLOSING]),
        (awaiting_task, CLOSING),
        (in_code, ["SaveTurn 2 skipped", "HandIn", *CLOSING]),
        (awaiting_code_question, CLOSING),
        (in_code_question, ["SaveTurn 3 skipped", *CLOSING]),
    ],
)
def test_the_candidate_ends_it(make: Callable[[], Talk], effects: list[str]) -> None:
    talk = make()
    assert names(talk.press(Action.END_INTERVIEW)) == effects
    assert talk.log[-1] == Complete("completed")


@pytest.mark.parametrize("make", [in_intro, in_question, in_code])
def test_the_candidate_ends_it_after_words(make: Callable[[], Talk]) -> None:
    talk = make()
    talk.hear("Some words.")
    talk.press(Action.END_INTERVIEW)
    assert (talk.turns[-1].outcome, talk.turns[-1].answer) == ("answered", "Some words.")


def test_who_ends_it_at_the_task_after_words_hands_in_what_is_written() -> None:
    talk = in_code()
    talk.hear("I try a dictionary.")
    assert names(talk.press(Action.END_INTERVIEW)) == ["SaveTurn 2 answered", "HandIn", *CLOSING]


def test_the_candidate_ends_it_in_mid_sentence() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    assert names(talk.press(Action.END_INTERVIEW)) == ["FinishUtterance"]
    talk.press(Action.END_INTERVIEW)
    effects = talk.send(Recognised(utterance_id, "Goodbye."))
    assert names(effects) == ["SaveUtterance", "SaveTurn 2 answered", *CLOSING]


def test_the_end_overrules_a_turn_that_is_closing() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    talk.press(Action.SKIP_QUESTION)
    talk.press(Action.END_INTERVIEW)
    effects = talk.send(Recognised(utterance_id, "Goodbye."))
    assert names(effects) == ["SaveUtterance", "SaveTurn 2 skipped", *CLOSING]


def test_the_end_stops_the_voice() -> None:
    assert names(awaiting_question(voice=True).press(Action.END_INTERVIEW)) == ["StopSpeaking", *CLOSING]


@pytest.mark.parametrize(
    ("make", "effects"),
    [
        (awaiting_question, TIME_IS_UP),
        (in_question, ["SaveTurn 2 time", *TIME_IS_UP]),
        (awaiting_task, TIME_IS_UP),
        (in_code, ["SaveTurn 2 time", "HandIn", *TIME_IS_UP]),
        (awaiting_code_question, TIME_IS_UP),
        (in_code_question, ["SaveTurn 3 time", *TIME_IS_UP]),
    ],
)
def test_the_interview_has_a_limit_of_wall_time(make: Callable[[], Talk], effects: list[str]) -> None:
    talk = make()
    talk.state = replace(talk.state, timers=tuple(one for one in talk.state.timers if one.name is TimerName.INTERVIEW))
    assert talk.think(LIMIT - 1) == []
    assert names(talk.think(1)) == effects


def test_the_limit_of_the_interview_comes_before_that_of_the_task() -> None:
    talk = awaiting_task()
    talk.give_task(limit_ms=LIMIT)
    assert names(talk.think(LIMIT)) == ["SaveTurn 2 time", "HandIn", *TIME_IS_UP]


def test_the_limit_of_the_interview_in_the_introduction() -> None:
    talk = in_intro(rules=Rules(interview=60_000))
    assert names(talk.think(60_000)) == ["SaveTurn 1 time", *TIME_IS_UP]


def test_the_limit_overrules_a_turn_that_is_closing() -> None:
    talk = in_intro(rules=Rules(text=2 * LIMIT))
    utterance_id = talk.start_speech()
    talk.press(Action.ANSWER_DONE)
    assert talk.think(LIMIT) == []
    effects = talk.send(Recognised(utterance_id, ""))
    assert names(effects) == ["SaveUtterance", "SaveTurn 1 time", *TIME_IS_UP]


def test_what_comes_with_the_last_moment_is_too_late_and_harms_nothing() -> None:
    talk = in_question()
    talk.wall += LIMIT
    assert names(talk.send(Typed("c9", "Wait!"))) == ["SaveTurn 2 time", *TIME_IS_UP]
    talk = in_question()
    talk.wall += LIMIT
    assert talk.send(Ended(Ending.STOPPED))[-1] == Complete("completed")


@pytest.mark.parametrize("reason", list(Ending))
@pytest.mark.parametrize(
    "make", [Talk, in_intro, awaiting_question, in_question, awaiting_task, in_code, in_code_question]
)
def test_it_can_be_broken_off_at_any_time(make: Callable[[], Talk], reason: Ending) -> None:
    talk = make()
    phase = Phase.FINISHED if reason is Ending.COMPLETED else Phase(reason)
    assert talk.send(Ended(reason)) == [EnterPhase(phase), Complete(reason)]
    assert (talk.state.phase, talk.state.timers, talk.state.pending) == (phase, (), ())


def test_breaking_off_keeps_what_was_said_and_stops_the_voice() -> None:
    talk = in_question(voice=True)
    talk.hear("A way")
    talk.press(Action.REPEAT_QUESTION)
    assert names(talk.send(Ended(Ending.STOPPED))) == [
        "SaveTurn 2 answered",
        "StopSpeaking",
        "EnterPhase",
        "Complete",
    ]


def test_breaking_off_a_turn_that_is_closing_leaves_nothing_open() -> None:
    talk = in_question()
    talk.start_speech()
    talk.press(Action.END_INTERVIEW)
    assert names(talk.send(Ended(Ending.FAILED))) == ["EnterPhase", "Complete"]


def test_time_that_passes_in_one_leap_ends_it_once() -> None:
    talk = in_intro()
    talk.audio, talk.wall = LIMIT * 3, LIMIT * 3
    talk.send(Tick())
    assert [effect for effect in talk.log if isinstance(effect, Complete)] == [Complete("completed")]
    assert [turn.outcome for turn in talk.turns] == ["silent"]
