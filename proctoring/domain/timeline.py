"""Event rows: what is stored of a signal, and who was told. A picture without a row goes: `accounts.domain.files`."""

import logging
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, transaction

from accounts.domain import consents, files
from accounts.models import ConsentKind
from interviews.models import Interview
from proctoring.domain.texts import text
from proctoring.models import ProctoringEvent, Source, frame_path

logger = logging.getLogger(__name__)

# A row a second for half an hour. An interview that makes more has long made its point.
MOST_EVENTS = 2_000
MANY = (Source.VISION, Source.CLIENT)  # who fills a time line must not hide by it what is found in the code


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to store: `wall_ms` as in `ProctoringEvent`, `jpeg` only if the candidate agreed to recording."""

    interview_id: int
    signal: str
    source: Source
    at_ms: int
    detail: dict[str, Any] = field(default_factory=dict)
    jpeg: bytes = b""
    until_ms: int | None = None
    wall_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """A stored event the candidate is to be told of."""

    interview_id: int
    signal: str
    text: str
    event_id: int
    at_ms: int

    def payload(self) -> dict[str, Any]:
        """The fields of `cheat_detected`."""
        return {"text": self.text, "signal": self.signal, "event_id": self.event_id}


@dataclass(frozen=True, slots=True)
class Written:
    """A stored row. `signal` is what the candidate is to be told, if anything."""

    event_id: int
    signal: Signal | None


def store(notice: Notice, *, reachable: bool) -> Written | None:
    """Write the event's row, its frame included where the candidate agreed to recording.

    `reachable` says whether somebody is there to be told. Returns None and stores nothing for an interview that is
    gone or whose timeline is full. Blocks: call it through `proctoring.domain.writer`.
    """
    interview = Interview.objects.select_related("owner").filter(pk=notice.interview_id).first()
    if interview is None or (notice.source in MANY and _is_full(interview)):
        return None
    event = ProctoringEvent(
        interview=interview,
        signal=notice.signal,
        source=notice.source,
        text=text(notice.signal, interview.language),
        at_ms=notice.at_ms,
        until_ms=notice.until_ms,
        wall_ms=notice.wall_ms,
        detail=notice.detail,
        notified=reachable and notice.signal in settings.CANDIDATE_SIGNALS,
    )
    if notice.jpeg and consents.granted(interview.owner, ConsentKind.RECORDING):
        event.frame.name = _keep(event, notice.jpeg)
    _save(event)
    signal = Signal(notice.interview_id, notice.signal, event.text, event.pk, event.at_ms)
    return Written(event.pk, signal if event.notified else None)


def _is_full(interview: Interview) -> bool:
    return ProctoringEvent.objects.filter(interview=interview).count() >= MOST_EVENTS


def _keep(event: ProctoringEvent, jpeg: bytes) -> str:
    """The stored picture's name; empty where the storage fails: what was seen is still worth its row."""
    name = frame_path(event, "frame.jpg")
    try:
        files.reserve([name])
        return default_storage.save(name, ContentFile(jpeg))
    except Exception as error:  # noqa: BLE001  # each storage has its own: a full disk, S3 out of reach
        logger.error("A camera picture was not stored: %s", type(error).__name__)  # noqa: TRY400  # see `writer`
        _forget(event, name)
        return ""


def _save(event: ProctoringEvent) -> None:
    """The row, and with it the picture; without the picture where that took too long."""
    name = str(event.frame.name or "")
    if not name:
        event.save()
        return
    try:
        with transaction.atomic():
            files.keep([name])
            event.save()
    except files.TooLate:
        _forget(event, name)
        event.frame.name = ""
        event.save()
    except BaseException:
        _forget(event, name)
        raise


def _forget(event: ProctoringEvent, name: str) -> None:
    """The picture goes at once, unless its row is there, whose answer was lost."""
    try:
        with transaction.atomic():
            if not ProctoringEvent.objects.filter(interview_id=event.interview_id, frame=name).exists():
                files.delete(name)
    except Error as error:  # it was reserved: it goes within a day
        logger.error("Half a camera picture is left for later: %s", type(error).__name__)  # noqa: TRY400  # as above


def close(stored: "Future[Written | None]", until_ms: int) -> None:
    """End the episode whose row `stored` holds; the writer keeps its order, so that row is written or never will be."""
    if stored.exception(timeout=0) is None and (written := stored.result()) is not None:
        ProctoringEvent.objects.filter(pk=written.event_id).update(until_ms=until_ms)
