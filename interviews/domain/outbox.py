"""How another process tells the live session of an interview something: a recruiter's stop, a report that is ready."""

import asyncio
import logging
from datetime import timedelta
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
KEPT = timedelta(hours=1)  # the server reads within a second; older rows had nobody to read them


def group(interview_id: int) -> str:
    """The channel layer's group that an interview's live session joins where there is Redis."""
    return f"interview.{interview_id}"


def send(interview_id: int, kind: str, payload: dict[str, Any] | None = None) -> None:
    """Tell the live session once the current transaction has committed.

    With Redis the group gets `{"type": "outbox.message", "interview_id", "kind", "payload"}`; without it a row waits
    for the server's poll (`take_after`), because the in-memory layer reaches no other process. A Redis that does not
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


def last_id() -> int:
    """Where a server that just started begins to read: what was said before is in the rows it loads anyway."""
    return OutboxMessage.objects.order_by("-id").values_list("id", flat=True).first() or 0


def take_after(last_id: int, limit: int = 100) -> list[OutboxMessage]:
    """The rows after `last_id`, oldest first. They stay: a second server reads them too."""
    return list(OutboxMessage.objects.filter(id__gt=last_id).order_by("id")[:limit])


def clean_up() -> int:
    """Delete rows that every server has had time to read; how many."""
    deleted, _ = OutboxMessage.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    return deleted
