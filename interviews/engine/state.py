"""The state of one interview: frozen, comparable, and JSON both ways."""

from dataclasses import dataclass, field
from enum import StrEnum

from interviews.engine.effects import Kind, Line, Outcome

SCHEMA_VERSION = 3
MOST_CODE_QUESTIONS = 4


class Phase(StrEnum):
    WAITING = "waiting"
    INTRO = "intro"
    QUESTION = "question"
    CODE = "code"
    FINISHED = "finished"
    ABANDONED = "abandoned"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def over(self) -> bool:
        return self in {Phase.FINISHED, Phase.ABANDONED, Phase.FAILED, Phase.STOPPED}


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
    """Timers in the order in which those due at the same moment fire: limits before patience."""

    INTERVIEW = "interview"  # wall: the whole interview's limit
    INTRO = "intro"  # wall: the introduction's limit
    CODE = "code"  # wall: the task's limit
    TEXT = "text"  # wall: how long a turn that is over waits for its last text
    ANSWER = "answer"  # audio: how long an answer may get
    HOLD = "hold"  # wall: how long the interviewer's voice waits for what a sound is
    THINKING = "thinking"  # wall: granted by need_time; silence stands still meanwhile
    ENDPOINT = "endpoint"  # audio: silence after speech that ends a question's turn
    SILENCE = "silence"  # audio: 15 s with no speech

    @property
    def clock(self) -> Clock:
        return Clock.AUDIO if self in _HEARD else Clock.WALL


_HEARD = {TimerName.ANSWER, TimerName.ENDPOINT, TimerName.SILENCE}


@dataclass(frozen=True, slots=True)
class Timer:
    name: TimerName
    due: int  # in interview time of the name's clock

    @property
    def clock(self) -> Clock:
        return self.name.clock


@dataclass(frozen=True, slots=True)
class Rules:
    """Durations in milliseconds, all positive. The 15 s and 60 s are the protocol's.

    An answer gets a warning after `answer` and is over `wrap_up` later. How long a pause ends one is not a rule but
    depends on its words: `interviews.engine.endpointing`.
    """

    silence: int = 15_000
    answer: int = 240_000
    wrap_up: int = 30_000
    hold: int = 4_000
    intro: int = 180_000
    thinking: int = 60_000
    text: int = 20_000
    interview: int = 45 * 60_000

    def __post_init__(self) -> None:
        wrong = [name for name in self.__slots__ if getattr(self, name) <= 0]
        if wrong:
            raise ValueError(f"durations must be positive: {', '.join(wrong)}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the candidate is answering: a fixed line (`line`) or a question (`text`).

    `heard`: how much of its text was heard before its voice was stopped; nothing, if it was not.
    """

    utterance_id: str
    kind: Kind
    line: Line | None = None
    text: str = ""
    key: str = ""
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Speech whose text is not here yet: still spoken (`open`), or being recognised.

    It belongs to the turn in which it began. `answering` is False for what began when no turn was open, or after
    the candidate had ended it: such words are kept in the transcript and answer nothing. `over`: the interviewer's
    utterance that was being spoken when it began. `paused`: its words up to here are known, and nothing follows yet.
    """

    utterance_id: str
    turn_number: int
    question_number: int
    phase: Phase
    open: bool = True
    answering: bool = True
    over: str = ""
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    utterance_id: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An effect that was requested and has not answered: it is issued again when the interview is opened.

    A question is spoken as `utterance_id`, unless its voice was stopped (`hushed`) while it was being written.
    """

    effect_id: str
    kind: str  # question or task
    answer: str = ""
    utterance_id: str = ""
    hushed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Everything that a resumed interview needs.

    While the interview runs, either a turn is open (`prompt`) or an effect is pending, never both and never
    neither; `interviews.engine.invariants` says it in full.
    """

    question_count: int  # planned questions; follow-ups are not counted
    rules: Rules = field(default_factory=Rules)
    phase: Phase = Phase.WAITING
    connected: bool = False
    voice: bool = False  # the interviewer is heard
    typed: bool = False  # the candidate writes: silence means nothing
    playing: str = ""  # the last utterance of the interviewer, until its voice was heard to the end
    held: str = ""  # the candidate's utterance for which the voice waits
    false_alarms: int = 0  # of sounds for which it waited in vain, since it began with what it says
    echoing: bool = False  # the candidate's loudspeaker is heard: sound alone is no interruption any more
    turn_number: int = 0
    question_number: int = 0
    prompt: Prompt | None = None
    said: tuple[Said, ...] = ()
    turn_started_ms: int = 0
    heard: tuple[Utterance, ...] = ()
    closing: Outcome | None = None  # the turn is over and waits for the texts of `heard`
    finishing: bool = False  # the interview ends with the turn that is closing
    reminded: bool = False
    warned: bool = False  # that the answer gets too long
    spoken_until_ms: int = 0  # audio: where the candidate's speech in the open turn last stopped
    pauses: tuple[int, ...] = ()  # of the candidate within answers, the latest, in milliseconds
    punctuated: bool = False  # the recogniser writes marks, so that a text without one is not finished
    timers: tuple[Timer, ...] = ()
    pending: tuple[Pending, ...] = ()
    counter: int = 0  # source of utterance and effect ids: same events, same ids
    task_id: str = ""
    code_questions: int = 0  # asked about what was handed in
    now: Now = Now(0, 0)

    @property
    def at_task(self) -> bool:
        """Whether the open turn is the task's, which is answered by code."""
        return self.phase is Phase.CODE and self.prompt is not None and self.prompt.kind is Kind.TASK

    @property
    def questioning(self) -> bool:
        """Whether the candidate answers questions, planned ones or those about the code, or waits for the next."""
        return self.phase is Phase.QUESTION or (self.phase is Phase.CODE and not self.at_task)

    @property
    def conversing(self) -> bool:
        """Whether the candidate answers by speaking."""
        return self.phase is Phase.INTRO or self.questioning

    @property
    def numbered(self) -> int:
        """The number of the planned question that what is said now belongs to; 0 outside the questions."""
        return self.question_number if self.phase is Phase.QUESTION else 0

    @property
    def listening(self) -> bool:
        """Whether the candidate's silence counts: only then does the audio clock advance."""
        return self.connected and self.prompt is not None and not self.playing and self.closing is None

    @property
    def closing_for_good(self) -> Outcome | None:
        """The decision to close the turn, where it outlives a break. A turn that only waits for its last words loses
        them with the connection and is opened again, because the client sends that speech once more."""
        waits = self.closing is Outcome.ANSWERED and not self.finishing and not self.at_task
        return None if waits else self.closing

    @property
    def deciding(self) -> bool:
        """Whether what is heard next depends on something still on its way: audio waits until it is here."""
        asked = next((one for one in self.pending if self.playing and one.utterance_id == self.playing), None)
        return self.closing is not None or (bool(self.pending) and asked is None)

    @property
    def speaking(self) -> str:
        """The utterance that the VAD has open, or nothing."""
        return next((one.utterance_id for one in self.heard if one.open), "")
