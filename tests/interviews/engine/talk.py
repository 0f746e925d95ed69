"""An interview in virtual time: both clocks, every effect, and a check of the state after each step."""

import json
from dataclasses import dataclass, field

from interviews.engine import (
    Action,
    CodeSubmitted,
    Control,
    Effect,
    Event,
    Now,
    Opened,
    PromptEnded,
    QuestionReady,
    Recognised,
    RequestQuestion,
    RequestTask,
    Rules,
    SaveTurn,
    SaveUtterance,
    Say,
    SpeechEnded,
    SpeechStarted,
    State,
    TaskReady,
    Tick,
    Typed,
    dump,
    load,
    new,
    step,
)
from interviews.engine.invariants import problems


@dataclass
class Talk:
    """Drives one state; `log` holds every effect so far, each call answers with its own."""

    questions: int = 2
    rules: Rules = field(default_factory=Rules)
    audio: int = 0
    wall: int = 0
    said: int = 0
    log: list[Effect] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state: State = new(self.questions, self.rules)

    @property
    def now(self) -> Now:
        return Now(self.audio, self.wall)

    def send(self, event: Event) -> list[Effect]:
        before, copy = self.state, load(dump(self.state))
        self.state, effects = step(self.state, event, self.now)
        assert before == copy, "step changed the state that it was given"
        assert problems(self.state) == []
        assert load(json.loads(json.dumps(dump(self.state)))) == self.state
        self.log += effects
        return list(effects)

    def wait(self, ms: int) -> list[Effect]:
        """Time passes in one leap, on both clocks."""
        self.audio += ms
        return self.think(ms)

    def think(self, ms: int) -> list[Effect]:
        """Time passes on the wall clock alone."""
        self.wall += ms
        return self.send(Tick())

    def open(self, *, voice: bool = False, typed: bool = False) -> list[Effect]:
        return self.send(Opened(voice=voice, typed=typed))

    def press(self, action: Action) -> list[Effect]:
        return self.send(Control(action))

    def start_speech(self) -> str:
        self.said += 1
        self.send(SpeechStarted(f"c{self.said}"))
        return f"c{self.said}"

    def end_speech(self, utterance_id: str, ms: int = 1000) -> list[Effect]:
        self.wait(ms)
        return self.send(SpeechEnded(utterance_id))

    def hear(self, text: str, ms: int = 1000) -> list[Effect]:
        """Speech of some length, recognised the moment it ends."""
        utterance_id = self.start_speech()
        self.end_speech(utterance_id, ms)
        return self.send(Recognised(utterance_id, text, end_ms=self.audio, engine="fake", confidence=0.5))

    def read(self, text: str) -> list[Effect]:
        self.said += 1
        return self.send(Typed(f"c{self.said}", text))

    def ask(self, text: str = "Why?", *, kind: str = "question", key: str = "k") -> list[Effect]:
        """The interviewer has the next question; none, if the text is empty."""
        return self.send(QuestionReady(self.pending, text, kind, key))

    def give_task(self, task_id: str = "sum", limit_ms: int = 600_000) -> list[Effect]:
        return self.send(TaskReady(self.pending, task_id, "Sums" if task_id else "", limit_ms))

    def voice_over(self) -> list[Effect]:
        return self.send(PromptEnded(self.state.playing))

    @property
    def pending(self) -> str:
        return self.state.pending[0].effect_id

    def restart(self) -> None:
        """The process dies and another one loads what was stored."""
        self.state = load(json.loads(json.dumps(dump(self.state))))

    @property
    def turns(self) -> list[SaveTurn]:
        return [effect for effect in self.log if isinstance(effect, SaveTurn)]

    @property
    def texts(self) -> list[str]:
        return [effect.text for effect in self.log if isinstance(effect, SaveUtterance)]


def in_intro(*, voice: bool = False, typed: bool = False, questions: int = 2, rules: Rules | None = None) -> Talk:
    talk = Talk(questions, rules or Rules())
    talk.open(voice=voice, typed=typed)
    if voice:
        talk.voice_over()
    return talk


def awaiting_question(*, voice: bool = False, typed: bool = False, questions: int = 2) -> Talk:
    """The introduction is over and the first question is not here yet."""
    talk = in_intro(voice=voice, typed=typed, questions=questions)
    talk.read("I am Alice. That's all.")
    return talk


def in_question(*, voice: bool = False, typed: bool = False) -> Talk:
    talk = awaiting_question(voice=voice, typed=typed)
    talk.ask("What is a lock?", key="locks")
    if voice:
        talk.voice_over()
    return talk


def awaiting_task(*, voice: bool = False, typed: bool = False) -> Talk:
    talk = awaiting_question(voice=voice, typed=typed)
    talk.ask("")
    return talk


def in_code(*, voice: bool = False, typed: bool = False) -> Talk:
    talk = awaiting_task(voice=voice, typed=typed)
    talk.give_task()
    if voice:
        talk.voice_over()
    return talk


def awaiting_code_question(*, voice: bool = False, typed: bool = False) -> Talk:
    """The task is handed in, and what is asked about it is not here yet."""
    talk = in_code(voice=voice, typed=typed)
    talk.send(CodeSubmitted("sum", "r1"))
    return talk


def in_code_question(*, voice: bool = False, typed: bool = False) -> Talk:
    talk = awaiting_code_question(voice=voice, typed=typed)
    talk.ask("Why a loop?", kind="follow_up", key="sum+loop")
    if voice:
        talk.voice_over()
    return talk


def finished() -> Talk:
    talk = in_intro()
    talk.press(Action.END_INTERVIEW)
    return talk


def names(effects: list[Effect]) -> list[str]:
    """Effects in brief: what is said by its line or text, the rest by its type."""
    return [_name(effect) for effect in effects]


def _name(effect: Effect) -> str:
    name = type(effect).__name__
    if isinstance(effect, Say):
        return f"{'again' if effect.repeat else effect.kind}: {effect.line or effect.text}"
    if isinstance(effect, SaveTurn):
        return f"{name} {effect.number} {effect.outcome}"
    if isinstance(effect, RequestQuestion | RequestTask):
        return f"{name} {effect.effect_id}"
    return name
