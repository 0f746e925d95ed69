"""What a step's effects mean: rows to store, messages to number, and things to do once they are stored."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from msgspec.structs import replace

from interviews.coding.definitions import Task
from interviews.domain import lines
from interviews.engine import (
    Complete,
    Effect,
    EnterPhase,
    FinishUtterance,
    HandIn,
    Kind,
    PauseSpeaking,
    PresentTask,
    RequestQuestion,
    RequestTask,
    ResumeSpeaking,
    SaveTurn,
    SaveUtterance,
    Say,
    State,
    StopSpeaking,
)
from interviews.live.messages import AsrFinal, InterviewComplete, InterviewMessage, Message, Numbered, payload
from interviews.live.progress import seconds_left
from interviews.models import Turn, Utterance

SUMMARIES = {
    "completed": gettext_noop("The interview is complete. Your report is being prepared."),
    "stopped": gettext_noop("The interview was stopped by the company."),
    "abandoned": gettext_noop("The interview has ended because nobody came back to it."),
    "failed": gettext_noop("The interview could not go on because of a fault on our side."),
}


@dataclass(frozen=True, slots=True)
class Send:
    message: Message


@dataclass(frozen=True, slots=True)
class Speak:
    utterance_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn was stored, with this answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The interview is over: say so when the last words were heard, and close."""

    message: Message


OfTheVoice = Speak | PauseSpeaking | ResumeSpeaking | StopSpeaking
Action = Send | Answered | Finish | RequestQuestion | RequestTask | HandIn | FinishUtterance | OfTheVoice


@dataclass(slots=True)
class Prepared:
    """One step's work. `actions` are carried out in order, after `utterances`, `turns` and `messages` were stored."""

    last_seq: int
    utterances: list[Utterance] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    messages: list[Numbered] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    outcome: str = ""
    hand_in: str = ""  # the task

    def number(self, message: Numbered) -> Numbered:
        """Give the message the next number and put it among those to be stored."""
        self.last_seq += 1
        numbered = replace(message, seq=self.last_seq)
        self.messages.append(numbered)
        return numbered

    def send(self, message: Numbered) -> None:
        self.actions.append(Send(self.number(message)))

    @property
    def matters(self) -> bool:
        """Whether anything has to be stored beside the state."""
        return bool(self.utterances or self.turns or self.messages or self.outcome)

    @property
    def payloads(self) -> tuple[dict[str, object], ...]:
        return tuple(payload(message) for message in self.messages)


@dataclass(frozen=True, slots=True)
class Context:
    """What the meaning of effects depends on beside themselves.

    `acked_n`: the client's frame number at the end of an utterance, by its id. `spoken` gives, by its text, the number
    that a repeated prompt was first sent with; None: the client has it, and repeats are only heard. Without an `editor`
    the task is spoken whole. `task` is the interview's, once it was chosen; `runnable`: the languages that can be run.
    """

    interview_id: int
    language: str
    state: State
    acked_n: dict[str, int]
    spoken: dict[str, int] | None = None
    editor: bool = True
    task: Task | None = None
    runnable: tuple[str, ...] = ()


def prepare(effects: tuple[Effect, ...], context: Context, last_seq: int, extra: tuple[Numbered, ...] = ()) -> Prepared:
    """`extra` messages are numbered and sent before those of the effects."""
    prepared = Prepared(last_seq)
    for message in extra:
        prepared.send(message)
    for effect in effects:
        match effect:
            case Say():
                _say(prepared, effect, context)
            case PresentTask():
                _present(prepared, effect, context)
            case SaveUtterance():
                _utterance(prepared, effect, context)
            case SaveTurn():
                prepared.turns.append(_turn(effect))
                if effect.answer:
                    prepared.actions.append(Answered(effect.answer))
            case Complete():
                _complete(prepared, effect, context)
            case EnterPhase():
                pass  # the state that is stored with the step has it
            case _:
                prepared.hand_in = effect.task_id if isinstance(effect, HandIn) else prepared.hand_in
                prepared.actions.append(effect)
    return prepared


def _say(prepared: Prepared, effect: Say, context: Context) -> None:
    text = effect.text or lines.text(effect.line or "", context.language)
    message = InterviewMessage(
        phase=effect.phase,
        text=text,
        kind=effect.kind,
        utterance_id=effect.utterance_id,
        question_number=effect.question_number,
        question_count=effect.question_count,
    )
    _tell(prepared, message, context, repeat=effect.repeat)
    if not effect.silent:
        prepared.actions.append(Speak(effect.utterance_id, text))


def _present(prepared: Prepared, effect: PresentTask, context: Context) -> None:
    chosen = context.task
    assert chosen is not None  # noqa: S101  # a task is chosen before it is shown
    task = chosen.public(context.language, context.runnable)
    message = InterviewMessage(
        phase=context.state.phase,
        text=task["title"],
        kind=Kind.TASK,
        utterance_id=effect.utterance_id,
        question_number=context.state.question_number,
        question_count=context.state.question_count,
        task={**task, "seconds_left": seconds_left(context.state)},
    )
    _tell(prepared, message, context, repeat=effect.repeat)
    words = task["title"] if context.editor else chosen.spoken(context.language)
    prepared.actions.append(Speak(effect.utterance_id, words))


def _tell(prepared: Prepared, message: InterviewMessage, context: Context, *, repeat: bool) -> None:
    """Number and send; a repeat is no new message, and is sent only to a client that has it not."""
    if not repeat:
        prepared.send(message)
    elif context.spoken is not None:
        seq = context.spoken.get(message.text)
        again = replace(message, repeat=True)
        prepared.actions.append(Send(replace(again, seq=seq) if seq else again))


def _utterance(prepared: Prepared, effect: SaveUtterance, context: Context) -> None:
    fields = {name: getattr(effect, name) for name in effect.__slots__}
    if effect.text:
        prepared.utterances.append(Utterance(**fields | {"question_number": effect.question_number or None}))
    if effect.source == "voice":
        acked = context.acked_n.get(effect.utterance_id)
        final = AsrFinal(text=effect.text, utterance_id=effect.utterance_id)
        prepared.send(final if acked is None else replace(final, acked_n=acked))


def _turn(effect: SaveTurn) -> Turn:
    fields = {name: getattr(effect, name) for name in effect.__slots__}
    return Turn(**fields | {"question_number": effect.question_number or None})


def _complete(prepared: Prepared, effect: Complete, context: Context) -> None:
    message = completion(context.interview_id, context.language, effect.outcome)
    prepared.outcome = effect.outcome
    prepared.actions.append(Finish(prepared.number(message)))


def completion(interview_id: int, language: str, outcome: str) -> InterviewComplete:
    """What a candidate is told of the end; not numbered yet."""
    with translation.override(language):
        summary = gettext(SUMMARIES[outcome])
    return InterviewComplete(summary=summary, interview_id=str(interview_id), outcome=outcome)
