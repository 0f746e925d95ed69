"""What the candidate says or types: utterances are kept one by one, and some of them end a turn."""

from dataclasses import replace

from interviews.engine import timers, turns
from interviews.engine.effects import FinishUtterance, Outcome, SaveUtterance
from interviews.engine.events import PromptEnded, Recognised, SpeechEnded, SpeechStarted, Typed, UtteranceEnded
from interviews.engine.phrases import closes
from interviews.engine.prompts import wait_for_answer
from interviews.engine.state import Phase, Said, State, TimerName, Utterance
from interviews.engine.work import Work

VOICE, TEXT = "voice", "text"  # Said.source


def prompt_ended(work: Work, event: PromptEnded) -> None:
    """Listening begins, if this was the last thing said and a turn is open."""
    if event.utterance_id == work.state.playing:
        work.change(playing="")
        wait_for_answer(work)


def speech_started(work: Work, event: SpeechStarted) -> None:
    state = work.state
    if _find(state, event.utterance_id) is not None:
        return
    earlier = tuple(replace(one, open=False) for one in state.heard)  # the VAD has one utterance open at most
    work.change(heard=(*earlier, _utterance(state, event.utterance_id)))
    work.stop(TimerName.SILENCE, TimerName.ENDPOINT, TimerName.THINKING)


def speech_ended(work: Work, event: SpeechEnded) -> None:
    """Silence begins to count here, at the end of speech; it fires only when the text is known."""
    utterance = _find(work.state, event.utterance_id)
    if utterance is not None and utterance.open:
        _end_of_speech(work, utterance)


def recognised(work: Work, event: Recognised) -> None:
    utterance = _find(work.state, event.utterance_id)
    if utterance is None:
        return
    if utterance.open:
        _end_of_speech(work, utterance)
    work.change(heard=tuple(one for one in work.state.heard if one.utterance_id != event.utterance_id))
    work.emit(_recognised(utterance, event))
    if utterance.answering:
        _answer(work, Said(event.utterance_id, event.text.strip(), VOICE))
    turns.settle(work)


def typed(work: Work, event: Typed) -> None:
    """A text answer: the whole turn in a question, a part of the introduction, a note in the code phase."""
    text = event.text.strip()
    if not text or event.utterance_id in {said.utterance_id for said in work.state.said}:
        return
    work.emit(_written(work.state, event.utterance_id, text))
    if work.state.prompt is None:
        return
    keep_going(work)
    _answer(work, Said(event.utterance_id, text, TEXT))
    if work.state.phase is Phase.QUESTION:
        turns.close(work, Outcome.ANSWERED)


def utterance_ended(work: Work, event: UtteranceEnded) -> None:
    """`end: true` of the client: over is the utterance, and in a question the turn."""
    state = work.state
    if state.phase is Phase.QUESTION and state.closing is None and _begun(state):
        turns.close(work, Outcome.ANSWERED)
    elif state.speaking:
        work.emit(FinishUtterance())


def answer_done(work: Work) -> None:
    """End the turn, if anything has been said since its prompt or is being said."""
    if _begun(work.state):
        turns.close(work, Outcome.ANSWERED)


def keep_going(work: Work) -> None:
    """The candidate is at work on the answer: granted time ends, the endpoint is off, silence counts anew."""
    work.stop(TimerName.THINKING, TimerName.ENDPOINT)
    wait_for_answer(work)


def _end_of_speech(work: Work, utterance: Utterance) -> None:
    closed = (replace(one, open=False) if one == utterance else one for one in work.state.heard)
    work.change(heard=tuple(closed))
    endpoint = utterance.answering and work.state.phase is Phase.QUESTION and work.state.closing is None
    if endpoint and not timers.running(work.state, TimerName.THINKING):
        work.start(TimerName.ENDPOINT, work.state.rules.endpoint)
    wait_for_answer(work)


def _answer(work: Work, said: Said) -> None:
    if not said.text:
        return
    work.change(said=(*work.state.said, said))
    if work.state.phase is Phase.INTRO and closes(said.text):
        turns.close(work, Outcome.ANSWERED)


def _begun(state: State) -> bool:
    return bool(state.said) or any(one.answering for one in state.heard)


def _find(state: State, utterance_id: str) -> Utterance | None:
    return next((one for one in state.heard if one.utterance_id == utterance_id), None)


def _question_number(state: State) -> int:
    return state.question_number if state.phase is Phase.QUESTION else 0


def _utterance(state: State, utterance_id: str) -> Utterance:
    answering = state.prompt is not None and state.closing is None
    return Utterance(utterance_id, state.turn_number, _question_number(state), state.phase, answering=answering)


def _recognised(utterance: Utterance, event: Recognised) -> SaveUtterance:
    return SaveUtterance(
        utterance_id=utterance.utterance_id,
        turn_number=utterance.turn_number,
        question_number=utterance.question_number,
        phase=utterance.phase,
        text=event.text.strip(),
        source=VOICE,
        engine=event.engine,
        confidence=event.confidence,
        start_ms=event.start_ms,
        end_ms=event.end_ms,
    )


def _written(state: State, utterance_id: str, text: str) -> SaveUtterance:
    return SaveUtterance(
        utterance_id=utterance_id,
        turn_number=state.turn_number,
        question_number=_question_number(state),
        phase=state.phase,
        text=text,
        source=TEXT,
        engine="",
        confidence=None,
        start_ms=state.now.audio,
        end_ms=state.now.audio,
    )
