"""`/ws/webrtc/`: the main protocol. Decodes, hands over to the live session, sends; nothing else."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import msgspec
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from interviews.coding.runs import Asked
from interviews.consumers import protocol
from interviews.consumers.base import InterviewConsumer, key_of
from interviews.live import opening, requests
from interviews.live.engines import Engines
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.messages import ConnectionEstablished, Pong
from interviews.live.opening import Wishes
from interviews.live.session import DONE, LiveSession
from interviews.live.store import Store
from interviews.live.taking_over import OpenRequest
from interviews.live.watching import Watch
from interviews.models import RunKind


class WebRtcConsumer(InterviewConsumer):
    """One connection of one candidate."""

    def __init__(self, engines: Engines | None = None, door: Store | None = None) -> None:
        super().__init__(engines, door)
        self.watch: Watch | None = None

    async def welcome(self, user: User) -> None:
        with translation.override(self.language):
            text = gettext("WebRTC connection established")
        await self.send(ConnectionEstablished(session_id=secrets.token_hex(8), text=text))

    async def take(self, raw: str | bytes) -> None:
        message = protocol.decode(raw)
        if type(message) is protocol.AudioFrame:
            await self._audio(message)
        elif isinstance(message, protocol.ProtocolError):
            await self._misunderstood(message)
        else:
            await self._HANDLERS[type(message)](self, message)
            self.errors_in_a_row = 0

    async def _audio(self, message: protocol.AudioFrame) -> None:
        if self.session is None:
            await self.refuse_media(ErrorCode.NO_STREAM)
            return
        if self.speed.too_fast(len(message.audio_data)):
            await self.cut_off()
            return
        self.errors_in_a_row = 0
        if self.session.audio is not None:
            await self.session.audio.accept(message.audio_data, message.n, end=message.end)
        else:
            await self.refuse_media(ErrorCode.NO_RECOGNITION)

    async def _video(self, message: protocol.VideoFrame) -> None:
        if self.watch is None:
            await self.refuse_media(ErrorCode.NO_STREAM)
        else:
            self.watch.look(message.frame_data)

    async def _create_stream(self, message: protocol.CreateStream) -> None:
        if self.session is not None:
            raise LiveError(ErrorCode.STREAM_EXISTS)
        assert self.user is not None  # noqa: S101  # strangers were closed
        request = OpenRequest(
            interview_id=key_of(message.interview_id, ErrorCode.INTERVIEW_NOT_FOUND, "interview_id"),
            resume_id=key_of(message.resume_id, ErrorCode.RESUME_NOT_FOUND, "resume_id"),
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
        await self.leave()
        await self.close(DONE)

    async def _text_answer(self, message: protocol.TextAnswer) -> None:
        await asyncio.sleep(self.pace.wait_s())
        await requests.answer_in_writing(self.running(), message.text)

    async def _control(self, message: protocol.Control) -> None:
        await asyncio.sleep(self.pace.wait_s())
        await requests.control(self.running(), message.action)

    async def _code_run(self, message: protocol.CodeRun) -> None:
        session = self.running()
        await requests.run_code(session, _asked(session, message, RunKind.RUN, message.stdin))

    async def _code_submit(self, message: protocol.CodeSubmit) -> None:
        session = self.running()
        await requests.submit_code(session, _asked(session, message, RunKind.SUBMISSION))

    async def _editor_events(self, message: protocol.EditorEvents) -> None:
        events = [{"t_ms": int(event.t_ms), "changes": event.changes} for event in message.events]
        await requests.edit(self.running(), message.task_id, message.base_seq, events, message.language)

    async def _client_event(self, message: protocol.ClientEvent) -> None:
        self.running()
        if self.watch is not None:
            self.watch.note(message.name, int(message.at_ms), msgspec.json.decode(message.detail))

    async def _playback(self, message: protocol.Playback) -> None:
        await requests.playback(self.running(), message.utterance_id, message.event, message.ms)

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

    async def _misunderstood(self, error: protocol.ProtocolError) -> None:
        if error.media and self.session is None:
            await self.refuse_media(ErrorCode.NO_STREAM)
        else:
            await self.refuse(LiveError(error.code, error.field))

    async def leave(self) -> None:
        if self.watch is not None:
            self.watch.close()
            self.watch = None
        await super().leave()


def _asked(
    session: LiveSession, message: protocol.CodeRun | protocol.CodeSubmit, kind: RunKind, stdin: str | None = None
) -> Asked:
    run_id = secrets.token_hex(8) if message.run_id in (None, "") else str(message.run_id)
    return Asked(message.task_id, message.language, message.source, run_id, kind, stdin, session.clock.wall_ms)
