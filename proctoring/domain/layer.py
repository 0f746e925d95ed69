"""With Redis: workers are services of their own (`manage.py runworker proctoring`), reached by the channel layer."""

import asyncio
from typing import Any

from channels.exceptions import ChannelFull
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from proctoring.domain.carrier import Carrier, OnAnswer, OnLost
from proctoring.domain.latest import Frame
from proctoring.domain.looking import HELLO, decode_answer

CHANNEL = "proctoring"
GREETING_SECONDS = 5.0
SILENCE_SECONDS = 16.0  # three greetings and some patience: no worker is there


class LayerCarrier(Carrier):
    """Several servers may share several workers, so more frames travel at once than to a child."""

    name = "channel layer"
    limit = 8

    def __init__(self) -> None:
        super().__init__()
        self.full = 0
        self.detail = "no worker has answered yet: run manage.py runworker proctoring"
        self._reply = ""
        self._heard_at = 0.0
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self, on_answer: OnAnswer, on_lost: OnLost) -> None:
        layer = get_channel_layer()
        # Without a prefix of its own: on Redis the sockets of this process and this channel fetch for each other only
        # where all share one prefix; with two, whoever fetches first starves the others.
        self._reply = await layer.new_channel()
        greeting = asyncio.create_task(self._greet())
        try:
            while True:
                message = await self._receive(layer)
                if message is not None:
                    self._heard()
                    on_answer(decode_answer(message["answer"]))
        finally:
            greeting.cancel()
            self.mark_down("stopped")

    def send(self, ticket: int, frame: Frame, *, thorough: bool) -> bool:
        if not self._reply:
            return False
        message = {"type": "frame", "ticket": ticket, "jpeg": frame.jpeg, "thorough": thorough, "reply": self._reply}
        task = asyncio.get_running_loop().create_task(self._send(message))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return True

    async def _send(self, message: dict[str, Any]) -> None:
        """A frame that cannot be sent is given up by its time-out; the next one of its interview is newer."""
        try:
            await get_channel_layer().send(CHANNEL, message)
        except ChannelFull:
            self.full += 1
        except (OSError, RedisError):
            self.mark_down("the channel layer does not answer")

    def _heard(self) -> None:
        self.mark_up()
        self._heard_at = asyncio.get_running_loop().time()

    async def _greet(self) -> None:
        """Ask again and again whether a worker is there."""
        while True:
            await self._send({"type": "hello", "ticket": HELLO, "reply": self._reply})
            await asyncio.sleep(GREETING_SECONDS)
            if self.ready and asyncio.get_running_loop().time() - self._heard_at > SILENCE_SECONDS:
                self.mark_down("no worker answers: run manage.py runworker proctoring")

    async def _receive(self, layer: Any) -> dict[str, Any] | None:
        try:
            message: dict[str, Any] = await layer.receive(self._reply)
        except (OSError, RedisError):
            self.mark_down("the channel layer does not answer")
            await asyncio.sleep(1.0)
            return None
        return message
