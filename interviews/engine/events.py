"""What can happen to an interview. Events go into `engine.step`; each is a fact, not a wish."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """`control` messages of the protocol."""

    ANSWER_DONE = "answer_done"
    REPEAT_QUESTION = "repeat_question"
    SKIP_QUESTION = "skip_question"
    NEED_TIME = "need_time"
    TYPING = "typing"
    END_INTERVIEW = "end_interview"


class Ending(StrEnum):
    """Why an interview ends otherwise than by its plan."""

    STOPPED = "stopped"  # by a recruiter
    ABANDONED = "abandoned"  # nobody came back within the resume window
    FAILED = "failed"  # a fault on our side
    COMPLETED = "completed"  # by the candidate, from another program


@dataclass(frozen=True, slots=True)
class Opened:
    """A candidate's socket opened the interview: the first time, or again after a break.

    `voice` says that the interviewer is heard (listening then begins when playback ended);
    `typed` that the candidate answers in writing (the 15 s rule does not apply).
    """

    voice: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """The socket is gone; every clock stands still until the next `Opened`."""


@dataclass(frozen=True, slots=True)
class PromptEnded:
    """The interviewer's voice for `utterance_id` was heard to its end (or would have been): listening begins.

    Needed for the last `Say` or `PresentTask` of each step while `voice` is on, also when its speech failed.
    """

    utterance_id: str


@dataclass(frozen=True, slots=True)
class SpeakingStarted:
    """The voice began with the question that is still being written (`RequestQuestion.utterance_id`)."""

    utterance_id: str


@dataclass(frozen=True, slots=True)
class SpeakingStopped:
    """What was heard of an utterance whose voice was stopped before its end; nothing, if it had not begun."""

    utterance_id: str
    heard_text: str


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """`replayed`: said before a break of the connection and sent again, so it interrupts nobody."""

    utterance_id: str
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class SpeechHeard:
    """The words so far of an utterance that began over the interviewer's voice. `echo`: they were the voice's own, and
    `text` is empty; so in the next two events."""

    utterance_id: str
    text: str
    echo: bool = False


@dataclass(frozen=True, slots=True)
class SpeechPaused:
    """The speaker pauses within an utterance. `text` covers everything up to `at_ms` (audio), where speech stopped."""

    utterance_id: str
    text: str
    at_ms: int
    echo: bool = False


@dataclass(frozen=True, slots=True)
class SpeechWentOn:
    """Speech went on after a pause of `pause_ms`, whether or not the pause's words were known in time."""

    utterance_id: str
    pause_ms: int = 0


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """The VAD closed the utterance; its final text is still being recognised. `at_ms`: where speech stopped (audio);
    None means now."""

    utterance_id: str
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """The one final text of an utterance; empty when nothing was understood. Times are audio milliseconds."""

    utterance_id: str
    text: str
    start_ms: int = 0
    end_ms: int = 0
    engine: str = ""
    confidence: float | None = None
    echo: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A `text_answer`."""

    utterance_id: str
    text: str


@dataclass(frozen=True, slots=True)
class UtteranceEnded:
    """The client said `end: true`: its utterance, and in a question its turn, is over once the final text is here."""


@dataclass(frozen=True, slots=True)
class Control:
    action: Action


@dataclass(frozen=True, slots=True)
class QuestionReady:
    """The interviewer's answer to `RequestQuestion`; `text` empty means: nothing more to ask."""

    effect_id: str
    text: str = ""
    kind: str = "question"  # question or follow_up
    key: str = ""


@dataclass(frozen=True, slots=True)
class TaskReady:
    """The answer to `RequestTask`; `task_id` empty means: this position has none."""

    effect_id: str
    task_id: str = ""
    title: str = ""
    limit_ms: int = 0


@dataclass(frozen=True, slots=True)
class CodeSubmitted:
    task_id: str
    run_id: str


@dataclass(frozen=True, slots=True)
class Ended:
    reason: Ending


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed. Timers that are due fire in the order of their deadlines."""


Event = (
    Opened
    | Closed
    | PromptEnded
    | SpeakingStarted
    | SpeakingStopped
    | SpeechStarted
    | SpeechHeard
    | SpeechPaused
    | SpeechWentOn
    | SpeechEnded
    | Recognised
    | Typed
    | UtteranceEnded
    | Control
    | QuestionReady
    | TaskReady
    | CodeSubmitted
    | Ended
    | Tick
)
