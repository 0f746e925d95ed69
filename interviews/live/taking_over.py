"""Whose an interview is from now on, and what its new owner finds. Plain blocking functions; `live.store` runs them."""

from dataclasses import dataclass, field
from dataclasses import replace as replaced
from typing import Any

from django.db import transaction
from msgspec.structs import replace

from accounts.domain import consents, languages
from accounts.models import ConsentKind, User
from interviews.coding import documents, runs, tasks
from interviews.domain import access, creation, lifecycle
from interviews.live import effects
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.messages import payload
from interviews.live.records import create_messages, locked_interview, messages_after
from interviews.models import Interview, OutgoingMessage, Status
from resumes.domain.access import editable_by
from resumes.models import Resume


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What a client asks to open; ids are None where it named none."""

    interview_id: int | None
    resume_id: int | None
    language: str = ""
    last_seq: int | None = None


@dataclass(frozen=True, slots=True)
class OpenedInterview:
    """An interview as its new owner found it.

    `messages` are those after the client's `last_seq`; `spoken` the numbers of what the interviewer said last, by
    text, for a client that kept none. `frames`: up to which of its audio frames the client knew its words to be
    stored, and up to which they are (0: none); None for one that comes for the first time. `fresh`: it has none of this
    interview's messages. `outcome` is the status of an interview that is over.
    """

    interview_id: int
    owner_id: int
    language: str
    epoch: int
    version: int
    last_seq: int
    engine_state: dict[str, Any] | None
    question_count: int
    outcome: str = ""
    messages: tuple[dict[str, Any], ...] = ()
    spoken: dict[str, int] = field(default_factory=dict)
    frames: tuple[int, int] | None = None
    fresh: bool = True
    recorded: bool = False
    task: tasks.Task | None = None
    code: dict[str, Any] | None = None


def find(user: User, request: OpenRequest) -> tuple[int, str]:
    """The id of the caller's interview, and the language of the answers that are awaited, if any are.

    Raises LiveError(INTERVIEW_NOT_FOUND).
    """
    if request.interview_id is None:
        found = access.newest_open(user)
    else:
        found = access.own(user).only("status", "language").filter(pk=request.interview_id).first()
    if found is None:
        raise LiveError(ErrorCode.INTERVIEW_NOT_FOUND, "interview_id")
    if lifecycle.is_over(found):
        return found.pk, ""
    wished = languages.normalise(request.language) if found.status == Status.CREATED else ""
    return found.pk, wished or found.language


@transaction.atomic
def open_interview(user: User, request: OpenRequest) -> OpenedInterview:
    """Take the interview over: every session that opened it before is superseded. Raises LiveError."""
    interview = locked_interview(find(user, request)[0])
    interview.owner = user  # nobody finds another person's
    if lifecycle.is_over(interview):
        _say_how_it_ended(interview)
        return _opened(interview, request)
    if interview.status == Status.CREATED:
        _begin(interview, user, request)
    elif request.resume_id not in (None, interview.resume_id):
        _resume(user, request)
        raise LiveError(ErrorCode.RESUME_MISMATCH, "resume_id")
    interview.owner_epoch += 1
    interview.save(update_fields=["owner_epoch", "language"])
    return _opened(interview, request)


def _begin(interview: Interview, user: User, request: OpenRequest) -> None:
    """Bind the resume, make the plan, start."""
    language = languages.normalise(request.language)
    if language and language != interview.language:
        interview.language, interview.plan = language, []  # the plan's questions are in the old language
    try:
        creation.prepare(interview, _resume(user, request) if request.resume_id else interview.resume)
    except creation.ResumeNotUsable as error:
        raise LiveError(ErrorCode.RESUME_NOT_READY, "resume_id") from error
    if interview.resume is None:
        raise LiveError(ErrorCode.RESUME_NOT_FOUND, "resume_id")
    lifecycle.move(interview, Status.ACTIVE)


def _resume(user: User, request: OpenRequest) -> Resume:
    resume = None if request.resume_id is None else editable_by(user).filter(pk=request.resume_id).first()
    if resume is None:
        raise LiveError(ErrorCode.RESUME_NOT_FOUND, "resume_id")
    return resume


def _opened(interview: Interview, request: OpenRequest) -> OpenedInterview:
    if request.last_seq is not None and request.last_seq > interview.last_seq:
        request = replaced(request, last_seq=None)  # a number of another interview: this client has nothing of ours
    over = lifecycle.is_over(interview)
    state = interview.engine_state
    task_id = state.get("task_id", "") if state and not over else ""
    messages = () if request.last_seq is None else messages_after(interview.pk, request.last_seq)
    if over and not messages:
        messages = _ending(interview)
    return OpenedInterview(
        interview_id=interview.pk,
        owner_id=interview.owner_id,
        language=interview.language,
        epoch=interview.owner_epoch,
        version=interview.version,
        last_seq=interview.last_seq,
        engine_state=state,
        question_count=len(interview.plan),
        outcome=interview.status if over else "",
        messages=messages,
        spoken=_spoken(interview) if state and request.last_seq is None else {},
        fresh=request.last_seq is None,
        recorded=not over and consents.granted(interview.owner, ConsentKind.RECORDING),
        frames=_frames(interview, request.last_seq) if state and request.last_seq else None,
        task=documents.task_of(interview, task_id) if task_id else None,
        code=_code(interview, task_id) if task_id else None,
    )


def _code(interview: Interview, task_id: str) -> dict[str, Any]:
    """The text as it stands; what was handed in, once it was."""
    code = documents.current(interview, task_id).public()
    handed_in = runs.submission(interview, task_id)
    if handed_in is None:
        return {**code, "submitted": False}
    return {**code, "language": handed_in.language, "text": handed_in.source, "submitted": True}


def _spoken(interview: Interview) -> dict[str, int]:
    rows = interview.messages.filter(type="interview_message").order_by("-seq")[:5]
    return {row.payload["text"]: row.seq for row in rows}


def _frames(interview: Interview, last_seq: int) -> tuple[int, int]:
    finals = interview.messages.filter(type="asr_result").order_by("-seq")
    newest, told = finals.first(), finals.filter(seq__lte=last_seq).first()
    return _acked(told), _acked(newest)


def _acked(final: OutgoingMessage | None) -> int:
    return 0 if final is None else final.payload.get("acked_n", 0)


def _say_how_it_ended(interview: Interview) -> None:
    """What was ended while nobody was connected has told nobody yet."""
    if _ending(interview):
        return
    interview.last_seq += 1
    interview.owner_epoch += 1  # a session that is about to say so elsewhere gives way
    interview.save(update_fields=["last_seq", "owner_epoch"])
    message = replace(effects.completion(interview.pk, interview.language, interview.status), seq=interview.last_seq)
    create_messages(interview.pk, payload(message))


def _ending(interview: Interview) -> tuple[dict[str, Any], ...]:
    row = interview.messages.filter(type="interview_complete").values_list("payload", flat=True)
    return tuple(row[:1])
