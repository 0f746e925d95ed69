"""The door that live sessions use, whole: a real worker, real pictures, real rows."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from config.serve import hooks
from config.serve import status as readiness
from interviews.models import Interview
from proctoring.domain import frames
from proctoring.domain.child import ChildCarrier
from proctoring.domain.layer import LayerCarrier
from proctoring.domain.timeline import Signal
from proctoring.models import ProctoringEvent
from tests.proctoring.conftest import HandCarrier, picture

PATIENCE = 30
IDLE = {"looked": 0, "dropped": 0, "refused": 0, "in_flight": 0, "watched": 0}


@pytest.fixture
async def carrier() -> AsyncIterator[ChildCarrier]:
    """The server's background task, with a child of its own."""
    carrier = ChildCarrier()
    task = asyncio.create_task(frames.run_with(carrier))
    await asyncio.wait_for(carrier.up.wait(), PATIENCE)
    yield carrier
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await frames.stop()


async def film(interview: Interview, name: str, seconds: int, start_ms: int = 0) -> None:
    """Frames of one picture, each looked at before the next is sent."""
    for number in range(seconds):
        before = frames.status()["counters"]["looked"]
        frames.submit(interview.pk, picture(name), start_ms + number * 1000)
        async with asyncio.timeout(PATIENCE):
            while frames.status()["counters"]["looked"] == before:  # noqa: ASYNC110  # the door tells only of signals
                await asyncio.sleep(0.005)


@pytest.mark.django_db(transaction=True)
async def test_a_second_person_at_the_back_is_told_and_stored_with_the_frame(
    interview: Interview,
    carrier: ChildCarrier,
    agree_to_recording: Callable[[User], None],
    media: Path,
) -> None:
    await asyncio.get_running_loop().run_in_executor(None, agree_to_recording, interview.owner)
    told: asyncio.Queue[Signal] = asyncio.Queue()
    frames.subscribe(interview.pk, told.put_nowait)
    await film(interview, "one_person", 3)
    await film(interview, "second_at_the_back", 3, start_ms=3000)
    signal = await asyncio.wait_for(told.get(), PATIENCE)
    await film(interview, "one_person", 3, start_ms=6000)
    frames.unsubscribe(interview.pk, told.put_nowait)
    await frames.stop()
    event = await ProctoringEvent.objects.aget()
    assert signal.payload() == {"text": event.text, "signal": "multiple_faces", "event_id": event.pk}
    assert (event.at_ms, event.until_ms, event.notified, event.detail["faces"]) == (3000, 5000, True, 2)
    assert (media / str(event.frame.name)).read_bytes() == picture("second_at_the_back")


@pytest.mark.django_db(transaction=True)
async def test_an_ordinary_candidate_makes_no_event(interview: Interview, carrier: ChildCarrier) -> None:
    await film(interview, "one_person", 8)
    await frames.stop()
    assert await ProctoringEvent.objects.acount() == 0
    assert frames.status() == {
        "provider": "mediapipe",
        "loaded": True,
        "ready": True,
        "detail": "",
        "carrier": "child",
        "counters": {**IDLE, "looked": 8, "watched": 1},
    }


async def test_readiness_waits_for_the_worker() -> None:
    carrier = HandCarrier(up=False)
    task = asyncio.create_task(frames.run_with(carrier))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert "proctoring is starting." in readiness.problem()
    carrier.mark_up()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert "proctoring" not in readiness.problem()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_without_a_running_server_frames_are_dropped_and_nothing_breaks() -> None:
    frames.submit(1, b"jpeg", 0)
    frames.unsubscribe(1, print)
    expected = {"provider": "mediapipe", "loaded": False, "ready": False, "detail": "not running in this process"}
    assert frames.status() == expected


def test_the_way_of_frames_follows_from_the_settings(settings: Any) -> None:
    settings.REDIS_URL = ""
    assert isinstance(frames.choose_carrier(), ChildCarrier)
    hooks.left_out.add("proctoring")
    try:
        assert frames.choose_carrier() is None
    finally:
        hooks.left_out.discard("proctoring")
    settings.REDIS_URL = "redis://localhost"
    assert isinstance(frames.choose_carrier(), LayerCarrier)


def test_the_server_starts_and_stops_it() -> None:
    assert frames.run in hooks.on_ready
    assert frames.stop in hooks.on_shutdown
