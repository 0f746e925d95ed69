"""What the candidate says or types: utterances are kept one by one, and some of them end a turn."""

from dataclasses import replace

from interviews.engine import barge_in, endpoints, timers, turns
from interviews.engine.effects import FinishUtterance, Kind, Line, Outcome, SaveUtterance
from interviews.engine.events import (
    PromptEnded,
    Recognised,
    SpeechEnded,
    SpeechHeard,
    SpeechPaused,
    SpeechStarted,
    SpeechWentOn,
    Typed,
    UtteranceEnded,
)
from interviews.engine.phrases import closes
from interviews.engine.prompts import wait_for_answer
from interviews.engine.sentences import has_marks
from interviews.engine.state import Phase, Said, State, TimerName, Utterance
from interviews.engine.thinking import asks_for_time
from interviews.engine.work import Work

VOICE, TEXT = "voice", "text"  # Said.source
# What is written in one turn: some ten pages. More would make each step of the interview slow.
MOST_TYPED = 30_000  # characters
MOST_TEXTS = 200
TOLD_MS = 10_000  # for so long after time was granted, it need not be said again that it was


def prompt_ended(work: Work, event: PromptEnded) -> None:
    """Listening begins, if this was the last thing said and a turn is open."""
    if event.utterance_id == work.state.playing:
        work.change(playing="", held="")
        work.stop(TimerName.HOLD)
        wait_for_answer(work)


def speech_started(work: Work, event: SpeechStarted) -> None:
    state = work.state
    if _find(state, event.utterance_id) is not None:
        return
    earlier = tuple(replace(one, open=False, paused=False) for one in state.heard)  # the VAD has one open at most
    utterance = _utterance(state, event)
    work.change(heard=(*earlier, utterance))
    if utterance.over:
        barge_in.hold(work, utterance)
    else:
        endpoints.went_on_after_all(work)
        _begin_answer(work, utterance)


def speech_heard(work: Work, event: SpeechHeard) -> None:
    utterance = _find(work.state, event.utterance_id)
    if utterance is not None:
        _words_over_voice(work, utterance, event)


def speech_paused(work: Work, event: SpeechPaused) -> None:
    utterance = _find(work.state, event.utterance_id)
    if utterance is not None:
        _words_over_voice(work, utterance, event)
        endpoints.speech_paused(work, event, utterance)


def speech_went_on(work: Work, event: SpeechWentOn) -> None:
    utterance = _find(work.state, event.utterance_id)
    if utterance is not None:
        endpoints.speech_went_on(work, event, utterance)


def speech_ended(work: Work, event: SpeechEnded) -> None:
    """Silence begins to count here, at the end of speech; it fires only when the text is known."""
    utterance = _find(work.state, event.utterance_id)
    if utterance is not None and utterance.open:
        _end_of_speech(work, utterance, event.at_ms)


def recognised(work: Work, event: Recognised) -> None:
    utterance = _find(work.state, event.utterance_id)
    if utterance is None:
        return
    if utterance.open:
        _end_of_speech(work, utterance)
    _words_over_voice(work, utterance, event)
    work.change(heard=tuple(one for one in work.state.heard if one.utterance_id != event.utterance_id))
    work.emit(_recognised(utterance, event))
    if work.state.playing and utterance.over:
        if utterance.utterance_id == work.state.held:
            barge_in.let_go_on(work)
    elif utterance.answering:
        _answer(work, Said(event.utterance_id, event.text.strip(), VOICE))
    turns.settle(work)


def typed(work: Work, event: Typed) -> None:
    """A text answer: the whole turn in a question, a part of the introduction, a note beside the task."""
    text = event.text.strip()
    if not text or event.utterance_id in {said.utterance_id for said in work.state.said}:
        return
    work.emit(_written(work.state, event.utterance_id, text))
    if work.state.prompt is None:
        return
    keep_going(work)
    _answer(work, Said(event.utterance_id, text, TEXT))
    if work.state.questioning:
        turns.close(work, Outcome.ANSWERED)


