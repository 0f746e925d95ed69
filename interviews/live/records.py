"""What a live session reads and writes. Plain blocking functions, each one transaction; `live.store` runs them.

Every write carries the epoch under which its session opened the interview, and the version it last saw.
"""

from dataclasses import dataclass, field
from dataclasses import replace as replaced
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from msgspec.structs import replace

from accounts.domain import consents, languages
from accounts.models import ConsentKind, User
from interviews.coding import documents, runs, tasks
from interviews.coding.follow_ups.about import About
from interviews.domain import access, creation, lifecycle, timings
from interviews.domain.interviewer import briefing
from interviews.domain.interviewer.situation import Situation
from interviews.domain.interviewer.situation import situation as read_situation
from interviews.live import effects
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.messages import payload
from interviews.models import CodeRun, Interview, OutgoingMessage, RunKind, Status, Turn, TurnTiming, Utterance
from resumes.domain.access import editable_by
from resumes.models import Resume


class Superseded(Exception):
    """A newer session has opened the interview: nothing was written, and nothing will be."""


class Gone(Superseded):
    """The interview was deleted."""


class Over(Superseded):
    """The interview was ended from elsewhere, with this status."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class AnswerLost(Exception):
    """The step before was stored, but the database went away at its commit. The session has to be opened anew."""


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


@dataclass(frozen=True, slots=True)
class Lease:
    """Who writes: the interview, the epoch of its opening, the version last seen."""

    interview_id: int
    epoch: int
    version: int


@dataclass(frozen=True, slots=True)
class StepRecord:
    """Everything one step stores. Rows have no interview yet; `outcome` is the status it ends with, or empty."""

    engine_state: dict[str, Any]
    phase: str
    seconds_left: int | None
    last_seq: int
    utterances: tuple[Utterance, ...] = ()
    turns: tuple[Turn, ...] = ()
    messages: tuple[dict[str, Any], ...] = ()
    outcome: str = ""
    speech_engine: str = ""
    voice_engine: str = ""
    timings: tuple[TurnTiming, ...] = ()
    hand_in: str = ""  # the task whose code is taken as it stands


def find(user: User, interview_id: int | None) -> int:
    """The id of the caller's interview. Raises LiveError(INTERVIEW_NOT_FOUND)."""
    if interview_id is None:
        newest = access.newest_open(user)
        found = newest.pk if newest else None
    else:
        found = access.own(user).filter(pk=interview_id).values_list("pk", flat=True).first()
    if found is None:
        raise LiveError(ErrorCode.INTERVIEW_NOT_FOUND, "interview_id")
    return found


@transaction.atomic
def open_interview(user: User, request: OpenRequest) -> OpenedInterview:
    """Take the interview over: every session that opened it before is superseded. Raises LiveError."""
    interview = _locked(find(user, request.interview_id))
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


@transaction.atomic
def commit_step(lease: Lease, record: StepRecord) -> int:
    """Store a step, whole or not at all; the new version. Raises Superseded, AnswerLost.

    Of an interview that is over only the end is stored: what comes after a recruiter's stop is no answer any more.
    """
    columns: dict[str, Any] = {"version": lease.version + 1, "last_seq": record.last_seq, "phase": record.phase}
    may_change = _own_rows(lease).filter(status__in=[Status.ACTIVE, record.outcome])
    if not may_change.update(**columns, **_progress(record)):
        raise _lost(lease)
    _create_rows(lease.interview_id, record)
    if record.timings:
        timings.save(record.timings)
    if record.hand_in:
        runs.hand_in(lease.interview_id, record.hand_in, record.engine_state["now"]["wall"])
    if record.outcome:
        _end(lease.interview_id, record.outcome)
    return lease.version + 1


def checkpoint(lease: Lease, record: StepRecord) -> int:
    """Renew the lease and store the time left, with the timings that wait; the version stays.

    Raises Superseded, AnswerLost.
    """
    if not record.timings:
        _renew(lease, record)
        return lease.version
    with transaction.atomic():  # one commit: each waits for the disk
        _renew(lease, record)
        timings.save(record.timings)
    return lease.version


def _renew(lease: Lease, record: StepRecord) -> None:
    if not _own_rows(lease).filter(status=Status.ACTIVE).update(**_progress(record)):
        raise _lost(lease)


def messages_after(interview_id: int, seq: int) -> tuple[dict[str, Any], ...]:
    rows = OutgoingMessage.objects.filter(interview_id=interview_id, seq__gt=seq).order_by("seq")
    return tuple(rows.values_list("payload", flat=True))


def situation(interview_id: int, question_number: int, answer: str) -> Situation | About:
    """What the interviewer knows, and what may come next. Raises Superseded."""
    interview = _running(interview_id, Interview.objects.select_related("resume", "vacancy").only(*briefing.READ))
    try:
        return read_situation(interview, question_number, answer)
    except Interview.DoesNotExist as error:  # deleted before the task's document was read, which most replies need not
        raise Gone from error


