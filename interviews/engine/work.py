"""One step in the making: the state as it will be, and the effects gathered on the way.

Handlers change a `Work`; the caller of `step` never sees one, only the frozen state and the tuple that came of it.
"""

from dataclasses import replace
from typing import Any

from interviews.engine import timers
from interviews.engine.effects import Effect, EnterPhase, Kind, Line, PresentTask, Say, StopSpeaking
from interviews.engine.state import IllegalEvent, Phase, State, TimerName
from interviews.engine.transitions import TRANSITIONS


class Work:
    def __init__(self, state: State) -> None:
        self.state = state
        self.effects: tuple[Effect, ...] = ()

    def change(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)

    def emit(self, *effects: Effect) -> None:
        self.effects += effects

    def start(self, name: TimerName, after_ms: int) -> None:
        self.state = timers.start(self.state, name, after_ms)

    def stop(self, *names: TimerName) -> None:
        self.state = timers.stop(self.state, *names)

    def enter(self, phase: Phase) -> None:
        if phase not in TRANSITIONS[self.state.phase]:
            raise IllegalEvent(f"{self.state.phase} cannot become {phase}")
        self.change(phase=phase)
        self.emit(EnterPhase(phase))

    def new_id(self, prefix: str) -> str:
        self.change(counter=self.state.counter + 1)
        return f"{prefix}{self.state.counter}"

    def start_at(self, name: TimerName, due_ms: int) -> None:
        """(Re)start a timer that is due at this moment of its clock, which may be past."""
        self.state = timers.start_at(self.state, name, due_ms)

    def say(
        self,
        kind: Kind,
        *,
        line: Line | None = None,
        text: str = "",
        prompt: bool = False,
        repeat: bool = False,
        silent: bool = False,
        utterance_id: str = "",
    ) -> str:
        """Say something, under an id reserved before or a new one; gives the id."""
        utterance_id = utterance_id or self.new_id("u")
        self.emit(
            Say(
                utterance_id,
                self.state.phase,
                kind,
                line=line,
                text=text,
                question_number=self.state.question_number,
                question_count=self.state.question_count,
                prompt=prompt,
                repeat=repeat,
                silent=silent,
            )
        )
        if not silent:
            self.play(utterance_id)
        return utterance_id

    def present_task(self, task_id: str, *, repeat: bool = False) -> str:
        """Show the code task, spoken as its title; gives the new utterance's id."""
        utterance_id = self.new_id("u")
        self.emit(PresentTask(utterance_id, task_id, repeat=repeat))
        self.play(utterance_id)
        return utterance_id

    def hush(self) -> None:
        """Stop the interviewer's voice, if any of it is still to be heard."""
        if not self.state.playing:
            return
        stopped = self.state.playing
        pending = (replace(one, hushed=one.hushed or one.utterance_id == stopped) for one in self.state.pending)
        self.change(playing="", held="", pending=tuple(pending))
        self.stop(TimerName.HOLD)
        self.emit(StopSpeaking())

    def play(self, utterance_id: str) -> None:
        """The voice begins with this, where there is one."""
        if self.state.voice:
            self.change(playing=utterance_id, false_alarms=0)
