"""`/api/v1/ai/ws/streaming-interview`: the session of the main protocol for clients that send WebM and play WAV.

The address names the interview; it begins, or goes on, as soon as the socket is open.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any, ClassVar
from urllib.parse import parse_qs

from accounts.models import User
from interviews.coding.definitions import spoken
from interviews.consumers import streaming_protocol as protocol
from interviews.consumers.base import InterviewConsumer, key_of
from interviews.consumers.protocol import ProtocolError
from interviews.consumers.speaking import WavFiles
from interviews.consumers.turn_taking import Pause, SpokenTask, answer_is_done, end_turn
from interviews.domain import transcript
from interviews.live import messages as m
from interviews.live import opening, requests
from interviews.live.engines import Engines
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.faults import log_fault
from interviews.live.opening import Wishes
from interviews.live.pipeline import PIECE_BYTES, AudioPipeline
from interviews.live.session import GOING_AWAY
from interviews.live.store import Store
from interviews.live.taking_over import OpenRequest
from interviews.models import Interview
from providers.base import BadInputError, ProviderError
from providers.webm import pool
from providers.webm.base import StreamDecoder, StreamDecoders, begins_anew, may_begin_anew

log = logging.getLogger(__name__)

NOT_OPENED = 4404
IN_ONE_GO = 25 * PIECE_BYTES  # a second of sound


class StreamingConsumer(InterviewConsumer):
    """One connection of one candidate. Sound is decoded by `decoders` before it is heard."""

    def __init__(
        self, engines: Engines | None = None, door: Store | None = None, decoders: StreamDecoders | None = None
    ) -> None:
        super().__init__(engines, door)
        self.decoders = decoders or pool.default()
        self.recording: StreamDecoder | None = None
        self.undecided = b""  # the beginning of a recording, perhaps
        self.voice = WavFiles(super().send)
        self.pause = Pause(self._paused)
        self.task = SpokenTask()
        self.mute = False
        self.thanks: m.TranscriptChunk | None = None
        self.ended: str | None = None  # the utterance whose end was told

    async def welcome(self, user: User) -> None:
        """Open the interview that the address names; what cannot be opened closes the connection."""
        try:
            wishes = Wishes(_request(self.scope), voice=True, editor=False, spoken=True)
            self.decoders.warm()
            self.session = await opening.open_session(user, wishes, self, self.house)
        except LiveError as error:
            await self.refuse(error)
            await self.close(NOT_OPENED)
        except Exception as error:  # noqa: BLE001  # logged; the client comes back to what is stored
            log_fault(log, 0, error)
            await self.refuse(LiveError(ErrorCode.INTERNAL))
            await self.close(GOING_AWAY)

    # --- what comes in ---------------------------------------------------------------------------------------------

    async def take(self, raw: str | bytes) -> None:
        message = protocol.decode(raw)
        if isinstance(message, ProtocolError):
            raise LiveError(message.code, message.field)
        if isinstance(message, protocol.AudioChunk):
            await self._audio(message)
        elif isinstance(message, protocol.EndInterview):
            self.pause.end()
            await requests.control(self.running(), "end_interview")
        else:
            await super().send(m.Pong(t=message.t))

    async def _audio(self, chunk: protocol.AudioChunk) -> None:
        ears = self.running().audio
        if ears is None:
            await self.refuse_media(ErrorCode.NO_RECOGNITION)
            return
        self.pause.end()
        try:
            if chunk.is_pcm:
                await self._hear(ears, chunk.sound)
            else:
                await self._decode(ears, chunk.sound)
        finally:
            self.pause.begin()

    async def _decode(self, ears: AudioPipeline, data: bytes) -> None:
        data, self.undecided = self.undecided + data, b""
        if may_begin_anew(data):
            self.undecided = data
            return
        if begins_anew(data):
            await self._begin_recording()
        if self.recording is None:
            await self.refuse_media(ErrorCode.BAD_AUDIO)
            return
        try:
            async with aclosing(self.recording.feed(data)) as sound:
                async for pcm in sound:
                    await self._hear(ears, pcm)
                    if self.closing:
                        return
        except BadInputError as error:
            self._give_up_recording()
            raise LiveError(ErrorCode.BAD_AUDIO, "data") from error
        except ProviderError as error:
            self._give_up_recording()
            raise LiveError(ErrorCode.RECOGNITION_FAILED) from error

    async def _hear(self, ears: AudioPipeline, pcm: bytes) -> None:
        if self.speed.too_fast(len(pcm)):
            await self.cut_off()
            return
        self.errors_in_a_row = 0
        for start in range(0, len(pcm), PIECE_BYTES):
            await ears.accept(pcm[start : start + PIECE_BYTES], None, end=False)
            if start % IN_ONE_GO == 0:
                await asyncio.sleep(0)  # other sockets want their turn
        session = self.session
        if session is not None and self.task.is_over(session, len(pcm)):
            await session.queue(lambda: answer_is_done(session))

    def _paused(self) -> None:
        if self.session is not None:
            self.session.spawn(end_turn(self.session))

    # --- what goes out ---------------------------------------------------------------------------------------------

    async def send(self, message: m.Message | dict[str, Any]) -> None:
        """Translate what the session says; for much of it this protocol has no words."""
        if isinstance(message, dict):
            if message["type"] == "interview_complete":
                await self._complete(**{name: message[name] for name in ("interview_id", "summary", "outcome")})
        elif (tell := self._TELLERS.get(type(message))) is not None:
            await tell(self, message)

    async def answered(self, text: str) -> None:
        await super().send(protocol.UserTranscript(text=text))
        if self.thanks is not None:
            thanks, self.thanks = self.thanks, None
            await super().send(thanks)

    async def _created(self, message: m.StreamCreated) -> None:
        self.language = message.state["language"]
        self.mute = not message.state["voice_engine"]

    async def _said(self, message: m.InterviewMessage) -> None:
        """Where there is no voice, the words are all there is."""
        if self.mute:
            task = message.task or {}
            words = spoken(task["title"], task["statement"], self.language) if task else message.text
            await super().send(m.TranscriptChunk(text=words, utterance_id=message.utterance_id))
            await super().send(m.AudioEnd(utterance_id=message.utterance_id))

    async def _begins(self, message: m.SpeakingStart) -> None:
        self.ended = None  # it may be one that was cut short, and goes on

    async def _words(self, message: m.TranscriptChunk) -> None:
        early = self.session is not None and self.session.state.prompt is not None
        if early and message.utterance_id.endswith(".ack"):
            self.thanks = message  # clients write down what comes in its order: the answer comes first
        else:
            await super().send(message)

    async def _sound(self, message: m.AudioChunk) -> None:
        await self.voice.take(message)

    async def _silence(self, message: m.AudioEnd | m.SpeakingEnd) -> None:
        """Once an utterance, and once more where it is cut short."""
        await self.voice.flush()
        if self.ended != message.utterance_id:
            self.ended = message.utterance_id
            await super().send(m.AudioEnd(utterance_id=message.utterance_id))

    async def _cut_short(self, message: m.Interrupted) -> None:
        self.voice.drop()
        self.ended = None  # the end that was told may have come before it was heard
        await super().send(message)

    async def _completed(self, message: m.InterviewComplete) -> None:
        await self._complete(message.interview_id, message.summary, message.outcome)

    async def _complete(self, interview_id: str, summary: str, outcome: str) -> None:
        said = await self.house.store.read(conversation, int(interview_id))
        ended = protocol.InterviewEnded(conversation=said, interview_id=interview_id, summary=summary, outcome=outcome)
        await super().send(ended)

    async def _failed(self, message: m.Error) -> None:
        failure = protocol.Failure(
            text=message.text,
            message=message.text,
            code=message.code,
            retryable=message.retryable,
            field=message.field,
        )
        await super().send(failure)

    _TELLERS: ClassVar[dict[type, Callable[[Any, Any], Awaitable[None]]]] = {
        m.StreamCreated: _created,
        m.InterviewMessage: _said,
        m.SpeakingStart: _begins,
        m.TranscriptChunk: _words,
        m.AudioChunk: _sound,
        m.AudioEnd: _silence,
        m.SpeakingEnd: _silence,
        m.Interrupted: _cut_short,
        m.InterviewComplete: _completed,
        m.Error: _failed,
    }

    # --- helpers ---------------------------------------------------------------------------------------------------

    async def _begin_recording(self) -> None:
        """Each costs a process: those without any sound count like errors."""
        self._end_recording()
        await self.count_error()
        if not self.closing:
            self.recording, self.media_refused = self.decoders.open(), False

    def _give_up_recording(self) -> None:
        self._end_recording()
        self.media_refused = True  # what is still on its way of this recording is no news

    def _end_recording(self) -> None:
        if self.recording is not None:
            self.recording.close()
            self.recording = None

    async def leave(self) -> None:
        self.pause.end()
        self.voice.close()
        self._end_recording()
        await super().leave()


def _request(scope: dict[str, Any]) -> OpenRequest:
    """What the address asks for. Raises LiveError."""
    query = parse_qs(str(scope.get("query_string", b""), "latin1"))

    def value(name: str) -> str:
        return query.get(name, [""])[0]

    return OpenRequest(
        interview_id=key_of(value("interview_id"), ErrorCode.INTERVIEW_NOT_FOUND, "interview_id"),
        resume_id=key_of(value("resume_id"), ErrorCode.RESUME_NOT_FOUND, "resume_id"),
        language=value("language")[:32],
    )


def conversation(interview_id: int) -> list[dict[str, Any]]:
    """What was said, as `interview_ended` has it; nothing where the interview was deleted meanwhile."""
    interview = Interview.objects.filter(pk=interview_id).first()
    return transcript.conversation(transcript.turns(interview)) if interview is not None else []
