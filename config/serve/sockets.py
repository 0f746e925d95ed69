"""Daphne's WebSocket protocol with bounds in both directions.

Daphne alone puts every incoming message into an unbounded queue and every outgoing one into an unbounded buffer.
Here reading stops while the application lags, and a peer that does not read is cut.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from autobahn.websocket.types import ConnectionDeny
from daphne.ws_protocol import WebSocketProtocol
from prometheus_client import Counter, Gauge
from twisted.internet import tcp
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from config.serve import frames

logger = logging.getLogger(__name__)

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
MAX_QUEUED_MESSAGES = 256
MAX_QUEUED_BYTES = 2 * MAX_MESSAGE_BYTES
MAX_UNSENT_BYTES = 2 * MAX_MESSAGE_BYTES
STALL_SECONDS = 10.0

open_sockets = Gauge("viva_open_sockets", "WebSocket connections that are open")
slowed_senders = Counter("viva_slowed_senders", "Times that reading from a socket was paused")
stalled_readers = Counter("viva_stalled_readers", "Sockets cut because their peer did not read")


class InputQueue(asyncio.Queue[dict[str, Any]]):
    """The application's unread messages, with their size. `taken` is called after each that the application takes."""

    def __init__(self, taken: Callable[[], None]) -> None:
        super().__init__()
        self.taken = taken
        self.bytes = 0

    def _put(self, item: dict[str, Any]) -> None:
        self.bytes += size_of(item)
        super()._put(item)

    def _get(self) -> dict[str, Any]:
        item: dict[str, Any] = super()._get()
        self.bytes -= size_of(item)
        self.taken()
        return item

    def is_full(self) -> bool:
        return self.qsize() > MAX_QUEUED_MESSAGES or self.bytes > MAX_QUEUED_BYTES

    def is_short(self) -> bool:
        return self.qsize() <= MAX_QUEUED_MESSAGES // 2 and self.bytes <= MAX_QUEUED_BYTES // 2


def size_of(message: dict[str, Any]) -> int:
    return len(message.get("text") or message.get("bytes") or "")


@implementer(IPushProducer)
class WriteGuard:
    """Registered as the transport's producer, it learns when the write buffer fills and when it is empty again."""

    def __init__(self, transport: Any) -> None:
        self.transport = transport
        self.timer: asyncio.TimerHandle | None = None
        self.unsent = 0

    def pauseProducing(self) -> None:  # noqa: N802  # Twisted's name
        if self.timer is None:
            self.timer = asyncio.get_running_loop().call_later(STALL_SECONDS, self.cut)

    def resumeProducing(self) -> None:  # noqa: N802
        self.unsent = 0
        self.stop()

    def stopProducing(self) -> None:  # noqa: N802
        self.stop()

    def wrote(self, size: int) -> None:
        """Count what was written while the peer reads nothing."""
        if self.timer is not None:
            self.unsent += size
            if self.unsent > MAX_UNSENT_BYTES:
                self.cut()

    def stop(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def cut(self) -> None:
        self.stop()
        stalled_readers.inc()
        logger.warning("A client did not read for %s s or left %s bytes unread: cut", STALL_SECONDS, self.unsent)
        self.transport.abortConnection()


class BoundedSocket(WebSocketProtocol):  # type: ignore[misc]  # daphne has no types
    """One connection. `application_queue` is an `InputQueue` (see `server.VivaServer.create_application`)."""

    data: bytes  # Autobahn's: received, not read yet
    guard: WriteGuard | None = None
    reading_paused = False
    writes_at_once = False

    def onConnect(self, request: Any) -> Any:  # noqa: N802
        if self.factory.server_class.stopping:
            raise ConnectionDeny(503, "Server going away")  # type: ignore[no-untyped-call]
        return super().onConnect(request)

    def onOpen(self) -> None:  # noqa: N802
        super().onOpen()
        open_sockets.inc()
        self.guard = WriteGuard(self.transport)
        self.transport.unregisterProducer()  # the HTTP channel's, left from before the upgrade
        self.transport.registerProducer(self.guard, True)
        self.writes_at_once = isinstance(self.transport, tcp.Connection) and not self.transport.TLS

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        # Autobahn's own colours the words of a debug line for each piece of data, which nobody reads: 3% of a frame.
        self._dataReceived(data)

    def processData(self) -> bool:  # noqa: N802
        """Take one frame from the data, and say whether to go on.

        A whole message is read at once, all else by Autobahn, whose steps for fragments, compression and listeners
        take longer than all that a voice frame needs besides.
        """
        # While a pong is waited for Autobahn takes every frame: to it any is a sign of life.
        waits = self.current_frame is not None or self.inside_message or self.autoPingTimeoutCall is not None
        usual = self.state == self.STATE_OPEN and not waits
        whole = frames.whole_text(self.data) if usual else None
        if whole is None:
            return bool(super().processData())
        payload, size = whole
        self.data = self.data[size:]
        self.onMessage(payload, False)
        return bool(self.data)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        super().onMessage(payload, isBinary)
        if self.application_queue.is_full() and not self.reading_paused:
            self.reading_paused = True
            slowed_senders.inc()
            self.transport.pauseProducing()

    def message_taken(self) -> None:
        if self.reading_paused and self.application_queue.is_short():
            self.reading_paused = False
            self.transport.resumeProducing()

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:  # noqa: N802
        if self.state == self.STATE_OPEN and not (sync or chopsize or self.send_queue):
            self._write(data)  # as Autobahn does, which then colours the words of another debug line
        else:
            super().sendData(data, sync, chopsize)
        if self.guard is not None:
            self.guard.wrote(len(data))

    def _write(self, data: bytes) -> None:
        """At once, where nothing waits to be written: Twisted would wait for the event loop to come round to it."""
        transport = self.transport
        if self.writes_at_once and transport.connected and not (transport.dataBuffer or transport._tempDataLen):
            written = transport.writeSomeData(data)
            if written == len(data):
                return
            if isinstance(written, int):
                data = data[written:]
        transport.write(data)

    def check_timeouts(self) -> None:
        if self.reading_paused:
            # A pong would lie unread behind the data, and its absence would close a healthy connection.
            self.last_ping = time.time()
        super().check_timeouts()

    def _closeConnection(self, abort: bool = False) -> None:  # noqa: N802
        # Twisted does not close a transport whose producer it has paused.
        if self.guard is not None:
            self.transport.unregisterProducer()
        super()._closeConnection(abort)

    def onClose(self, wasClean: bool, code: int, reason: str) -> None:  # noqa: N802, N803
        if self.guard is not None:
            self.guard.stop()
            self.guard = None
            open_sockets.dec()
        if self in self.factory.server_class.connections:
            super().onClose(wasClean, code, reason)
