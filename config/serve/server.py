"""Daphne's server with bounded sockets, background tasks, and a shutdown that loses nothing."""

import asyncio
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

# Importing daphne.server installs the asyncio reactor: it has to come before anything else of Twisted.
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from twisted.internet import defer

from config.serve import background, hooks, requests, status
from config.serve.sockets import MAX_MESSAGE_BYTES, BoundedSocket, InputQueue

logger = logging.getLogger(__name__)

GOING_AWAY = 4012
GRACE_SECONDS = 3.0


class VivaServer(Server):  # type: ignore[misc]  # daphne has no types
    """`tasks` are coroutine functions that run beside the sockets until the server stops."""

    def __init__(self, application: Any, host: str, port: int, tasks: Iterable[hooks.Hook] = ()) -> None:
        super().__init__(
            application,
            endpoints=build_endpoint_description_strings(host=host, port=port),
            websocket_max_message_size=MAX_MESSAGE_BYTES,
            websocket_max_frame_size=MAX_MESSAGE_BYTES,
            ready_callable=self.begin,
            verbosity=0,
            server_name="",
        )
        self.stopping = False
        self.failure = ""
        self.jobs = tuple(tasks)
        self.running: list[asyncio.Task[None]] = []
        self.ports: list[Any] = []

    def begin(self) -> None:
        """Runs once the factories exist and before the first connection is accepted."""
        requests.bound(self.http_factory)
        self.ws_factory.protocol = BoundedSocket
        self.ws_factory.setProtocolOptions(failByDrop=False)  # close with a code instead of a cut
        loop = asyncio.get_event_loop()
        self.running = [loop.create_task(background.run_on(job)) for job in (*self.jobs, *hooks.on_ready)]
        status.is_up("server")

    def listen_success(self, port: Any) -> None:
        self.ports.append(port)
        super().listen_success(port)

    def listen_error(self, failure: Any) -> None:
        self.failure = failure.getErrorMessage()
        self.stop()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """As Daphne's, with a bounded queue for sockets."""
        if scope["type"] != "websocket":
            return super().create_application(protocol, scope)
        queue = InputQueue(protocol.message_taken)
        instance = self.application(scope, queue.get, partial(self.handle_reply, protocol))
        self.connections[protocol]["application_instance"] = asyncio.ensure_future(instance)
        return queue

    def kill_all_applications(self) -> defer.Deferred[None]:
        """Daphne calls it before the reactor stops; it waits for what is returned."""
        return defer.Deferred.fromFuture(asyncio.ensure_future(self.finish()))

    async def finish(self) -> None:
        """Refuse new sockets, close the open ones, wait for their applications, then for the rest."""
        self.stopping = True
        for port in self.ports:
            port.stopListening()
        await background.finish(hook() for hook in hooks.on_stopping)
        for protocol in list(self.connections):
            if isinstance(protocol, BoundedSocket):
                close(protocol)
        await self.wait_for_applications()
        await background.finish(hook() for hook in hooks.on_shutdown)
        await background.cancel(self.running)

    async def wait_for_applications(self) -> None:
        instances = [details.get("application_instance") for details in self.connections.values()]
        pending = [instance for instance in instances if instance and not instance.done()]
        if not pending:
            return
        _, late = await asyncio.wait(pending, timeout=GRACE_SECONDS)
        if late:
            logger.warning("%s connections were not done after %s s: cancelled", len(late), GRACE_SECONDS)
            await background.cancel(late)


def close(protocol: BoundedSocket) -> None:
    if protocol.state == protocol.STATE_CONNECTING:
        protocol.serverReject()
    else:
        protocol.serverClose(GOING_AWAY)
