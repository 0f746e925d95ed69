"""What is true of every state that the engine makes, and is demanded of every one it loads."""

from collections.abc import Iterator

from interviews.engine.state import MOST_CODE_QUESTIONS, Phase, State, TimerName

_PHASES_OF = {TimerName.INTRO: {Phase.INTRO}, TimerName.CODE: {Phase.CODE}}
_NEED_OPEN_TURN = {TimerName.SILENCE, TimerName.ENDPOINT, TimerName.THINKING, TimerName.ANSWER}


def problems(state: State) -> list[str]:
    """What is wrong with a state, in words; nothing, if it is sound."""
    found = [*_counts(state)]
    if state.phase is Phase.WAITING or state.phase.over:
        return [*found, *_at_rest(state)]
    return [*found, *_turn(state), *_speech(state), *_timers(state)]


def _counts(state: State) -> Iterator[str]:
    numbers = (state.question_count, state.turn_number, state.question_number, state.counter, state.turn_started_ms)
    if min(*numbers, state.now.audio, state.now.wall) < 0:
        yield "a negative number"
    if state.question_number > state.question_count:
        yield "more questions asked than planned"
    if state.question_number > state.turn_number:
        yield "more questions than turns"
    if state.code_questions not in range(MOST_CODE_QUESTIONS + 1) or state.code_questions >= max(1, state.turn_number):
        yield "a wrong number of questions about the code"


def _at_rest(state: State) -> Iterator[str]:
    if state.prompt or state.pending or state.said or state.heard or state.playing or state.held:
        yield f"unfinished work in phase {state.phase}"
    if state.timers:
        yield f"a timer in phase {state.phase}"
    if state.closing or state.finishing or state.listening:
        yield f"an open turn in phase {state.phase}"


def _turn(state: State) -> Iterator[str]:
    if (state.prompt is None) != (len(state.pending) == 1):
        yield "neither or both of an open turn and a pending effect"
    if state.prompt is None and (state.said or state.closing or state.finishing or state.reminded):
        yield "an answer without a turn"
    if state.finishing and state.closing is None:
        yield "finishing without closing"
    if bool(state.task_id) != (state.phase is Phase.CODE):
        yield "a task outside the code phase, or a code phase without"
    if state.phase is Phase.CODE and any(one.kind == "task" for one in state.pending):
        yield "a second task"


def _speech(state: State) -> Iterator[str]:
    ids = [one.utterance_id for one in state.heard]
    if len(set(ids)) < len(ids) or len([one for one in state.heard if one.open]) > 1:
        yield "two utterances in one"
    if any(one.answering and one.turn_number != state.turn_number for one in state.heard):
        yield "an utterance that answers another turn"
    if (state.heard or state.playing) and not state.connected:
        yield "voices without a connection"
    if state.held and not state.playing:
        yield "a wait of a voice that does not speak"
    if state.playing and not state.voice:
        yield "a voice that nobody hears"


def _timers(state: State) -> Iterator[str]:
    names = [timer.name for timer in state.timers]
    if len(set(names)) < len(names):
        yield "two timers of one name"
    if TimerName.INTERVIEW not in names and not state.finishing:
        yield "no limit of the interview"
    if any(state.phase not in _PHASES_OF.get(name, {state.phase}) for name in names):
        yield f"a timer of another phase than {state.phase}"
    if TimerName.CODE in names and not state.at_task:
        yield "a limit of a task that is over"
    if _NEED_OPEN_TURN.intersection(names) and (state.prompt is None or state.closing is not None):
        yield "a timer of an open turn without one"
    if (TimerName.HOLD in names) != bool(state.held):
        yield "a voice that waits for ever, or a wait without one"
    if TimerName.TEXT in names and state.closing is None:
        yield "a wait for texts without a closing turn"
