"""From frames to stored and told signals, with the worker and the clock in the test's hand."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from interviews.models import Interview
from proctoring.domain.hub import FrameHub
from proctoring.domain.latest import Frame
from proctoring.domain.subscriptions import Subscriptions
from proctoring.domain.timeline import Signal
from proctoring.domain.writer import Writer
from proctoring.models import ProctoringEvent
from tests.proctoring.conftest import HandCarrier, report

pytestmark = pytest.mark.django_db(transaction=True)


class Scene:
    """A hub with one interview whose candidate listens."""

    def __init__(self, interview: Interview, carrier: HandCarrier) -> None:
        self.interview = interview
        self.carrier = carrier
        self.now = 100.0
        self.told: list[Signal] = []
        self.writer = Writer()
        self.subscriptions = Subscriptions()
        self.subscriptions.add(interview.pk, self.told.append)
        self.hub = FrameHub(carrier, self.writer, self.subscriptions, clock=lambda: self.now)
        carrier.connect(self.hub._answered, self.hub._lost)

    def submit(self, at_ms: int = 0, interview_id: int | None = None) -> None:
        self.hub.submit(Frame(interview_id or self.interview.pk, b"jpeg", at_ms))

    def show(self, *faces: int, start_ms: int = 0, blank: bool = False) -> None:
        """One answered frame a second with so many faces each."""
        for number, count in enumerate(faces):
            self.submit(start_ms + number * 1000)
            self.carrier.answer(report(count, blank=blank))

    async def settle(self) -> None:
        """Until everything noticed so far is stored and told."""
        await asyncio.get_running_loop().run_in_executor(None, self.writer.flush)
        await asyncio.sleep(0)  # what the writer's futures scheduled on this loop
        await asyncio.sleep(0)

    async def rows(self) -> list[dict[str, Any]]:
        await self.settle()
        fields = ("signal", "at_ms", "until_ms", "notified")
        return [row async for row in ProctoringEvent.objects.order_by("id").values(*fields)]


def row(signal: str, at_ms: int, until_ms: int | None = None, *, notified: bool = True) -> dict[str, Any]:
    return {"signal": signal, "at_ms": at_ms, "until_ms": until_ms, "notified": notified}


@pytest.fixture
async def scene(interview: Interview) -> AsyncIterator[Scene]:
    scene = Scene(interview, HandCarrier())
    yield scene
    await scene.settle()


async def test_three_frames_with_two_people_make_one_event(scene: Scene) -> None:
    scene.show(1, 2, 2)
    assert await scene.rows() == []
    scene.show(2, 2, 2, start_ms=3000)
    assert await scene.rows() == [row("multiple_faces", 1000)]
    event = await ProctoringEvent.objects.aget()
    assert [signal.payload() for signal in scene.told] == [
        {
            "text": "More than one person is in view, which may be cheating.",
            "signal": "multiple_faces",
            "event_id": event.pk,
        }
    ]
    assert event.detail == {"faces": 2, "boxes": [[0.0, 0.2, 0.05, 0.1], [0.1, 0.2, 0.05, 0.1]], "brightness": 120}


async def test_an_episode_ends_and_the_next_is_another_event(scene: Scene) -> None:
    scene.show(2, 2, 2, 1, 1, 1, 2, 2, 2)
    assert await scene.rows() == [row("multiple_faces", 0, 2000), row("multiple_faces", 6000)]
    assert len(scene.told) == 2


async def test_what_could_not_be_stored_is_raised_again_while_it_lasts(scene: Scene) -> None:
    scene.hub.writer = Writer(limit=0)  # a database that does not keep up
    scene.show(2, 2, 2)
    assert (await scene.rows(), scene.told) == ([], [])
    scene.hub.writer = scene.writer
    scene.show(2, 2, 2, start_ms=3000)
    assert await scene.rows() == [row("multiple_faces", 3000)]
    assert len(scene.told) == 1


async def test_nobody_in_view_and_a_covered_lens(scene: Scene, settings: Any) -> None:
    settings.CANDIDATE_SIGNALS = ["camera_covered"]
    scene.show(0, 0, 0)
    scene.show(0, 0, 0, start_ms=3000, blank=True)
    assert await scene.rows() == [row("no_face", 0, 2000, notified=False), row("camera_covered", 3000)]
    assert [signal.signal for signal in scene.told] == ["camera_covered"]


async def test_a_frame_of_an_interview_is_in_flight_and_the_latest_is_next(scene: Scene) -> None:
    for at_ms in range(0, 5000, 1000):
        scene.submit(at_ms)
    assert [frame.at_ms for _ticket, frame, _thorough in scene.carrier.sent] == [0]
    scene.carrier.answer(report())
    assert [frame.at_ms for _ticket, frame, _thorough in scene.carrier.sent] == [0, 4000]
    assert scene.hub.counters() == {"looked": 1, "dropped": 3, "refused": 0, "in_flight": 1, "watched": 1}


async def test_looks_are_quick_while_many_interviews_wait(interview: Interview) -> None:
    scene = Scene(interview, HandCarrier(limit=1))
    for interview_id in (1, 2, 3, 4):
        scene.submit(interview_id=interview_id)
    for _ in range(3):
        scene.carrier.answer(report())
    assert [thorough for _ticket, _frame, thorough in scene.carrier.sent] == [True, False, True, True]


async def test_frames_wait_for_a_worker_that_is_not_up_yet(interview: Interview) -> None:
    scene = Scene(interview, HandCarrier(up=False))
    scene.submit(0)
    scene.submit(1000)
    assert scene.carrier.sent == []
    scene.carrier.hello()
    assert [frame.at_ms for _ticket, frame, _thorough in scene.carrier.sent] == [1000]


async def test_a_frame_that_cannot_be_sent_is_dropped(scene: Scene) -> None:
    scene.carrier.accepts = False
    scene.submit()
    assert scene.hub.counters()["dropped"] == 1
    scene.carrier.accepts = True
    scene.submit(1000)
    assert len(scene.carrier.sent) == 1


async def test_a_refused_frame_counts_neither_way(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    scene.show(2, 2)
    scene.submit(2000)
    scene.carrier.answer("unreadable")
    scene.show(2, start_ms=3000)
    assert await scene.rows() == [row("multiple_faces", 0)]
    assert scene.hub.counters()["refused"] == 1
    assert "A camera frame was refused: unreadable" in caplog.messages


async def test_a_worker_that_ends_loses_what_was_in_flight_only(scene: Scene) -> None:
    scene.show(2, 2)
    scene.submit(2000)
    scene.carrier.on_lost()
    assert scene.hub.counters()["dropped"] == 1
    scene.show(2, start_ms=3000)
    assert await scene.rows() == [row("multiple_faces", 0)]


async def test_a_late_answer_is_nobodys(scene: Scene) -> None:
    scene.submit(0)
    scene.carrier.on_lost()
    scene.carrier.answer(report(2))
    assert scene.hub.counters()["looked"] == 0


async def test_a_worker_that_owes_an_answer_too_long_is_reported_stuck(scene: Scene) -> None:
    scene.submit(0)
    scene.now += 10
    scene.hub.sweep()
    assert scene.carrier.stuck_calls == 0
    scene.now += 0.1
    scene.submit(1000)
    scene.hub.sweep()
    assert scene.carrier.stuck_calls == 1
    assert [frame.at_ms for _ticket, frame, _thorough in scene.carrier.sent] == [0, 1000]


async def test_an_idle_interview_is_forgotten_and_its_episode_ended(scene: Scene) -> None:
    scene.show(2, 2, 2)
    scene.now += 60
    scene.hub.sweep()
    assert scene.hub.watched == 1
    scene.now += 0.1
    scene.hub.sweep()
    assert scene.hub.watched == 0
    assert await scene.rows() == [row("multiple_faces", 0, 2000)]


async def test_nobody_is_told_after_leaving(scene: Scene) -> None:
    scene.subscriptions.remove(scene.interview.pk, scene.told.append)
    scene.show(2, 2, 2)
    assert await scene.rows() == [row("multiple_faces", 0, notified=False)]
    assert scene.told == []


async def test_one_sessions_fault_is_not_anothers(scene: Scene) -> None:
    def fail(signal: Signal) -> None:
        raise RuntimeError

    late: list[Signal] = []
    scene.subscriptions.remove(scene.interview.pk, scene.told.append)
    scene.subscriptions.add(scene.interview.pk, fail)
    scene.subscriptions.add(scene.interview.pk, late.append)
    scene.show(2, 2, 2)
    await scene.settle()
    assert len(late) == 1


async def test_an_interview_that_is_gone_breaks_nothing(scene: Scene) -> None:
    await Interview.objects.filter(pk=scene.interview.pk).adelete()
    scene.show(2, 2, 2, 1, 1, 1)
    assert await scene.rows() == []


async def test_two_interviews_are_kept_apart(scene: Scene) -> None:
    other = scene.interview.pk + 1
    for number in range(2):
        scene.show(2, start_ms=number * 1000)
        scene.submit(number * 1000, interview_id=other)
        scene.carrier.answer(report(2))
    assert await scene.rows() == []


async def test_cancelling_ends_open_episodes(scene: Scene) -> None:
    running = asyncio.create_task(asyncio.wait_for(scene.hub.run(), 10))
    scene.carrier.mark_down("as if waiting")
    await asyncio.sleep(0)
    scene.carrier.mark_up()
    scene.show(2, 2, 2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await scene.rows() == [row("multiple_faces", 0, 2000)]
