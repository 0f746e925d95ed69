"""What clients of the streaming protocol send, and how it is read."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.consumers.protocol import Ping, ProtocolError
from interviews.consumers.streaming_protocol import MAX_CHUNK_BYTES, AudioChunk, EndInterview, decode
from interviews.live.errors import ErrorCode
from tests.interviews.consumers.test_protocol import json_values

SOUND = base64.b64encode(b"sound!").decode()


def read(**fields: Any) -> Any:
    return decode(json.dumps({"type": "audio_chunk", **fields}))


@pytest.mark.parametrize("name", ["data", "audio", "audio_data"])
def test_sound_has_three_names(name: str) -> None:
    chunk = read(**{name: SOUND}, session="ignored")
    assert isinstance(chunk, AudioChunk)
    assert (chunk.sound, chunk.is_pcm) == (b"sound!", False)


@pytest.mark.parametrize(
    ("name", "is_pcm"),
    [
        ("", False),
        ("webm", False),
        ("audio/webm;codecs=opus", False),
        ("opus", False),
        ("pcm16", True),
        ("PCM16", True),
    ],
)
def test_formats(name: str, is_pcm: bool) -> None:
    assert read(data=SOUND, format=name).is_pcm is is_pcm


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({}, ErrorCode.BAD_SIZE, "data"),
        ({"data": ""}, ErrorCode.BAD_SIZE, "data"),
        ({"data": "?"}, ErrorCode.BAD_BASE64, "data"),
        ({"audio": 7}, ErrorCode.INVALID, "audio"),
        ({"data": base64.b64encode(b"odd").decode(), "format": "pcm16"}, ErrorCode.BAD_SIZE, "data"),
        ({"data": SOUND, "format": "mp3"}, ErrorCode.INVALID, "format"),
        ({"data": base64.b64encode(bytes(MAX_CHUNK_BYTES + 1)).decode()}, ErrorCode.BAD_SIZE, "data"),
    ],
)
def test_sound_that_is_refused(fields: dict[str, Any], code: ErrorCode, field: str) -> None:
    assert read(**fields) == ProtocolError(code, field, media=True)


def test_the_other_messages() -> None:
    assert decode('{"type": "end_interview", "why": 1}') == EndInterview()
    assert decode('{"type": "ping", "t": 4}') == Ping(t=4)


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("nonsense", ProtocolError(ErrorCode.BAD_JSON)),
        ('{"type": "create_stream"}', ProtocolError(ErrorCode.UNKNOWN_TYPE, "type")),
        ("{}", ProtocolError(ErrorCode.INVALID, "type")),
        ("[]", ProtocolError(ErrorCode.INVALID, "type")),
    ],
)
def test_what_is_no_message(raw: str, error: ProtocolError) -> None:
    assert decode(raw) == error


@given(st.binary(max_size=200) | st.text() | json_values.map(json.dumps))
def test_reading_never_raises(raw: str | bytes) -> None:
    assert isinstance(decode(raw), AudioChunk | EndInterview | Ping | ProtocolError)