def choose_task(interview_id: int, editor: bool) -> tasks.Task | None:
    """None where the position has none. Raises Superseded."""
    return tasks.of(_running(interview_id), editor=editor)


def editor_events(
    interview_id: int, task_id: str, base_seq: int, events: list[dict[str, Any]], language: str = "", wall_ms: int = 0
) -> int:
    """Apply the events, which came at `wall_ms`; the document's last number. Raises LiveError, Superseded."""
    try:
        return documents.apply_events(_running(interview_id), task_id, base_seq, events, language, wall_ms)
    except documents.Gap as error:
        raise LiveError(ErrorCode.EDITOR_GAP, "base_seq") from error
    except documents.BadEvents as error:
        raise LiveError(ErrorCode.INVALID, "events") from error
    except tasks.UnknownTask as error:
        raise LiveError(ErrorCode.UNKNOWN_TASK, "task_id") from error


def is_known_run(interview_id: int, run_id: str) -> bool:
    """Whether it was asked for before: then the message came twice."""
    return CodeRun.objects.filter(interview_id=interview_id, run_id=run_id).exists()


def handed_in(interview_id: int, task_id: str) -> str | None:
    """The `run_id` of the task's submission."""
    rows = CodeRun.objects.filter(interview_id=interview_id, task_id=task_id, kind=RunKind.SUBMISSION)
    return rows.values_list("run_id", flat=True).first()


def ask_run(interview_id: int, asked: runs.Asked) -> int | None:
    """Keep a run or a submission; its key, or None where it is known. Raises LiveError, Superseded."""
    try:
        run, fresh = runs.ask(_running(interview_id), asked)
    except documents.WrongLanguage as error:
        raise LiveError(ErrorCode.INVALID, "language") from error
    except runs.TakenId as error:
        raise LiveError(ErrorCode.INVALID, "run_id") from error
    except runs.TooManyRuns as error:
        raise LiveError(ErrorCode.TOO_MANY_RUNS, for_good=True) from error
    except documents.TooBig as error:
        raise LiveError(ErrorCode.BAD_SIZE, "source") from error
    except tasks.UnknownTask as error:
        raise LiveError(ErrorCode.UNKNOWN_TASK, "task_id") from error
    return run.pk if fresh else None


def _lost(lease: Lease) -> Superseded | AnswerLost:
    """Why the interview cannot be written under this lease."""
    row = Interview.objects.filter(pk=lease.interview_id).values_list("owner_epoch", "version", "status").first()
    if row is None:
        return Gone()
    epoch, version, status = row
    if epoch == lease.epoch and version != lease.version:
        return AnswerLost()
    return Superseded() if epoch != lease.epoch or status == Status.ACTIVE else Over(status)


def _running(interview_id: int, among: QuerySet[Interview] | None = None) -> Interview:
    """Raises Superseded where it was deleted or ended meanwhile."""
    interview = (Interview.objects.all() if among is None else among).filter(pk=interview_id).first()
    if interview is None:
        raise Gone
    if lifecycle.is_over(interview):
        raise Over(interview.status)
    return interview


def _locked(interview_id: int) -> Interview:
    return Interview.objects.select_for_update().get(pk=interview_id)


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
    _create_messages(interview.pk, payload(message))


def _ending(interview: Interview) -> tuple[dict[str, Any], ...]:
    row = interview.messages.filter(type="interview_complete").values_list("payload", flat=True)
    return tuple(row[:1])


def _own_rows(lease: Lease) -> Any:
    return Interview.objects.filter(pk=lease.interview_id, owner_epoch=lease.epoch, version=lease.version)


def _progress(record: StepRecord) -> dict[str, Any]:
    return {
        "engine_state": record.engine_state,
        "seconds_left": record.seconds_left,
        "last_seen_at": timezone.now(),
        "speech_engine": record.speech_engine,
        "voice_engine": record.voice_engine,
    }


def _create_rows(interview_id: int, record: StepRecord) -> None:
    for utterance in record.utterances:
        utterance.interview_id = interview_id
    for turn in record.turns:
        turn.interview_id = interview_id
    Utterance.objects.bulk_create(record.utterances)
    Turn.objects.bulk_create(record.turns)
    _create_messages(interview_id, *record.messages)


def _create_messages(interview_id: int, *payloads: dict[str, Any]) -> None:
    OutgoingMessage.objects.bulk_create(
        OutgoingMessage(interview_id=interview_id, seq=payload["seq"], type=payload["type"], payload=payload)
        for payload in payloads
    )


def _end(interview_id: int, outcome: str) -> None:
    """A recruiter's stop has moved the status already; then only the session's own end is stored."""
    lifecycle.move(_locked(interview_id), outcome)
