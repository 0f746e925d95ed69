"""Opening a turn, repeating what it asks, and waiting for its answer."""

from dataclasses import replace

from interviews.engine import timers
from interviews.engine.effects import Kind
from interviews.engine.state import Prompt, TimerName
from interviews.engine.work import Work


def open_turn(work: Work, prompt: Prompt, *, silent: bool = False) -> None:
    """Say what the next turn is about and begin it; for `Kind.TASK`, `text` is the title and `key` the task's id."""
    work.change(turn_number=work.state.turn_number + 1, turn_started_ms=work.state.now.wall)
    _speak(work, prompt, silent=silent)


def repeat(work: Work) -> None:
    """Say the current prompt again from its start. What has been said so far counts."""
    if work.state.prompt is not None:
        work.hush()
        _speak(work, replace(work.state.prompt, utterance_id="", heard=""), again=True)


def wait_for_answer(work: Work) -> None:
    """Let silence count anew, where it counts: not while code is written, in writing, or in time that was granted."""
    state = work.state
    counts = state.listening and not state.typed and state.conversing
    if counts and not timers.running(state, TimerName.THINKING):
        work.start(TimerName.SILENCE, state.rules.silence)
    else:
        work.stop(TimerName.SILENCE)


def _speak(work: Work, prompt: Prompt, *, again: bool = False, silent: bool = False) -> None:
    if prompt.kind is Kind.TASK:
        utterance_id = work.present_task(prompt.key, repeat=again)
    else:
        utterance_id = work.say(
            prompt.kind,
            line=prompt.line,
            text=prompt.text,
            prompt=True,
            repeat=again,
            silent=silent,
            utterance_id=prompt.utterance_id,
        )
    work.change(prompt=replace(prompt, utterance_id=utterance_id))
    wait_for_answer(work)
