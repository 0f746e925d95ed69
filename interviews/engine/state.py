"""The state of one interview: frozen, comparable, and JSON both ways."""

from dataclasses import dataclass, field
from enum import StrEnum

from interviews.engine.effects import Kind

SCHEMA_VERSION = 1


class Phase(StrEnum):
    WAITING = "waiting"
    INTRO = "intro"
    QUESTION = "question"
    CODE = "code"
    FINISHED = "finished"
    ABANDONED = "abandoned"
    FAILED = "failed"
    STOPPED = "stopped"


class IllegalEvent(Exception):
    """The event cannot happen in this state. Nothing changed."""


@dataclass(frozen=True, slots=True)
class Now:
    """Interview time, in milliseconds: both clocks begin at 0 with the interview and go on after a break.

    `audio` counts audio heard while the interviewer listens; `wall` counts time while a candidate is connected.
    """

    audio: int
    wall: int


class Clock(StrEnum):
    AUDIO = "audio"
    WALL = "wall"


class TimerName(StrEnum):
    SILENCE = "silence"  # audio: 15 s with no speech
    ENDPOINT = "endpoint"  # audio: silence after speech that ends a question's turn
    INTRO = "intro"  # wall: the introduction's limit
    THINKING = "thinking"  # wall: granted by need_time; silence stands still meanwhile
    CODE = "code"  # wall: the task's limit
    INTERVIEW = "interview"  # wall: the whole interview's limit


@dataclass(frozen=True, slots=True)
class Timer:
    name: TimerName
    clock: Clock
    due: int  # in the clock's interview time


@dataclass(frozen=True, slots=True)
class Rules:
    """Durations in milliseconds. `facts` for the numbers: 15 s are the WebRTC guide's."""

    silence: int = 15_000
    endpoint: int = 1_200
    intro: int = 180_000
    thinking: int = 60_000
    interview: int = 45 * 60_000
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the candidate is answering: a fixed line (`line`) or a question (`text`)."""

    utterance_id: str
    kind: Kind
    line: str = ""
    text: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    utterance_id: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An effect that was requested and has not answered: it is issued again when the interview is opened."""

    effect_id: str
    kind: str  # question or task
    answer: str = ""


@dataclass(frozen=True, slots=True)
class State:
    question_count: int  # planned questions; follow-ups are not counted
    rules: Rules = field(default_factory=Rules)
    phase: Phase = Phase.WAITING
    connected: bool = False
    voice: bool = False
    listening: bool = False
    turn_number: int = 0
    question_number: int = 0
    prompt: Prompt | None = None
    said: tuple[Said, ...] = ()
    turn_started_ms: int = 0
    speaking: str = ""  # the utterance that the VAD has open
    recognising: tuple[str, ...] = ()  # closed utterances whose text is not here yet
    turn_closing: str = ""  # the Outcome that waits for `recognising` to be empty
    reminded: bool = False
    timers: tuple[Timer, ...] = ()
    pending: tuple[Pending, ...] = ()
    counter: int = 0  # source of utterance and effect ids: same events, same ids
    task_id: str = ""
    now: Now = Now(0, 0)
