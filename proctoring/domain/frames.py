"""The door for live sessions: camera frames in, signals out. Everything here returns at once, on the event loop."""

import asyncio
import logging
import sys
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from config.serve import hooks
from config.serve import status as readiness
from config.serve.supervisor import Child, Supervisor
from proctoring.domain.carrier import Carrier
from proctoring.domain.child import ChildCarrier
from proctoring.domain.hub import FrameHub
from proctoring.domain.latest import Frame
from proctoring.domain.signals import MAX_AT_MS
from proctoring.domain.subscriptions import Callback, subscriptions
from proctoring.domain.writer import writer

logger = logging.getLogger(__name__)

PART = "proctoring"
READY_SECONDS = 20.0
RUNWORKER = (sys.executable, str(settings.BASE_DIR / "manage.py"), "runworker", PART)


@dataclass(slots=True)
class Door:
    """The process's one hub, while the server runs."""

    hub: FrameHub | None = None


_door = Door()


def submit(interview_id: int, jpeg: bytes, at_ms: int) -> None:
    """Have a frame looked at. A newer one of the same interview takes the place of one that still waits.

    `jpeg` is checked by the worker, not here; `at_ms` counts on the clock of the interview's timeline.
    """
    if _door.hub is not None:
        _door.hub.submit(Frame(interview_id, jpeg, min(max(0, at_ms), MAX_AT_MS)))


def subscribe(interview_id: int, callback: Callback) -> None:
    """Have `callback(Signal)` called on the event loop for each stored event the candidate is to be told of."""
    subscriptions.add(interview_id, callback)


def unsubscribe(interview_id: int, callback: Callback) -> None:
    subscriptions.remove(interview_id, callback)
    if _door.hub is not None and not subscriptions.has(interview_id):
        _door.hub.drop(interview_id)


def status() -> dict[str, Any]:
    """`{provider, loaded, ready, detail, …}` for `GET /api/ai/models/status`, with counters beside."""
    hub = _door.hub
    if hub is None:
        return {"provider": "mediapipe", "loaded": False, "ready": False, "detail": "not running in this process"}
    carrier = hub.carrier
    known = {"provider": "mediapipe", "loaded": carrier.ready, "ready": carrier.ready, "detail": carrier.detail}
    return {**known, "carrier": carrier.name, "counters": hub.counters()}


def choose_carrier() -> Carrier | None:
    """Frames travel by the channel layer where there is Redis, else to a child, if this process may have one."""
    if settings.REDIS_URL:
        from proctoring.domain.layer import LayerCarrier  # brings the Redis library, which takes a while to load

        return LayerCarrier()
    return ChildCarrier() if hooks.wanted(PART) else None


async def run() -> None:
    """Background task of the server, until cancelled."""
    carrier = choose_carrier()
    if carrier is None:
        logger.warning(
            "No proctoring: this server was told to leave it out, and without REDIS_URL nothing else does it"
        )
        return
    await run_with(carrier)


async def run_with(carrier: Carrier) -> None:
    """As `run`, with a carrier of the caller's."""
    _door.hub = FrameHub(carrier, writer, subscriptions)
    helpers = [asyncio.create_task(_report_ready(carrier))]
    if settings.REDIS_URL and hooks.wanted(PART):
        helpers.append(asyncio.create_task(Supervisor(Child(PART, RUNWORKER)).run()))
    try:
        await _door.hub.run()
    finally:
        _door.hub = None
        for helper in helpers:
            helper.cancel()
        await asyncio.gather(*helpers, return_exceptions=True)


async def stop() -> None:
    """At shutdown, after `run` was cancelled: wait until what was noticed is stored."""
    await asyncio.get_running_loop().run_in_executor(None, writer.flush)


async def _report_ready(carrier: Carrier) -> None:
    """`/readyz/` waits for the worker, but not for ever: an interview without proctoring is better than none."""
    readiness.waits_for(PART, "proctoring is starting.")
    try:
        async with asyncio.timeout(READY_SECONDS):
            await carrier.up.wait()
    except TimeoutError:
        logger.warning("The proctoring worker is not up after %.0f s: going on without it", READY_SECONDS)
    finally:
        readiness.is_up(PART)
