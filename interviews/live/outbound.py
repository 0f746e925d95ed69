"""The way out to the candidate: everything in order, partial texts only while there is room for them."""

import asyncio
from typing import Any, Protocol

from interviews.live.errors import LiveError
from interviews.live.messages import AsrFinal, AsrPartial, Message


class Transport(Protocol):
    """What carries a session: a socket now, a room later. Sending to a client that has gone does nothing."""

    async def send(self, message: Message | dict[str, Any]) -> None:
        """Send one message; a dictionary is a stored one, sent again. May wait for a slow client."""

    async def refuse(self, error: LiveError) -> None:
        """Tell the client that what it asked for cannot be done."""

    async def answered(self, text: str) -> None:
        """A turn is over and stored; `text` is all that answered it, never empty."""

    async def close(self, code: int) -> None: ...


class Outbound:
    """One connection's messages. At most one partial text waits; a newer one takes its place, a final one drops it."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._partial: AsrPartial | None = None
        self._pump: asyncio.Task[None] | None = None
        self._sending = 0
        self._room = asyncio.Event()
        self._room.set()

    async def send(self, message: Message | dict[str, Any]) -> None:
        if isinstance(message, AsrFinal):
            self.drop_partial(message.utterance_id)
        self._sending += 1
        self._room.clear()
        try:
            await self._transport.send(message)
        finally:
            self._sending -= 1
            if not self._sending:
                self._room.set()

    def partial(self, message: AsrPartial) -> None:
        """Send it when nothing else is on its way; called from within the event loop, returns at once."""
        self._partial = message
        if self._pump is None or self._pump.done():
            self._pump = asyncio.get_running_loop().create_task(self._send_partials())

    def drop_partial(self, utterance_id: str) -> None:
        """The final text is here: nothing may follow it."""
        if self._partial is not None and self._partial.utterance_id == utterance_id:
            self._partial = None

    async def close(self) -> None:
        self._partial = None
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)

    async def _send_partials(self) -> None:
        while self._partial is not None:
            await self._room.wait()
            message, self._partial = self._partial, None
            if message is not None:
                await self.send(message)
