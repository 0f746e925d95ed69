"""The worker as a service: frames and answers by the channel layer (in memory, or Redis in the second run)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from channels.layers import get_channel_layer
from channels.testing import ApplicationCommunicator
from channels.worker import Worker

from config.routing import channels
from proctoring.domain.latest import Frame
from proctoring.domain.layer import CHANNEL, LayerCarrier
from proctoring.domain.looking import HELLO, Answer, decode_answer
from tests.proctoring.conftest import picture

PATIENCE = 30


class Service:
    """A running `runworker proctoring` and the server's end of it."""

    def __init__(self) -> None:
        self.carrier = LayerCarrier()
        self.answers: asyncio.Queue[Answer] = asyncio.Queue()
        self.tasks = [asyncio.create_task(self.carrier.run(self.answers.put_nowait, lambda: None))]

    def start_worker(self) -> None:
        worker = Worker(application=channels, channels=[CHANNEL], channel_layer=get_channel_layer())
        self.tasks.append(asyncio.create_task(worker.listener(CHANNEL)))

    async def answer(self) -> Answer:
        """The next answer that is no greeting."""
        while (answer := await asyncio.wait_for(self.answers.get(), PATIENCE)).ticket == HELLO:
            pass
        return answer

    async def stop(self) -> None:
        for task in self.tasks:
            task.cancel()
        for task in self.tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await get_channel_layer().flush()


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    await get_channel_layer().flush()
    service = Service()
    yield service
    await service.stop()


async def test_the_service_answers_frames(service: Service) -> None:
    service.start_worker()
    assert await asyncio.wait_for(service.answers.get(), PATIENCE) == Answer(HELLO)
    assert (service.carrier.ready, service.carrier.detail) == (True, "")
    assert service.carrier.send(1, Frame(5, picture("two_people"), 0), thorough=False)
    found = await service.answer()
    service.carrier.send(2, Frame(5, b"nothing", 0), thorough=True)
    assert found.report is not None
    assert (found.ticket, len(found.report.faces), found.report.thorough) == (1, 2, False)
    assert await service.answer() == Answer(2, error="unreadable")


async def test_without_a_worker_nothing_is_ready_and_the_operator_is_told() -> None:
    service = Service()
    await asyncio.sleep(0)
    assert (service.carrier.ready, "manage.py runworker proctoring" in service.carrier.detail) == (False, True)
    await service.stop()


async def test_a_full_channel_drops_the_frame(service: Service) -> None:
    layer = get_channel_layer()
    for _ in range(layer.capacity + 1):
        with contextlib.suppress(Exception):
            await layer.send(CHANNEL, {"type": "hello", "reply": "x"})
    service.carrier._reply = "reply"
    assert service.carrier.send(1, Frame(5, b"jpeg", 0), thorough=True)
    await asyncio.gather(*service.carrier._sending)
    assert service.carrier.full >= 1


async def test_the_consumer_answers_where_it_is_asked_to() -> None:
    layer = get_channel_layer()
    reply = await layer.new_channel()
    consumer = ApplicationCommunicator(channels, {"type": "channel", "channel": CHANNEL})
    frame = {"type": "frame", "ticket": 9, "jpeg": picture("empty_room"), "thorough": True, "reply": reply}
    await consumer.send_input(frame)
    message = await asyncio.wait_for(layer.receive(reply), PATIENCE)
    answer = decode_answer(message["answer"])
    assert answer.report is not None
    assert (message["type"], answer.ticket, answer.report.faces) == ("answer", 9, ())
    await consumer.wait(timeout=0.01)
