"""When a pause ends the turn: the words decide how long it has to be, in audio time from the last loud sample."""

from dataclasses import replace

from interviews.engine import timers
from interviews.engine.endpointing import MINIMUM_MS, patience_ms, with_pause
from interviews.engine.events import SpeechPaused, SpeechWentOn
from interviews.engine.phrases import closes
from interviews.engine.state import Phase, State, TimerName, Utterance
from interviews.engine.turns import answer_so_far
from interviews.engine.work import Work

# Between the first loud sample and the VAD's word for it.
_NOTICED_AFTER_MS = 200


def speech_paused(work: Work, event: SpeechPaused, utterance: Utterance) -> None:
    """The words so far are known: if nothing follows for as long as they ask for, the turn is over."""
    if not (utterance.open and utterance.answering and _ends_by_pause(work.state)):
        return
    text = answer_so_far(work.state, event.text)
    patience = _patience(work.state, text)
    if patience is not None:
        change(work, replace(utterance, paused=True))
        work.start_at(TimerName.ENDPOINT, event.at_ms + patience)


def speech_went_on(work: Work, event: SpeechWentOn, utterance: Utterance) -> None:
    note_pause(work, event.pause_ms)
    if utterance.paused:
        change(work, replace(utterance, paused=False))
        work.stop(TimerName.ENDPOINT)


def await_end(work: Work) -> None:
    """All that was said so far is known, and nothing is being said."""
    state = work.state
    text = answer_so_far(state)
    if not text or not _ends_by_pause(state) or any(one.answering for one in state.heard):
        return
    patience = _patience(state, text)
    if patience is not None:
        work.start_at(TimerName.ENDPOINT, state.spoken_until_ms + patience)


def went_on_after_all(work: Work) -> None:
    """Another utterance of the same answer began: the speaker's pause was that long."""
    state = work.state
    if state.spoken_until_ms and state.prompt is not None and state.closing is None:
        note_pause(work, state.now.audio - _NOTICED_AFTER_MS - state.spoken_until_ms)


def note_pause(work: Work, ms: int) -> None:
    work.change(pauses=with_pause(work.state.pauses, ms))


def change(work: Work, new: Utterance) -> None:
    """One of the utterances that are heard has changed."""
    work.change(heard=tuple(new if one.utterance_id == new.utterance_id else one for one in work.state.heard))


def _ends_by_pause(state: State) -> bool:
    return state.listening and not timers.running(state, TimerName.THINKING)


def _patience(state: State, text: str) -> int | None:
    """None: no pause ends the turn. The introduction may be as slow as it likes, unless it says that it is over."""
    if state.questioning:
        return patience_ms(text, state.pauses, punctuated=state.punctuated) if text else None
    return MINIMUM_MS if state.phase is Phase.INTRO and closes(text) else None
