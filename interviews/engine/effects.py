"""What the engine wants done. Everything returned by one step is committed together, then carried out in order."""

from dataclasses import dataclass
from enum import StrEnum


class Line(StrEnum):
    """Fixed lines of the interviewer; `interviews.domain.lines` has their words in four languages."""

    GREETING = "greeting"
    INTRO_PROMPT = "intro_prompt"
    INTRO_OVER = "intro_over"
    STILL_THERE = "still_there"
    TAKE_YOUR_TIME = "take_your_time"
    WRAP_UP = "wrap_up"
    QUESTIONS_OVER = "questions_over"
    CLOSING = "closing"
    TIME_IS_UP = "time_is_up"
    TASK_TIME_IS_UP = "task_time_is_up"
    CODE_TAKEN = "code_taken"


class Kind(StrEnum):
    """`interview_message.kind` of the protocol."""

    GREETING = "greeting"
    PROMPT = "prompt"
    NOTICE = "notice"
    QUESTION = "question"
    FOLLOW_UP = "follow_up"
    TASK = "task"
    CLOSING = "closing"


class Outcome(StrEnum):
    """How a turn ended."""

    ANSWERED = "answered"
    SKIPPED = "skipped"
    SILENT = "silent"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Say:
    """An `interview_message`, spoken where the client wants voice.

    Either `line` names a fixed line or `text` holds a question. `repeat` says it again after a reconnect or on
    request: no new message is numbered. The last `Say` of a step with `prompt=True` is what the candidate answers.
    `silent`: it is shown and not spoken, because something else is, or was stopped before the whole text was known.
    """

    utterance_id: str
    phase: str
    kind: Kind
    line: Line | None = None
    text: str = ""
    question_number: int = 0
    question_count: int = 0
    prompt: bool = False
    repeat: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class SaveUtterance:
    """A final text of the candidate, in the turn it belongs to; also the final `asr_result`.

    `text` is empty when nothing was understood: then there is nothing to keep, but the client's partial text ends.
    `question_number` is 0 outside the questions. Times are audio milliseconds.
    """

    utterance_id: str
    turn_number: int
    question_number: int
    phase: str
    text: str
    source: str  # voice or text
    engine: str
    confidence: float | None
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class SaveTurn:
    """A finished turn: prompt, everything that answered it, how it ended. Times are wall milliseconds."""

    number: int
    phase: str
    kind: Kind
    question_number: int
    question_key: str
    prompt: str  # the question's text as far as it was heard, the task's title, or the value of the `Line`
    answer: str
    source: str  # voice, text, mixed, or nothing
    outcome: Outcome
    started_ms: int
    ended_ms: int


@dataclass(frozen=True, slots=True)
class RequestQuestion:
    """Ask the interviewer for what follows `answer`; answered by `QuestionReady` with the same id. Pending until then.

    `question_number` is that of the question just answered, 0 after the introduction. `utterance_id`: that of the `Say`
    which will follow, so that the voice may begin before the whole text is known. In the code phase it asks about what
    was handed in; `answer` is empty the first time.
    """

    effect_id: str
    answer: str
    question_number: int
    utterance_id: str = ""


@dataclass(frozen=True, slots=True)
class RequestTask:
    """Choose the code task; answered by `TaskReady` with the same id. Pending until then."""

    effect_id: str


@dataclass(frozen=True, slots=True)
class PresentTask:
    """An `interview_message` of kind `task` (spoken as its title); `repeat` after a reconnect."""

    utterance_id: str
    task_id: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class HandIn:
    """The task's time was up before anything was handed in: what the editor has is the submission, if it is anything.

    Stored with the step. A submission that is there already stays the only one.
    """

    task_id: str


@dataclass(frozen=True, slots=True)
class EnterPhase:
    phase: str


@dataclass(frozen=True, slots=True)
class FinishUtterance:
    """Close the utterance in progress now and recognise it, without waiting for the VAD.

    `SpeechEnded` and `Recognised` follow as ever; the latter with an empty text, if recognition failed.
    """


@dataclass(frozen=True, slots=True)
class PauseSpeaking:
    """The candidate makes a sound: the voice waits for what it is. `StopSpeaking` or `ResumeSpeaking` follows.

    `utterance_id` is the last that is to be spoken; the voice may still be at one before it.
    """

    utterance_id: str


@dataclass(frozen=True, slots=True)
class ResumeSpeaking:
    """It was nothing, or assent: the voice goes on where it paused."""

    utterance_id: str


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """The candidate acted before the voice was over: what is still queued of it is dropped."""


@dataclass(frozen=True, slots=True)
class Complete:
    """The interview is over: `outcome` is an `Ending`.

    A closing line said in the same step may still be spoken to its end; every further event is illegal.
    """

    outcome: str


Effect = (
    Say
    | SaveUtterance
    | SaveTurn
    | RequestQuestion
    | RequestTask
    | PresentTask
    | HandIn
    | EnterPhase
    | FinishUtterance
    | PauseSpeaking
    | ResumeSpeaking
    | StopSpeaking
    | Complete
)
