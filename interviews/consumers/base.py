"""What every socket of an interview shares: who calls, the `Transport` of a session, and what a client may do to us."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import msgspec
from autobahn.exception import Disconnected
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from accounts.models import User
from config import api
from interviews.consumers import identity
from interviews.consumers.limits import ERRORS_IN_A_ROW, AudioSpeed, Pace
from interviews.live import store
from interviews.live.engines import Engines
from interviews.live.errors import NOT_THE_CLIENTS, ErrorCode, LiveError
from interviews.live.faults import log_fault
from interviews.live.messages import Error, Message
from interviews.live.opening import House
from interviews.live.registry import sessions
from interviews.live.session import LiveSession
from interviews.live.store import Store

log = logging.getLogger(__name__)

TOO_MANY_ERRORS, UNAUTHENTICATED, TOO_FAST = 4400, 4401, 4429
IN_ONE_GO = 8  # messages
_encode = msgspec.json.Encoder().encode


class InterviewConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """One connection of one candidate; also the `Transport` of its session.

    A socket costs one task: messages are awaited one after the other, so that a session which waits (a full inbox)
    slows its sender down. No channel layer: what other processes have to say comes through `live.mailbox`.
    """

    def __init__(self, engines: Engines | None = None, door: Store | None = None) -> None:
        super().__init__()
        self.house = House(door or store.default(), engines or Engines(), sessions)
        self.user: User | None = None
        self.session: LiveSession | None = None
        self.language = settings.DEFAULT_LANGUAGE
        self.closing = False
        self.errors_in_a_row = 0
        self.media_refused = False

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        self.scope, self.base_send = scope, send
        time = asyncio.get_running_loop().time
        self.speed, self.pace = AudioSpeed(settings.MAX_AUDIO_SPEED, time), Pace(time)
        try:
            for number in count(1):
                await self.dispatch(await receive())
                if number % IN_ONE_GO == 0:
                    # Queued messages are taken without a pause: other sockets want their turn.
                    await asyncio.sleep(0)
        except StopConsumer:
            pass
        finally:
            await self.leave()

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As Channels', without closing old database connections before every message: nothing here opens any."""
        if message["type"] == "websocket.receive":
            await self.receive(message.get("text") or message.get("bytes") or b"")
        elif message["type"] == "websocket.connect":
            await self.connect()
        else:
            raise StopConsumer

    # --- what comes in ---------------------------------------------------------------------------------------------

    async def connect(self) -> None:
        await self.accept()
        self.language = identity.language_of(self.scope)
        self.user = await identity.user_of(self.scope, self.house.store)
        if self.user is None:
            await self.tell_error(ErrorCode.UNAUTHENTICATED)
            await self.close(UNAUTHENTICATED)
            return
        self.language = self.user.language or self.language
        await self.welcome(self.user)

    async def welcome(self, user: User) -> None:
        """The caller is known: say so, or begin."""
        raise NotImplementedError

    async def receive(self, raw: str | bytes) -> None:
        """Read one message and act on it. Never raises for anything that a client sends."""
        if self.closing:
            return
        try:
            await self.take(raw)
        except LiveError as error:
            await self.refuse(error)
        except Exception as error:  # noqa: BLE001  # logged; a fault of ours must not look like a lost network
            log_fault(log, self.session.interview_id if self.session else 0, error)
            await self.refuse(LiveError(ErrorCode.INTERNAL))

    async def take(self, raw: str | bytes) -> None:
        """Decode one message and do what it asks. Raises LiveError."""
        raise NotImplementedError

    async def cut_off(self) -> None:
        """Audio comes faster than it may: close."""
        await self.tell_error(ErrorCode.TOO_FAST)
        await self.close(TOO_FAST)

    async def refuse_media(self, code: ErrorCode) -> None:
        """Sound that cannot be used now: one error, the rest is dropped uncounted."""
        if not self.media_refused:
            self.media_refused = True
            await self.tell_error(code)

    # --- what goes out (the session's `Transport`) -----------------------------------------------------------------

    async def send(self, message: Message | dict[str, Any]) -> None:
        if not self.closing:
            await self._transmit({"type": "websocket.send", "text": _encode(message).decode()})

    async def answered(self, text: str) -> None:
        """Nothing to say: its utterances were sent one by one."""

    async def refuse(self, error: LiveError) -> None:
        """Answer with an `error`; after twenty of the client's own in a row the connection is closed."""
        await self._send_error(error)
        if error.code not in NOT_THE_CLIENTS:
            await self.count_error()

    async def count_error(self) -> None:
        self.errors_in_a_row += 1
        if self.errors_in_a_row >= ERRORS_IN_A_ROW:
            await self.tell_error(ErrorCode.TOO_MANY_ERRORS)
            await self.close(TOO_MANY_ERRORS)

    async def tell_error(self, code: ErrorCode) -> None:
        await self._send_error(LiveError(code))

    async def _send_error(self, error: LiveError) -> None:
        text, field = error.text(self.language), error.field or msgspec.UNSET
        await self.send(Error(text=text, code=error.code, retryable=error.retryable, field=field))

    async def close(self, code: int) -> None:
        """Close once; what is sent afterwards goes nowhere."""
        if not self.closing:
            self.closing = True
            await self._transmit({"type": "websocket.close", "code": code})

    async def _transmit(self, message: dict[str, Any]) -> None:
        try:
            await self.base_send(message)
        except (Disconnected, OSError):
            self.closing = True  # the client has gone; that it has is the next thing to be received

    # --- helpers ---------------------------------------------------------------------------------------------------

    def running(self) -> LiveSession:
        if self.session is None:
            raise LiveError(ErrorCode.NO_STREAM)
        return self.session

    async def leave(self) -> None:
        """Keep the interview as it is and let it go. Safe to call twice."""
        session, self.session = self.session, None
        if session is not None:
            await session.close()
            await self.house.sessions.leave(session)


def key_of(value: str | int | None, code: ErrorCode, field: str) -> int | None:
    """A primary key from what clients send: a number, or its digits. What cannot be a key does not exist."""
    if value is None or value == "":
        return None
    key = api.key_of(str(value))
    if key is None:
        raise LiveError(code, field)
    return key
