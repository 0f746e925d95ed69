"""What another process tells a live session, with and without Redis."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from interviews.domain import outbox
from interviews.models import OutboxMessage
from tests.interviews.factories import make_interview


def test_without_redis_rows_are_read_in_order(owner: User, settings: Settings) -> None:
    settings.REDIS_URL = ""
    interview = make_interview(owner)
    outbox.send(interview.pk, "stop", {"reason": "x"})
    reader = outbox.Reader()
    reader.begin()
    outbox.send(interview.pk, "report_ready")
    outbox.send(interview.pk, "stop")
    rows = reader.take()
    assert [(row.interview_id, row.kind, row.payload) for row in rows] == [
        (interview.pk, "report_ready", {}),
        (interview.pk, "stop", {}),
    ]
    assert reader.take() == []
    late = outbox.Reader()
    assert [len(late.take(limit=2)) for _ in range(3)] == [2, 1, 0]


def test_old_rows_are_cleaned_up(owner: User, settings: Settings) -> None:
    settings.REDIS_URL = ""
    interview = make_interview(owner)
    outbox.send(interview.pk, "stop")
    outbox.send(interview.pk, "report_ready")
    OutboxMessage.objects.filter(kind="stop").update(created_at=timezone.now() - timedelta(hours=2))
    assert outbox.clean_up() == 1
    assert [row.kind for row in outbox.Reader().take()] == ["report_ready"]


def test_a_row_that_comes_after_one_with_a_higher_id_is_read(owner: User) -> None:
    interview = make_interview(owner)
    now = [0.0]
    reader = outbox.Reader(lambda: now[0])
    reader.begin()
    taken = []
    for second, number in [(0, 7), (1, 9), (50, 8), (59, 6), (121, 20), (122, 12)]:
        now[0] = second
        OutboxMessage.objects.create(pk=number, interview=interview, kind="stop")
        taken.append([row.pk for row in reader.take()])
    assert taken == [[7], [9], [8], [6], [20], [12]]
    now[0] = 182
    OutboxMessage.objects.create(pk=10, interview=interview, kind="stop")
    assert reader.take() == []  # a minute after a higher one


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time, so ids come in their order")
@pytest.mark.django_db(transaction=True)
def test_what_is_committed_late_is_read(owner: User, settings: Settings) -> None:
    settings.REDIS_URL = ""
    interview = make_interview(owner)
    reader = outbox.Reader()
    reader.begin()
    written, read = Event(), Event()

    @transaction.atomic
    def slowly() -> None:
        outbox.send(interview.pk, "recording_withdrawn")
        written.set()
        assert read.wait(10)

    def slow_process() -> None:
        slowly()
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slow_process)
        assert written.wait(10)
        outbox.send(interview.pk, "stop")
        first = reader.take()
        read.set()
        slow.result()
    rows = [first, reader.take(), reader.take()]
    assert [[row.kind for row in found] for found in rows] == [["stop"], ["recording_withdrawn"], []]
    assert rows[1][0].pk < rows[0][0].pk


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
