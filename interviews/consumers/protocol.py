"""The client's side of `/ws/webrtc/`: every message as a type, and the one function that reads them."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from interviews.consumers.jpeg import fits_camera
from interviews.live.errors import ErrorCode

MAX_AUDIO_BYTES = 32_000  # 1 s of 16 kHz mono PCM16
MAX_IMAGE_BYTES = 1024 * 1024
MAX_DETAIL_BYTES = 2_000
# Of the changes in one message, for each costs all others a little; a document of line ends alone has 262,144 lines.
MOST_PARTS, MOST_LINES = 50_000, 300_000

# JavaScript counts exactly up to 2**53.
Count = Annotated[int, Meta(ge=0, le=2**53)]
Milliseconds = Annotated[float, Meta(ge=0, le=1e12)]
Seq = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Identifier = Annotated[str, Meta(max_length=64)] | Count
TaskId = Annotated[str, Meta(min_length=1, max_length=100)]
Language = Annotated[str, Meta(max_length=32)]
Source = Annotated[str, Meta(max_length=64 * 1024)]


class CreateStream(Struct, tag="create_stream", frozen=True):
    """Open an interview, or go on with it. Without `interview_id`: the caller's newest open one."""

    title: Annotated[str, Meta(max_length=500)] | None = None
    description: Annotated[str, Meta(max_length=5_000)] | None = None
    interview_id: Identifier | None = None
    resume_id: Identifier | None = None
    language: Language | None = None
    audio: bool = False
    input: Literal["voice", "text"] = "voice"
    last_seq: Seq | None = None


class AudioFrame(Struct, tag="audio_frame", frozen=True, gc=False):
    """16 kHz mono PCM16; `end` finalises the utterance. `n` is the client's own frame number."""

    audio_data: Annotated[bytes, Meta(max_length=MAX_AUDIO_BYTES)] = b""
    end: bool = False
    n: Count | None = None


class VideoFrame(Struct, tag="video_frame", frozen=True):
    frame_data: Annotated[bytes, Meta(min_length=1, max_length=MAX_IMAGE_BYTES)]
    frame_type: Annotated[str, Meta(max_length=32)] = "keyframe"


class Disconnect(Struct, tag="disconnect", frozen=True):
    pass


class TextAnswer(Struct, tag="text_answer", frozen=True):
    text: Annotated[str, Meta(max_length=10_000, pattern=r"\S")]


class Control(Struct, tag="control", frozen=True):
    action: Literal["answer_done", "repeat_question", "skip_question", "need_time", "typing", "end_interview"]


class CodeRun(Struct, tag="code_run", frozen=True):
    task_id: TaskId
    language: Language
    source: Source
    run_id: Identifier | None = None
    stdin: Source | None = None


class CodeSubmit(Struct, tag="code_submit", frozen=True):
    task_id: TaskId
    language: Language
    source: Source
    run_id: Identifier | None = None
    stdin: Source | None = None


class EditorEvent(Struct, frozen=True):
    """`changes` is CodeMirror's ChangeSet JSON: a list of lengths and replacements, offsets in UTF-16 units."""

    t_ms: Milliseconds
    changes: Annotated[list[int | list[int | str]], Meta(max_length=10_000)]


class EditorEvents(Struct, tag="editor_events", frozen=True):
    """`language`, where given, is the programming language that the text is written in from now on."""

    task_id: TaskId
    base_seq: Seq
    events: Annotated[list[EditorEvent], Meta(max_length=500)]  # with `MOST_PARTS` and `MOST_LINES` together
    language: Language = ""


class ClientEvent(Struct, tag="client_event", frozen=True):
    """What the page noticed of itself. `detail` is any JSON of at most 2,000 bytes."""

    name: Annotated[str, Meta(max_length=64, pattern=r"^[a-z][a-z0-9_]*\Z")]
    at_ms: Milliseconds = 0
    detail: msgspec.Raw = msgspec.Raw(b"null")


class Playback(Struct, tag="playback", frozen=True):
    utterance_id: Annotated[str, Meta(max_length=64)]
    event: Literal["started", "progress", "ended", "stopped"]
    ms: Milliseconds = 0


class Ping(Struct, tag="ping", frozen=True):
    t: Annotated[str, Meta(max_length=64)] | int | float | None = None


ClientMessage = (
    CreateStream
    | AudioFrame
    | VideoFrame
    | Disconnect
    | TextAnswer
    | Control
    | CodeRun
    | CodeSubmit
    | EditorEvents
    | ClientEvent
    | Playback
    | Ping
)


