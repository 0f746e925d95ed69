"""The messages of `/api/v1/ai/ws/streaming-interview`, both ways, and the one function that reads the client's."""

from typing import Annotated, Any, get_args

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from interviews.consumers.protocol import Ping, ProtocolError, blame
from interviews.live.errors import ErrorCode
from interviews.live.messages import Message

MAX_CHUNK_BYTES = 1024 * 1024
PCM16 = "pcm16"

Sound = Annotated[bytes, Meta(max_length=MAX_CHUNK_BYTES)]


class AudioChunk(Struct, tag="audio_chunk", frozen=True, gc=False):
    """Sound under one of three names: a piece of a WebM recording with Opus, or PCM16 (16 kHz, mono) by its `format`.

    Any other `format` must name WebM or Opus ("webm", "audio/webm;codecs=opus").
    """

    data: Sound = b""
    audio: Sound = b""
    audio_data: Sound = b""
    format: Annotated[str, Meta(max_length=64)] = ""

    @property
    def sound(self) -> bytes:
        return self.data or self.audio or self.audio_data

    @property
    def is_pcm(self) -> bool:
        return self.format.lower() == PCM16


class EndInterview(Struct, tag="end_interview", frozen=True):
    pass


ClientMessage = AudioChunk | EndInterview | Ping

_decoder = msgspec.json.Decoder(ClientMessage)
TYPES = frozenset(str(kind.__struct_config__.tag) for kind in get_args(ClientMessage))
_MEDIA_TYPES = frozenset({"audio_chunk"})


def decode(raw: str | bytes) -> ClientMessage | ProtocolError:
    """Read one message. Never raises, whatever `raw` holds."""
    try:
        message = _decoder.decode(raw)
    except msgspec.ValidationError as error:
        return blame(raw, str(error), TYPES, _MEDIA_TYPES)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ProtocolError(ErrorCode.BAD_JSON)
    return _checked(message) if isinstance(message, AudioChunk) else message


def _checked(chunk: AudioChunk) -> AudioChunk | ProtocolError:
    if not chunk.sound or (chunk.is_pcm and len(chunk.sound) % 2):
        return ProtocolError(ErrorCode.BAD_SIZE, "data", media=True)
    name = chunk.format.lower()
    if name and not chunk.is_pcm and "webm" not in name and "opus" not in name:
        return ProtocolError(ErrorCode.INVALID, "format", media=True)
    return chunk


class UserTranscript(Message, tag="user_transcript", frozen=True, kw_only=True):
    text: str


class SpokenAudio(Message, tag="ai_audio_chunk", frozen=True, kw_only=True):
    """A WAV file of its own, under both names that clients know."""

    audio: bytes
    data: bytes
    utterance_id: str
    format: str = "wav"


class InterviewEnded(Message, tag="interview_ended", frozen=True, kw_only=True):
    """`conversation` is `[{role: "interviewer"|"candidate", text, at_ms}]`."""

    conversation: list[dict[str, Any]]
    interview_id: str
    summary: str
    outcome: str


class Failure(Message, tag="error", frozen=True, kw_only=True):
    """`message` is the text under the name that clients know."""

    text: str
    message: str
    code: str
    retryable: bool
    field: str | UnsetType = UNSET