def has_room(state: State, text: str) -> bool:
    """Whether `text` may be written in this turn, too."""
    written = [said.text for said in state.said if said.source == TEXT]
    return len(written) < MOST_TEXTS and sum(map(len, written)) + len(text) <= MOST_TYPED


def utterance_ended(work: Work, event: UtteranceEnded) -> None:
    """`end: true` of the client: over is the utterance, and in a question the turn."""
    state = work.state
    if state.questioning and state.closing is None and _begun(state):
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


def take_time(work: Work) -> None:
    """Grant time to think, in which silence stands still. Said aloud where nothing else is; not twice in a row."""
    work.stop(TimerName.ENDPOINT)
    thinking = work.state.rules.thinking
    told = (timers.left(work.state, TimerName.THINKING) or 0) > thinking - TOLD_MS
    work.start(TimerName.THINKING, thinking)
    if not told:
        work.say(Kind.NOTICE, line=Line.TAKE_YOUR_TIME, silent=bool(work.state.playing))
    wait_for_answer(work)


def _begin_answer(work: Work, utterance: Utterance) -> None:
    """Silence no longer counts, and the answer's length does."""
    work.stop(TimerName.SILENCE, TimerName.ENDPOINT, TimerName.THINKING)
    counts = utterance.answering and work.state.questioning
    if counts and not timers.running(work.state, TimerName.ANSWER):
        work.start(TimerName.ANSWER, work.state.rules.answer)


def _words_over_voice(work: Work, utterance: Utterance, event: SpeechHeard | SpeechPaused | Recognised) -> None:
    """Words end the voice that they were said over, unless they are its own."""
    if event.echo:
        barge_in.echo(work)
    elif barge_in.interrupts(work, utterance, event.text):
        work.hush()
        _begin_answer(work, utterance)


def _end_of_speech(work: Work, utterance: Utterance, at_ms: int | None = None) -> None:
    endpoints.change(work, replace(utterance, open=False, paused=False))
    if utterance.answering and work.state.prompt is not None:
        work.change(spoken_until_ms=work.state.now.audio if at_ms is None else at_ms)
    wait_for_answer(work)


def _answer(work: Work, said: Said) -> None:
    """Keep the words. They may end the turn, ask for time, or say how long a pause would end it."""
    if said.text:
        work.change(said=_with(work.state, said))
        work.change(punctuated=work.state.punctuated or (said.source == VOICE and has_marks(said.text)))
    if work.state.closing is not None:
        return
    if said.text and work.state.phase is Phase.INTRO and closes(said.text):
        turns.close(work, Outcome.ANSWERED)
    elif work.state.conversing and said.source == VOICE and asks_for_time(said.text):
        take_time(work)
    else:
        endpoints.await_end(work)


def _with(state: State, said: Said) -> tuple[Said, ...]:
    """What is typed ends the answer to a question: speech whose words come after it was before it."""
    typed_last = state.questioning and state.closing is not None and said.source == VOICE
    before = len(state.said)
    while typed_last and before and state.said[before - 1].source == TEXT:
        before -= 1
    return (*state.said[:before], said, *state.said[before:])


def _begun(state: State) -> bool:
    return bool(state.said) or any(one.answering for one in state.heard)


def _find(state: State, utterance_id: str) -> Utterance | None:
    return next((one for one in state.heard if one.utterance_id == utterance_id), None)


def _utterance(state: State, event: SpeechStarted) -> Utterance:
    answering = state.prompt is not None and state.closing is None
    over = "" if event.replayed else state.playing
    number, phase = state.numbered, state.phase
    return Utterance(event.utterance_id, state.turn_number, number, phase, answering=answering, over=over)


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
        question_number=state.numbered,
        phase=state.phase,
        text=text,
        source=TEXT,
        engine="",
        confidence=None,
        start_ms=state.now.audio,
        end_ms=state.now.audio,
    )
