"""What other processes have to say to live sessions: by the channel layer where there is Redis, else by polling."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from redis.exceptions import RedisError

from interviews.coding import runs
from interviews.domain import outbox
from interviews.domain.recording.ending import WITHDRAWN
from interviews.engine import Ending
from interviews.live.registry import Registry
from interviews.live.store import Store
from proctoring.domain.subscriptions import subscriptions
from proctoring.domain.timeline import Signal

log = logging.getLogger(__name__)

POLL_S = 0.5
LAYER_S = 2.0


class Mailbox:
    """One a process, for all of its sessions."""

    def __init__(self, sessions: Registry, store: Store) -> None:
        self._sessions = sessions
        self._store = store

    async def run(self) -> None:
        """Deliver until cancelled."""
        if settings.REDIS_URL:
            await self._listen()
        else:
            await self._poll()

    def deliver(self, interview_id: int, kind: str, payload: dict[str, Any] | None = None) -> None:
        """Tell the interview's session, if it lives here. Unknown kinds are for other readers."""
        if kind == outbox.SIGNAL and payload:
            subscriptions.deliver(Signal(interview_id, **payload))
        session = self._sessions.find(interview_id)
        if session is not None and kind == "stop":
            session.spawn(session.end(Ending.STOPPED))
        elif session is not None and kind == WITHDRAWN:
            session.spawn(session.stop_recording())
        elif session is not None and kind == runs.JUDGED:
            session.spawn(session.code.tell())

    async def _poll(self) -> None:
        reader = outbox.Reader()
        await self._store.read(reader.begin)
        while True:
            await asyncio.sleep(POLL_S)
            for row in await self._store.read(reader.take):
                self.deliver(row.interview_id, row.kind, row.payload)

    async def _listen(self) -> None:
        layer: Any = get_channel_layer()
        # No prefix of its own: on Redis a process receives on one prefix only, and proctoring's answers come to it too.
        channel = await layer.new_channel()
        self._sessions.on_enter = lambda number: _or_without(layer.group_add(outbox.group(number), channel))
        self._sessions.on_leave = lambda number: _or_without(layer.group_discard(outbox.group(number), channel))
        for session in self._sessions:  # opened before, or before a fault that began this anew
            await layer.group_add(outbox.group(session.interview_id), channel)
        while True:
            message = await layer.receive(channel)
            self.deliver(message["interview_id"], message["kind"], message.get("payload"))


async def _or_without(call: Awaitable[None]) -> None:
    """An interview goes on while Redis is down: its checkpoints read a stop, and `_listen` begins anew after."""
    try:
        async with asyncio.timeout(LAYER_S):
            await call
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("the channel layer does not answer: %s", type(error).__name__)
