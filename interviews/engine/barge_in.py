"""The candidate speaks while the interviewer does: the voice waits, and the words decide who goes on.

A cough, a sound of assent, or the interviewer's own words coming back from the loudspeaker (the caller leaves those
out) let the voice go on where it paused. Anything else ends it: those words begin the answer.
"""

from dataclasses import replace

from interviews.engine.assent import is_assent
from interviews.engine.effects import PauseSpeaking, ResumeSpeaking
from interviews.engine.events import SpeakingStopped
from interviews.engine.state import TimerName, Utterance
from interviews.engine.work import Work

# After so many sounds that were nothing it is a noisy room: only words interrupt then.
_MOST_FALSE_ALARMS = 3


def hold(work: Work, utterance: Utterance) -> None:
    """Let the voice wait for what this utterance turns out to be, unless it was too often nothing."""
    if work.state.echoing or work.state.false_alarms >= _MOST_FALSE_ALARMS:
        return
    if not work.state.held:
        work.emit(PauseSpeaking(work.state.playing))
    work.change(held=utterance.utterance_id)
    work.start(TimerName.HOLD, work.state.rules.hold)


def let_go_on(work: Work) -> None:
    """It was nothing, or it takes too long to be understood: the voice goes on."""
    if work.state.held:
        work.change(held="", false_alarms=work.state.false_alarms + 1)
        work.stop(TimerName.HOLD)
        work.emit(ResumeSpeaking(work.state.playing))


def echo(work: Work) -> None:
    """The voice heard itself: it goes on, and waits for no mere sound from now on."""
    work.change(echoing=True)
    let_go_on(work)


def interrupts(work: Work, utterance: Utterance, text: str) -> bool:
    """Whether `text`, the words of `utterance` so far, takes the floor from the voice that it began over."""
    return bool(work.state.playing and utterance.over and text.strip()) and not is_assent(text)


def speaking_stopped(work: Work, event: SpeakingStopped) -> None:
    """The transcript holds what was heard; a prompt whose voice had not begun was read, whole."""
    prompt = work.state.prompt
    if prompt is not None and prompt.utterance_id == event.utterance_id and prompt.text:
        work.change(prompt=replace(prompt, heard=event.heard_text.strip()))
