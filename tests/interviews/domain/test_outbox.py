"""What another process tells a live session, with and without Redis."""

from datetime import timedelta

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from interviews.domain import outbox
from interviews.models import OutboxMessage
from tests.interviews.factories import make_interview


def test_without_redis_rows_are_read_in_order(owner: User, settings: Settings) -> None:
    settings.REDIS_URL = ""
    interview = make_interview(owner)
    assert outbox.last_id() == 0
    outbox.send(interview.pk, "stop", {"reason": "x"})
    begin = outbox.last_id()
    outbox.send(interview.pk, "report_ready")
    outbox.send(interview.pk, "stop")
    rows = outbox.take_after(begin)
    assert [(row.interview_id, row.kind, row.payload) for row in rows] == [
        (interview.pk, "report_ready", {}),
        (interview.pk, "stop", {}),
    ]
    assert outbox.take_after(rows[-1].pk) == []
    assert len(outbox.take_after(0, limit=2)) == 2


def test_old_rows_are_cleaned_up(owner: User, settings: Settings) -> None:
    settings.REDIS_URL = ""
    interview = make_interview(owner)
    outbox.send(interview.pk, "stop")
    outbox.send(interview.pk, "report_ready")
    OutboxMessage.objects.filter(kind="stop").update(created_at=timezone.now() - timedelta(hours=2))
    assert outbox.clean_up() == 1
    assert [row.kind for row in outbox.take_after(0)] == ["report_ready"]


@pytest.mark.django_db(transaction=True)
async def test_with_redis_the_sessions_group_is_told(owner: User, settings: Settings) -> None:
    settings.REDIS_URL = "redis://used-by-the-layer-only"
    interview = await database_sync_to_async(make_interview)(owner)
    layer = get_channel_layer()
    assert layer is not None
    channel = await layer.new_channel()
    await layer.group_add(outbox.group(interview.pk), channel)
    await database_sync_to_async(outbox.send)(interview.pk, "stop", {"reason": "x"})
    assert await layer.receive(channel) == {
        "type": "outbox.message",
        "interview_id": interview.pk,
        "kind": "stop",
        "payload": {"reason": "x"},
    }
    assert await database_sync_to_async(OutboxMessage.objects.count)() == 0
