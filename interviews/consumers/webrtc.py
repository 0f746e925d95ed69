"""`/ws/webrtc/`: the main protocol. Decodes, hands over to the live session, sends; nothing else."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any, ClassVar

import msgspec
from autobahn.exception import Disconnected
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from interviews.consumers import identity, protocol
from interviews.consumers.limits import ERRORS_IN_A_ROW, AudioSpeed
from interviews.live import opening, requests, store
from interviews.live.engines import Engines
from interviews.live.errors import NOT_THE_CLIENTS, RETRYABLE, ErrorCode, LiveError, text_of
from interviews.live.faults import log_fault
from interviews.live.messages import ConnectionEstablished, Error, Message, Pong
from interviews.live.opening import House, Wishes
from interviews.live.records import OpenRequest
from interviews.live.registry import sessions
from interviews.live.session import DONE, LiveSession
from interviews.live.store import Store
from interviews.live.watching import Watch

log = logging.getLogger(__name__)

TOO_MANY_ERRORS, UNAUTHENTICATED, TOO_FAST = 4400, 4401, 4429
IN_ONE_GO = 8  # messages
_encode = msgspec.json.Encoder().encode


class WebRtcConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]  # channels has no types
    """One connection of one candidate; also the `Transport` of its session.

    A socket costs one task: messages are awaited one after the other, so that a session which waits (a full inbox)
    slows its sender down. No channel layer: what other processes have to say comes through `live.mailbox`.
    """

    def __init__(self, engines: Engines | None = None, door: Store | None = None) -> None:
        super().__init__()
        self.house = House(door or store.default(), engines or Engines(), sessions)
        self.user: User | None = None
        self.session: LiveSession | None = None
        self.watch: Watch | None = None
        self.language = settings.DEFAULT_LANGUAGE
        self.closing = False
        self.errors_in_a_row = 0
        self.media_refused = False

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Any) -> None:
        self.scope, self.base_send = scope, send
        self.speed = AudioSpeed(settings.MAX_AUDIO_SPEED, asyncio.get_running_loop().time)
        try:
            for number in count(1):
                await self.dispatch(await receive())
                if number % IN_ONE_GO == 0:
                    # Queued messages are taken without a pause: other sockets want their turn.
                    await asyncio.sleep(0)
        except StopConsumer:
            pass
        finally:
            await self._leave()

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
            await self._error(ErrorCode.UNAUTHENTICATED)
            await self.close(UNAUTHENTICATED)
            return
        self.language = self.user.language or self.language
        with translation.override(self.language):
            text = gettext("WebRTC connection established")
        await self.send(ConnectionEstablished(session_id=secrets.token_hex(8), text=text))

    async def receive(self, raw: str | bytes) -> None:
        """Read one message and act on it. Never raises for anything that a client sends."""
        if self.closing:
            return
        message = protocol.decode(raw)
        try:
            if type(message) is protocol.AudioFrame:
                await self._audio(message)
            elif isinstance(message, protocol.ProtocolError):
                await self._misunderstood(message)
            else:
                await self._HANDLERS[type(message)](self, message)
                self.errors_in_a_row = 0
        except LiveError as error:
            await self.refuse(error)
        except Exception as error:  # noqa: BLE001  # logged; a fault of ours must not look like a lost network
            log_fault(log, self.session.interview_id if self.session else 0, error)
            await self.refuse(LiveError(ErrorCode.INTERNAL))

    async def _audio(self, message: protocol.AudioFrame) -> None:
        if self.session is None:
            await self._too_early()
            return
        if self.speed.too_fast(len(message.audio_data)):
            await self._error(ErrorCode.TOO_FAST)
            await self.close(TOO_FAST)
            return
        self.errors_in_a_row = 0
        if self.session.audio is not None:
            await self.session.audio.accept(message.audio_data, message.n, end=message.end)
        elif not self.media_refused:
            self.media_refused = True
            await self._error(ErrorCode.NO_RECOGNITION)

    async def _video(self, message: protocol.VideoFrame) -> None:
        if self.watch is None:
            await self._too_early()
        else:
            self.watch.look(message.frame_data)

    async def _create_stream(self, message: protocol.CreateStream) -> None:
        if self.session is not None:
            raise LiveError(ErrorCode.STREAM_EXISTS)
        assert self.user is not None  # noqa: S101  # strangers were closed
        request = OpenRequest(
            interview_id=_key(message.interview_id, ErrorCode.INTERVIEW_NOT_FOUND, "interview_id"),
            resume_id=_key(message.resume_id, ErrorCode.RESUME_NOT_FOUND, "resume_id"),
            language=message.language or "",
            last_seq=message.last_seq,
        )
        wishes = Wishes(request, message.audio, message.input == "text", message.title or "")
        self.session = await opening.open_session(self.user, wishes, self, self.house)
        self.media_refused = False
        if self.session is not None:
            self.language = self.session.language
            self.watch = Watch(self.session)

    async def _disconnect(self, message: protocol.Disconnect) -> None:
        await self._leave()
        await self.close(DONE)

    async def _text_answer(self, message: protocol.TextAnswer) -> None:
        await requests.answer_in_writing(self._running(), message.text)

    async def _control(self, message: protocol.Control) -> None:
        await requests.control(self._running(), message.action)

    async def _code_run(self, message: protocol.CodeRun) -> None:
        await requests.run_code(self._running(), message.task_id, _run_id(message.run_id))

    async def _code_submit(self, message: protocol.CodeSubmit) -> None:
        run_id = _run_id(message.run_id)
        await requests.submit_code(self._running(), message.task_id, message.language, message.source, run_id)

    async def _editor_events(self, message: protocol.EditorEvents) -> None:
        events = [{"t_ms": int(event.t_ms), "changes": event.changes} for event in message.events]
        await requests.edit(self._running(), message.task_id, message.base_seq, events, message.language)

    async def _client_event(self, message: protocol.ClientEvent) -> None:
        self._running()
        if self.watch is not None:
            self.watch.note(message.name, int(message.at_ms), msgspec.json.decode(message.detail))

    async def _playback(self, message: protocol.Playback) -> None:
        await requests.playback(self._running(), message.utterance_id, message.event, message.ms)

    async def _ping(self, message: protocol.Ping) -> None:
        await self.send(Pong(t=message.t))

    _HANDLERS: ClassVar[dict[type, Callable[[Any, Any], Awaitable[None]]]] = {
        protocol.CreateStream: _create_stream,
        protocol.VideoFrame: _video,
        protocol.Disconnect: _disconnect,
        protocol.TextAnswer: _text_answer,
        protocol.Control: _control,
        protocol.CodeRun: _code_run,
        protocol.CodeSubmit: _code_submit,
        protocol.EditorEvents: _editor_events,
        protocol.ClientEvent: _client_event,
        protocol.Playback: _playback,
        protocol.Ping: _ping,
    }

    # --- what goes out (the session's `Transport`) -----------------------------------------------------------------

    async def send(self, message: Message | dict[str, Any]) -> None:
        if not self.closing:
            await self._transmit({"type": "websocket.send", "text": _encode(message).decode()})

    async def refuse(self, error: LiveError) -> None:
        """Answer with an `error`; after twenty of the client's own in a row the connection is closed."""
        await self._error(error.code, error.field)
        self.errors_in_a_row += error.code not in NOT_THE_CLIENTS
        if self.errors_in_a_row >= ERRORS_IN_A_ROW:
            await self._error(ErrorCode.TOO_MANY_ERRORS)
            await self.close(TOO_MANY_ERRORS)

    async def answered(self, text: str) -> None:
        """Its utterances were sent one by one."""

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

    def _running(self) -> LiveSession:
        if self.session is None:
            raise LiveError(ErrorCode.NO_STREAM)
        return self.session

    async def _too_early(self) -> None:
        """Media before the stream: one error, the rest is dropped uncounted."""
        if not self.media_refused:
            self.media_refused = True
            await self._error(ErrorCode.NO_STREAM)

    async def _misunderstood(self, error: protocol.ProtocolError) -> None:
        if error.media and self.session is None:
            await self._too_early()
        else:
            await self.refuse(LiveError(error.code, error.field))

    async def _error(self, code: ErrorCode, field: str = "") -> None:
        text = text_of(code, self.language)
        await self.send(Error(text=text, code=code, retryable=code in RETRYABLE, field=field or msgspec.UNSET))

    async def _leave(self) -> None:
        """Keep the interview as it is and let it go. Safe to call twice."""
        session, self.session = self.session, None
        if self.watch is not None:
            self.watch.close()
            self.watch = None
        if session is not None:
            await session.close()
            await self.house.sessions.leave(session)


def _key(value: str | int | None, code: ErrorCode, field: str) -> int | None:
    """A primary key from what clients send: a number, or its digits. What cannot be a key does not exist."""
    if value is None or value == "":
        return None
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise LiveError(code, field)
    return int(text)


def _run_id(value: str | int | None) -> str:
    return secrets.token_hex(8) if value in (None, "") else str(value)
