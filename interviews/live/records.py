"""What a live session reads and writes. Plain blocking functions, each one transaction; `live.store` runs them.

Every write carries the epoch under which its session opened the interview, and the version it last saw.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from interviews.coding import runs, tasks
from interviews.coding.follow_ups.about import About
from interviews.domain import lifecycle, timings
from interviews.domain.interviewer import briefing
from interviews.domain.interviewer.situation import Situation
from interviews.domain.interviewer.situation import situation as read_situation
from interviews.models import Interview, OutgoingMessage, Status, Turn, TurnTiming, Utterance


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
    interview = running_interview(
        interview_id, Interview.objects.select_related("resume", "vacancy").only(*briefing.READ)
    )
    try:
        return read_situation(interview, question_number, answer)
    except Interview.DoesNotExist as error:  # deleted before the task's document was read, which most replies need not
        raise Gone from error


def choose_task(interview_id: int, editor: bool) -> tasks.Task | None:
    """None where the position has none. Raises Superseded."""
    return tasks.of(running_interview(interview_id), editor=editor)


def _lost(lease: Lease) -> Superseded | AnswerLost:
    """Why the interview cannot be written under this lease."""
    row = Interview.objects.filter(pk=lease.interview_id).values_list("owner_epoch", "version", "status").first()
    if row is None:
        return Gone()
    epoch, version, status = row
    if epoch == lease.epoch and version != lease.version:
        return AnswerLost()
    return Superseded() if epoch != lease.epoch or status == Status.ACTIVE else Over(status)


def running_interview(interview_id: int, among: QuerySet[Interview] | None = None) -> Interview:
    """Raises Superseded where it was deleted or ended meanwhile."""
    interview = (Interview.objects.all() if among is None else among).filter(pk=interview_id).first()
    if interview is None:
        raise Gone
    if lifecycle.is_over(interview):
        raise Over(interview.status)
    return interview


def locked_interview(interview_id: int) -> Interview:
    return Interview.objects.select_for_update().get(pk=interview_id)


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
    create_messages(interview_id, *record.messages)


def create_messages(interview_id: int, *payloads: dict[str, Any]) -> None:
    OutgoingMessage.objects.bulk_create(
        OutgoingMessage(interview_id=interview_id, seq=payload["seq"], type=payload["type"], payload=payload)
        for payload in payloads
    )


def _end(interview_id: int, outcome: str) -> None:
    """A recruiter's stop has moved the status already; then only the session's own end is stored."""
    lifecycle.move(locked_interview(interview_id), outcome)
