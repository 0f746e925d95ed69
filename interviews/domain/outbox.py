"""How another process tells the live session of an interview something: a recruiter's stop, a report that is ready."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import takewhile
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from interviews.models import OutboxMessage

log = logging.getLogger(__name__)
PATIENCE_S = 2  # whoever has something to tell waits no longer for Redis
SIGNAL = "signal"  # a proctoring signal found by another process; its payload is `Signal.payload()` and `at_ms`
LATE_S = 60.0
KEPT = timedelta(hours=1)  # the server reads within a second; older rows had nobody to read them


def group(interview_id: int) -> str:
    """The channel layer's group that an interview's live session joins where there is Redis."""
    return f"interview.{interview_id}"


def send(interview_id: int, kind: str, payload: dict[str, Any] | None = None) -> None:
    """Tell the live session once the current transaction has committed.

    With Redis the group gets `{"type": "outbox.message", "interview_id", "kind", "payload"}`; without it a row waits
    for the server's poll (`Reader`), because the in-memory layer reaches no other process. A Redis that does not
    answer is no fault of the caller: what is told was stored before, and the session reads that at its next checkpoint.
    """
    payload = payload or {}
    if not settings.REDIS_URL:
        OutboxMessage.objects.create(interview_id=interview_id, kind=kind, payload=payload)
        return
    message = {"type": "outbox.message", "interview_id": interview_id, "kind": kind, "payload": payload}
    transaction.on_commit(lambda: async_to_sync(_tell)(interview_id, message))


async def _tell(interview_id: int, message: dict[str, Any]) -> None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            await get_channel_layer().group_send(group(interview_id), message)
    except (RedisError, OSError) as error:
        log.warning("interview %s: %s was not told at once (%s)", interview_id, message["kind"], type(error).__name__)


class Reader:
    """Reads each row once. The rows stay: a second server reads them too.

    PostgreSQL hands ids out before the commit, so a row may come after one with a higher id: for a minute, which no
    transaction takes, lower ones are looked for.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._after = 0  # what has this id or a lower one has been read
        self._read: dict[int, float] = {}  # ids above, in the order and with the time of their reading

    def begin(self) -> None:
        """Skip what there is: a server that just started finds what was said before in the rows it loads anyway."""
        self._note(OutboxMessage.objects.order_by("id").values_list("id", flat=True))

    def take(self, limit: int = 100) -> list[OutboxMessage]:
        """What was not read yet, by id."""
        self._forget()
        rows = OutboxMessage.objects.filter(id__gt=self._after).exclude(id__in=self._read)
        found = list(rows.order_by("id")[:limit])
        self._note(row.pk for row in found)
        return found

    def _note(self, ids: Iterable[int]) -> None:
        now = self._clock()
        self._read |= dict.fromkeys(ids, now)

    def _forget(self) -> None:
        before = self._clock() - LATE_S
        old = list(takewhile(lambda number: self._read[number] < before, self._read))
        self._after = max([self._after, *old])
        for number in old:
            del self._read[number]


def clean_up() -> int:
    """Delete rows that every server has had time to read; how many."""
    deleted, _ = OutboxMessage.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return deleted