@dataclass(frozen=True, slots=True)
class ProtocolError:
    """Why a message was not understood; `field` is the name of the wrong field, where one is to blame."""

    code: ErrorCode
    field: str = ""
    media: bool = False  # it was meant as an audio or video frame


class _Tag(Struct):
    """Only the type of a message that was refused; everything else in it is skipped, not built."""

    type: str = ""


_decoder = msgspec.json.Decoder(ClientMessage)
_tag_decoder = msgspec.json.Decoder(_Tag)
_PATH = re.compile(r"`\$\.([a-z_]+)")
_MISSING = re.compile(r"missing required field `([a-z_]+)`")
_TYPES = frozenset(str(kind.__struct_config__.tag) for kind in get_args(ClientMessage))
_MEDIA_TYPES = frozenset({"audio_frame", "video_frame"})


def decode(raw: str | bytes) -> ClientMessage | ProtocolError:
    """Read one message. Never raises, whatever `raw` holds."""
    try:
        message = _decoder.decode(raw)
    except msgspec.ValidationError as error:
        return blame(raw, str(error), _TYPES, _MEDIA_TYPES)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ProtocolError(ErrorCode.BAD_JSON)
    if isinstance(message, AudioFrame):
        data = message.audio_data
        if len(data) % 2 or not (data or message.end):
            return ProtocolError(ErrorCode.BAD_SIZE, "audio_data", media=True)
        return message
    return _checked(message, raw)


def _checked(message: ClientMessage, raw: str | bytes) -> ClientMessage | ProtocolError:
    """What types cannot say: a picture is a JPEG, details are small, and PostgreSQL stores no NUL character."""
    if isinstance(message, VideoFrame):
        fits = fits_camera(message.frame_data)
        return message if fits else ProtocolError(ErrorCode.BAD_IMAGE, "frame_data", media=True)
    if isinstance(message, ClientEvent) and (wrong := _wrong_with_detail(bytes(message.detail))):
        return ProtocolError(wrong, "detail")
    if isinstance(message, EditorEvents) and _too_long(message.events):
        return ProtocolError(ErrorCode.BAD_SIZE, "events")
    return _without_nul(message) if _may_hold_nul(raw) else message


def _too_long(events: list[EditorEvent]) -> bool:
    if sum(len(event.changes) for event in events) > MOST_PARTS:
        return True
    return sum(len(part) for event in events for part in event.changes if isinstance(part, list)) > MOST_LINES


def _may_hold_nul(raw: str | bytes) -> bool:
    """JSON has one way to say it, and looking there first costs less than looking at every part of a text."""
    return b"\\u0000" in raw if isinstance(raw, bytes) else "\\u0000" in raw


def _without_nul(message: ClientMessage) -> ClientMessage | ProtocolError:
    for name in message.__struct_fields__:
        if _holds_nul(getattr(message, name)):
            return ProtocolError(ErrorCode.INVALID, name)
    return message


def _wrong_with_detail(detail: bytes) -> ErrorCode | None:
    if len(detail) > MAX_DETAIL_BYTES:
        return ErrorCode.BAD_SIZE
    try:
        msgspec.json.decode(detail)  # while it was skipped, nobody asked how large its numbers are
    except (msgspec.DecodeError, RecursionError):
        return ErrorCode.INVALID
    return ErrorCode.INVALID if b"\\u0000" in detail else None


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, EditorEvent):
        return _holds_nul(value.changes)
    return isinstance(value, list) and any(_holds_nul(item) for item in value)


def blame(raw: str | bytes, reason: str, types: frozenset[str], media: frozenset[str]) -> ProtocolError:
    """Turn the decoder's English sentence into a code and a field; `types` are those that it knows."""
    kind = _type_of(raw)
    if kind not in types:
        return ProtocolError(ErrorCode.UNKNOWN_TYPE if kind else ErrorCode.INVALID, "type")
    found = _PATH.search(reason) or _MISSING.search(reason)
    code = ErrorCode.INVALID
    if "base64" in reason:
        code = ErrorCode.BAD_BASE64
    elif "of length" in reason:
        code = ErrorCode.BAD_SIZE
    return ProtocolError(code, found.group(1) if found else "", media=kind in media)


def _type_of(raw: str | bytes) -> str:
    try:
        return _tag_decoder.decode(raw).type
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return ""
