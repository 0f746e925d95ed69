"""The two tables: legal phase changes, and what each event means in each phase."""

import typing
from collections.abc import Callable
from itertools import product

import pytest

from interviews.engine import (
    CELLS,
    TRANSITIONS,
    Action,
    Cell,
    Closed,
    CodeSubmitted,
    Control,
    Ended,
    Ending,
    Event,
    IllegalEvent,
    Now,
    Opened,
    Phase,
    PromptEnded,
    QuestionReady,
    Recognised,
    SpeakingStarted,
    SpeakingStopped,
    SpeechEnded,
    SpeechHeard,
    SpeechPaused,
    SpeechStarted,
    SpeechWentOn,
    State,
    TaskReady,
    Tick,
    Typed,
    UtteranceEnded,
    new,
    step,
)
from interviews.engine.work import Work
from tests.interviews.engine.talk import (
    Talk,
    awaiting_code_question,
    awaiting_question,
    awaiting_task,
    in_code,
    in_code_question,
    in_intro,
    in_question,
)

LEGAL = {
    ("waiting", "intro"),
    ("intro", "question"),
    ("question", "code"),
    *product(("waiting", "intro", "question", "code"), ("finished", "stopped", "abandoned", "failed")),
}

SAMPLES: tuple[Event, ...] = (
    Opened(),
    Closed(),
    PromptEnded("u2"),
    SpeakingStarted("u2"),
    SpeakingStopped("u2", "words"),
    SpeechStarted("c9"),
    SpeechHeard("c9", "words"),
    SpeechPaused("c9", "words", 0),
    SpeechWentOn("c9", 300),
    SpeechEnded("c9"),
    Recognised("c9", "words"),
    Typed("c9", "words"),
    UtteranceEnded(),
    *(Control(action) for action in Action),
    QuestionReady("e9", "Why?"),
    TaskReady("e9", "sum"),
    CodeSubmitted("sum", "r1"),
    *(Ended(reason) for reason in Ending),
    Tick(),
)


def in_waiting() -> Talk:
    return Talk()


def over(reason: Ending) -> Callable[[], Talk]:
    def make() -> Talk:
        talk = in_question()
        talk.send(Ended(reason))
        return talk

    return make


def completed() -> Talk:
    talk = in_code()
    talk.press(Action.END_INTERVIEW)
    return talk


PHASES: dict[Phase, Callable[[], Talk]] = {
    Phase.WAITING: in_waiting,
    Phase.INTRO: in_intro,
    Phase.QUESTION: in_question,
    Phase.CODE: in_code,
    Phase.FINISHED: completed,
    Phase.STOPPED: over(Ending.STOPPED),
    Phase.ABANDONED: over(Ending.ABANDONED),
    Phase.FAILED: over(Ending.FAILED),
}


@pytest.mark.parametrize(("before", "after"), list(product(Phase, Phase)))
def test_every_phase_change_is_legal_or_raises(before: Phase, after: Phase) -> None:
    work = Work(State(2, phase=before))
    if (before, after) in LEGAL:
        work.enter(after)
        assert work.state.phase is after
    else:
        with pytest.raises(IllegalEvent):
            work.enter(after)
        assert work.state.phase is before


def test_the_table_of_transitions_is_the_one_of_the_design() -> None:
    assert {(before, after) for before, ends in TRANSITIONS.items() for after in ends} == LEGAL
    assert set(TRANSITIONS) == set(Phase)
    assert all((not TRANSITIONS[phase]) == phase.over for phase in Phase)


def test_the_table_of_cells_has_every_phase_and_every_event() -> None:
    assert set(CELLS) == set(Phase) == set(PHASES)
    assert {type(event) for event in SAMPLES} == set(typing.get_args(Event))
    assert all(set(row) == set(typing.get_args(Event)) for row in CELLS.values())


@pytest.mark.parametrize(("phase", "event"), list(product(Phase, SAMPLES)), ids=str)
def test_each_cell(phase: Phase, event: Event) -> None:
    talk = PHASES[phase]()
    assert talk.state.phase is phase
    cell = CELLS[phase][type(event)]
    before = talk.state
    if cell is Cell.ILLEGAL:
        with pytest.raises(IllegalEvent, match=phase):
            talk.send(event)
        assert talk.state is before
        return
    effects = talk.send(event)
    if cell is Cell.IGNORED:
        assert (talk.state, effects) == (before, [])


@pytest.mark.parametrize("phase", ["waiting", "finished", "stopped", "abandoned", "failed"])
def test_what_a_phase_without_a_conversation_takes(phase: Phase) -> None:
    legal = {Opened, Ended} if phase == "waiting" else set()
    assert {event for event, cell in CELLS[phase].items() if cell is not Cell.ILLEGAL} == legal


@pytest.mark.parametrize("phase", ["intro", "question"])
def test_code_is_not_handed_in_before_the_code_phase(phase: Phase) -> None:
    assert [event for event, cell in CELLS[phase].items() if cell is Cell.ILLEGAL] == [CodeSubmitted]


MOMENTS = [
    in_intro, awaiting_question, in_question, awaiting_task, in_code, awaiting_code_question, in_code_question,
]  # fmt: skip


@pytest.mark.parametrize("make", MOMENTS)
@pytest.mark.parametrize("event", SAMPLES, ids=str)
def test_without_a_candidate_only_opening_and_ending_do_anything(make: Callable[[], Talk], event: Event) -> None:
    talk = make()
    talk.send(Closed())
    before = talk.state
    if CELLS[before.phase][type(event)] is Cell.ILLEGAL:
        with pytest.raises(IllegalEvent):
            talk.send(event)
    elif isinstance(event, Opened | Ended):
        assert talk.send(event)
    else:
        assert (talk.send(event), talk.state) == ([], before)


@pytest.mark.parametrize("now", [Now(4, 9), Now(9, 4)])
def test_time_does_not_run_backwards(now: Now) -> None:
    state, _ = step(new(1), Opened(), Now(5, 5))
    with pytest.raises(ValueError, match="backwards"):
        step(state, Tick(), now)


def test_no_interview_has_fewer_than_no_questions() -> None:
    with pytest.raises(ValueError, match="fewer"):
        new(-1)
