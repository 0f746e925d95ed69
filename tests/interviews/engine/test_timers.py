"""Deadlines: which are next, in what order they fire, and that the size of a tick changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.engine import (
    Action,
    Clock,
    Effect,
    Now,
    Recognised,
    Rules,
    SpeechEnded,
    State,
    Timer,
    TimerName,
    next_due,
    timers,
)
from tests.interviews.engine.talk import Talk, in_code, in_intro, in_question, names

ALL = {
    TimerName.INTERVIEW: Clock.WALL,
    TimerName.INTRO: Clock.WALL,
    TimerName.CODE: Clock.WALL,
    TimerName.TEXT: Clock.WALL,
    TimerName.ANSWER: Clock.AUDIO,
    TimerName.HOLD: Clock.WALL,
    TimerName.THINKING: Clock.WALL,
    TimerName.ENDPOINT: Clock.AUDIO,
    TimerName.SILENCE: Clock.AUDIO,
}


def running(*deadlines: tuple[TimerName, int]) -> State:
    return State(1, connected=True, timers=tuple(Timer(name, due) for name, due in deadlines))


def test_each_timer_names_its_clock() -> None:
    assert {name: Timer(name, 0).clock for name in TimerName} == ALL


@pytest.mark.parametrize("name", list(Rules.__slots__))
@pytest.mark.parametrize("ms", [0, -1])
def test_durations_are_positive(name: str, ms: int) -> None:
    with pytest.raises(ValueError, match=name):
        Rules(**{name: ms})


def test_the_next_deadlines_of_both_clocks() -> None:
    talk = in_intro()
    assert next_due(talk.state) == {Clock.AUDIO: 15_000, Clock.WALL: 180_000}
    talk.wait(1_000)
    talk.press(Action.NEED_TIME)
    assert next_due(talk.state) == {Clock.WALL: 61_000}


def test_silence_and_endpoint_are_not_due_before_the_text() -> None:
    talk = in_question()
    utterance_id = talk.start_speech()
    limits = {Clock.AUDIO: 240_000, Clock.WALL: 2_700_000}  # of the answer and of the interview
    assert next_due(talk.state) == limits
    talk.send(SpeechEnded(utterance_id))
    assert next_due(talk.state) == limits
    talk.hear("A way to wait.")
    assert next_due(talk.state) == limits


def test_the_endpoint_is_due_when_the_text_is_here() -> None:
    talk = in_question()
    talk.hear("A way to wait.", ms=2_000)
    assert next_due(talk.state)[Clock.AUDIO] == 2_420


def test_there_is_no_silence_in_writing_nor_in_the_code_phase() -> None:
    assert next_due(in_question(typed=True).state) == {Clock.WALL: 2_700_000}
    assert next_due(in_code().state) == {Clock.WALL: 600_000}


def test_starting_a_timer_again_moves_it() -> None:
    state = timers.start(running((TimerName.SILENCE, 5)), TimerName.SILENCE, 7)
    assert state.timers == (Timer(TimerName.SILENCE, 7),)


@pytest.mark.parametrize(
    ("deadlines", "now", "first"),
    [
        ([(TimerName.SILENCE, 10), (TimerName.CODE, 9)], Now(10, 10), (TimerName.CODE, Now(9, 9))),
        ([(TimerName.SILENCE, 10), (TimerName.CODE, 10)], Now(10, 10), (TimerName.CODE, Now(10, 10))),
        ([(TimerName.SILENCE, 10), (TimerName.CODE, 30)], Now(20, 40), (TimerName.SILENCE, Now(10, 20))),
        ([(TimerName.SILENCE, 0), (TimerName.CODE, 1)], Now(0, 4), (TimerName.SILENCE, Now(0, 0))),
        ([(TimerName.CODE, 11)], Now(90, 10), None),
        ([], Now(90, 10), None),
    ],
)
def test_timers_fire_in_the_order_of_their_deadlines(
    deadlines: list[tuple[TimerName, int]], now: Now, first: tuple[TimerName, Now] | None
) -> None:
    assert timers.first_firing(running(*deadlines), now) == first


def test_an_event_finds_the_timers_before_it_fired() -> None:
    talk = in_question()
    talk.audio, talk.wall = 20_000, 20_000
    assert names(talk.read("Late.")) == [
        "notice: still_there",
        "SaveUtterance",
        "SaveTurn 2 answered",
        "RequestQuestion e7",
    ]


def test_one_leap_fires_what_it_started_itself() -> None:
    talk = in_question()
    assert names(talk.wait(30_000)) == ["notice: still_there", "SaveTurn 2 silent", "RequestQuestion e7"]
    assert talk.turns[-1].ended_ms == 30_000


PIECES = st.lists(
    st.tuples(st.integers(0, 40_000), st.sampled_from(["", "words", "That's all."]), st.integers(40, 20_000)),
    max_size=5,
)


def pass_time(talk: Talk, ms: int, frame: int) -> None:
    """`ms` milliseconds in pieces of `frame` at most."""
    while ms > 0:
        talk.wait(min(ms, frame))
        ms -= frame


def play(pieces: list[tuple[int, str, int]], frame: int) -> list[Effect]:
    """Pauses and speech, where a question may be asked between any two."""
    talk = Talk(questions=5)
    talk.open()
    for pause, text, length in pieces:
        pass_time(talk, pause, frame)
        if talk.state.pending:
            talk.ask("Next?")
        utterance_id = talk.start_speech()
        pass_time(talk, length, frame)
        talk.send(SpeechEnded(utterance_id))
        pass_time(talk, length // 4, frame)
        talk.send(Recognised(utterance_id, text))
    return talk.log


@given(PIECES, st.sampled_from([400, 1_000, 7_777]))
@settings(max_examples=25, deadline=None)
def test_the_size_of_a_tick_changes_nothing(pieces: list[tuple[int, str, int]], frame: int) -> None:
    assert play(pieces, frame) == play(pieces, frame=10**9)


def test_frames_of_40_ms_give_the_same_as_one_leap() -> None:
    pieces = [(14_980, "I am Alice.", 3_000), (15_000, "", 500), (3_000, "words", 2_000), (29_990, "words", 900)]
    assert play(pieces, frame=40) == play(pieces, frame=10**9)
