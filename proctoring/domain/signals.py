"""What the candidate's page reports of itself: checked, limited in number and size, stored, not trusted."""

import asyncio
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from proctoring.domain import timeline
from proctoring.domain.hub import Stored, tell
from proctoring.domain.subscriptions import subscriptions
from proctoring.domain.timeline import Notice
from proctoring.domain.writer import writer
from proctoring.models import CLIENT_SIGNALS, Source

MAX_DETAIL_BYTES = 2048
MAX_AT_MS = 2**31 - 1
BURST = 20
PER_SECOND = 1.0
REMEMBERED = 4096


class BadSignal(ValueError):
    """The report cannot be stored: the message is for a person, `field` names what is wrong."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(slots=True)
class Bucket:
    tokens: float
    filled_at: float


class RateLimit:
    """A token bucket an interview: `burst` at once, then `PER_SECOND`. Remembers a bounded number of interviews."""

    def __init__(self, burst: int = BURST, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst = burst
        self.clock = clock
        self._buckets: OrderedDict[int, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, interview_id: int) -> bool:
        with self._lock:
            return self._take(interview_id)

    def _take(self, interview_id: int) -> bool:
        now = self.clock()
        bucket = self._buckets.setdefault(interview_id, Bucket(self.burst, now))
        self._buckets.move_to_end(interview_id)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        bucket.tokens = min(self.burst, bucket.tokens + (now - bucket.filled_at) * PER_SECOND)
        bucket.filled_at = now
        if bucket.tokens < 1:
            return False
        bucket.tokens -= 1
        return True


_limit = RateLimit()


def from_client(
    interview_id: int, name: str, at_ms: int, detail: Any = None, *, wall_ms: int | None = None
) -> Stored | None:
    """Store a report of the candidate's page, which came at `wall_ms` of the interview's wall clock.

    Returns at once; callable from the event loop and from threads.

    Raises `BadSignal` for an unknown `name`, an `at_ms` below 0 or above 2**31 - 1, and a `detail` that is no JSON
    object or takes more than 2 KiB. Returns None, storing nothing, for an interview that sends more than one a
    second (20 at once); else a future of the stored row.
    """
    notice = Notice(
        interview_id, known(name), Source.CLIENT, checked_time(at_ms), checked_detail(detail), wall_ms=wall_ms
    )
    if not _limit.allows(interview_id):
        return None
    stored = writer.submit(timeline.store, notice, reachable=subscriptions.has(interview_id))
    if on_event_loop():
        tell(stored, subscriptions)
    return stored


def known(name: Any) -> str:
    if not isinstance(name, str) or name not in CLIENT_SIGNALS:
        raise BadSignal(_("There is no such event."), "name")
    return name


def checked_time(at_ms: Any) -> int:
    if isinstance(at_ms, bool) or not isinstance(at_ms, int) or not 0 <= at_ms <= MAX_AT_MS:
        raise BadSignal(_("The time must be a number of milliseconds from 0 on."), "at_ms")
    return at_ms


def checked_detail(detail: Any) -> dict[str, Any]:
    """`detail` as any database can store it: PostgreSQL takes neither NUL nor half of a surrogate pair."""
    if detail is None:
        return {}
    if not isinstance(detail, dict):
        raise BadSignal(_("The detail must be an object."), "detail")
    try:
        text = json.dumps(detail, allow_nan=False)
        clean: dict[str, Any] = cleaned(detail) if len(text) <= MAX_DETAIL_BYTES else {}
    except (TypeError, ValueError, RecursionError) as error:
        raise BadSignal(_("The detail must be JSON."), "detail") from error
    if len(text) > MAX_DETAIL_BYTES:
        raise BadSignal(_("The detail may take at most 2 KiB."), "detail")
    return clean


def cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {cleaned(str(key)): cleaned(item) for key, item in value.items()}
    return [cleaned(item) for item in value] if isinstance(value, (list, tuple)) else value


def on_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
