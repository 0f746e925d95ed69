"""Each client message of the main protocol, good and bad."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.consumers import protocol as p
from interviews.consumers.protocol import ProtocolError, decode
from interviews.live.errors import ErrorCode

JPEG = bytes.fromhex("ffd8ffc0001108") + (480).to_bytes(2, "big") + (640).to_bytes(2, "big") + b"\x03\x01\x22\x00"
AUDIO = b"\x01\x00" * 640


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def edited(part: str) -> str:
    """A message of one editor event with this JSON as its one change."""
    event = f'{{"t_ms": 1, "changes": [{part}]}}'
    return f'{{"type": "editor_events", "task_id": "t", "base_seq": 0, "events": [{event}]}}'


def keys(parts: int) -> dict[str, Any]:
    """A message of six editor events with so many parts of changes each."""
    events = [{"t_ms": 1, "changes": [1] * parts}] * 6
    return {"type": "editor_events", "task_id": "t", "base_seq": 0, "events": events}


GOOD: list[tuple[dict[str, Any], p.ClientMessage]] = [
    (
        {"type": "create_stream", "title": "t", "description": "d", "interview_id": "123", "resume_id": 1},
        p.CreateStream(title="t", description="d", interview_id="123", resume_id=1),
    ),
    (
        {"type": "create_stream", "language": "zh-CN", "audio": True, "input": "text", "last_seq": 4},
        p.CreateStream(language="zh-CN", audio=True, input="text", last_seq=4),
    ),
    ({"type": "audio_frame", "audio_data": b64(AUDIO)}, p.AudioFrame(AUDIO)),
    ({"type": "audio_frame", "audio_data": "", "end": True}, p.AudioFrame(end=True)),
    ({"type": "audio_frame", "audio_data": b64(AUDIO), "end": False, "n": 7}, p.AudioFrame(AUDIO, n=7)),
    ({"type": "audio_frame", "audio_data": b64(bytes(32_000))}, p.AudioFrame(bytes(32_000))),
    ({"type": "video_frame", "frame_data": b64(JPEG)}, p.VideoFrame(JPEG)),
    ({"type": "video_frame", "frame_data": b64(JPEG), "frame_type": "delta"}, p.VideoFrame(JPEG, "delta")),
    ({"type": "disconnect"}, p.Disconnect()),
    ({"type": "text_answer", "text": "说完了"}, p.TextAnswer("说完了")),
    ({"type": "control", "action": "need_time"}, p.Control("need_time")),
    (
        {"type": "code_run", "task_id": "t", "language": "python", "source": "", "run_id": 3, "stdin": "1"},
        p.CodeRun("t", "python", "", 3, "1"),
    ),
    (
        {"type": "code_submit", "task_id": "t", "language": "python", "source": 'print("\\u0000")'},
        p.CodeSubmit("t", "python", 'print("\\u0000")'),
    ),
    (
        {"type": "editor_events", "task_id": "t", "base_seq": 0, "events": [{"t_ms": 1.5, "changes": [3, [0, "a"]]}]},
        p.EditorEvents("t", 0, [p.EditorEvent(1.5, [3, [0, "a"]])]),
    ),
    ({"type": "playback", "utterance_id": "u1", "event": "progress", "ms": 40.5}, p.Playback("u1", "progress", 40.5)),
    ({"type": "ping", "t": 12.5}, p.Ping(12.5)),
    ({"type": "ping"}, p.Ping()),
    ({"type": "ping", "t": "a", "unknown": {"field": [1]}}, p.Ping("a")),
]

BAD: list[tuple[Any, ErrorCode, str]] = [
    ("nonsense", ErrorCode.BAD_JSON, ""),
    ("", ErrorCode.BAD_JSON, ""),
    (b"\xff\xfe", ErrorCode.BAD_JSON, ""),
    ("\ud800", ErrorCode.BAD_JSON, ""),
    ('{"type": "ping"}{}', ErrorCode.BAD_JSON, ""),
    ('{"type": "ping", "x": ' + "[" * 50_000 + "]" * 50_000 + "}", ErrorCode.BAD_JSON, ""),
    ("[1]", ErrorCode.INVALID, "type"),
    ({}, ErrorCode.INVALID, "type"),
    ({"type": 5}, ErrorCode.INVALID, "type"),
    ({"type": "offer"}, ErrorCode.UNKNOWN_TYPE, "type"),
    ({"type": "create_stream", "interview_id": 1.5}, ErrorCode.INVALID, "interview_id"),
    ({"type": "create_stream", "interview_id": "1" * 65}, ErrorCode.BAD_SIZE, "interview_id"),
    ({"type": "create_stream", "input": "song"}, ErrorCode.INVALID, "input"),
    ({"type": "create_stream", "last_seq": -1}, ErrorCode.INVALID, "last_seq"),
    ({"type": "create_stream", "last_seq": 2**31}, ErrorCode.INVALID, "last_seq"),
    ({"type": "audio_frame"}, ErrorCode.BAD_SIZE, "audio_data"),
    ({"type": "audio_frame", "audio_data": "a"}, ErrorCode.BAD_BASE64, "audio_data"),
    ({"type": "audio_frame", "audio_data": "a b="}, ErrorCode.BAD_BASE64, "audio_data"),
    ({"type": "audio_frame", "audio_data": 1}, ErrorCode.INVALID, "audio_data"),
    ({"type": "audio_frame", "audio_data": b64(b"abc")}, ErrorCode.BAD_SIZE, "audio_data"),
    ({"type": "audio_frame", "audio_data": b64(bytes(32_002))}, ErrorCode.BAD_SIZE, "audio_data"),
    ({"type": "audio_frame", "audio_data": b64(AUDIO), "n": -1}, ErrorCode.INVALID, "n"),
    ({"type": "audio_frame", "audio_data": b64(AUDIO), "end": "yes"}, ErrorCode.INVALID, "end"),
    ({"type": "video_frame"}, ErrorCode.INVALID, "frame_data"),
    ({"type": "video_frame", "frame_data": ""}, ErrorCode.BAD_SIZE, "frame_data"),
    ({"type": "video_frame", "frame_data": "data:image/jpeg;base64,AAAA"}, ErrorCode.BAD_BASE64, "frame_data"),
    ({"type": "video_frame", "frame_data": b64(b"PNG")}, ErrorCode.BAD_IMAGE, "frame_data"),
    ({"type": "video_frame", "frame_data": b64(JPEG + bytes(1024 * 1024))}, ErrorCode.BAD_SIZE, "frame_data"),
    ({"type": "text_answer"}, ErrorCode.INVALID, "text"),
    ({"type": "text_answer", "text": "  "}, ErrorCode.INVALID, "text"),
    ({"type": "text_answer", "text": "a\0"}, ErrorCode.INVALID, "text"),
    ({"type": "text_answer", "text": "a" * 10_001}, ErrorCode.BAD_SIZE, "text"),
    ({"type": "control", "action": "explode"}, ErrorCode.INVALID, "action"),
    ({"type": "code_run", "task_id": "", "language": "python", "source": ""}, ErrorCode.BAD_SIZE, "task_id"),
    ({"type": "code_submit", "task_id": "t", "language": "python"}, ErrorCode.INVALID, "source"),
    (
        {"type": "code_submit", "task_id": "t", "language": "python", "source": "a" * 65_537},
        ErrorCode.BAD_SIZE,
        "source",
    ),
    ({"type": "editor_events", "task_id": "t", "base_seq": 0, "events": [{"t_ms": 1}]}, ErrorCode.INVALID, "events"),
    (
        {"type": "editor_events", "task_id": "t", "base_seq": 0, "events": [{"t_ms": 1, "changes": [[0, "\0"]]}]},
        ErrorCode.INVALID,
        "events",
    ),
    (keys(10_000), ErrorCode.BAD_SIZE, "events"),
    (edited("[0" + ', ""' * 300_000 + "]"), ErrorCode.BAD_SIZE, "events"),
    ({"type": "client_event", "name": "Tab Hidden"}, ErrorCode.INVALID, "name"),
    ({"type": "client_event", "name": "paste", "at_ms": -1}, ErrorCode.INVALID, "at_ms"),
    ({"type": "client_event", "name": "paste", "detail": {"a": "b" * 2_000}}, ErrorCode.BAD_SIZE, "detail"),
    ({"type": "client_event", "name": "paste", "detail": {"a": "\0"}}, ErrorCode.INVALID, "detail"),
    ({"type": "playback", "utterance_id": "u", "event": "paused"}, ErrorCode.INVALID, "event"),
    ({"type": "playback", "utterance_id": "u" * 65, "event": "ended"}, ErrorCode.BAD_SIZE, "utterance_id"),
    ({"type": "ping", "t": {}}, ErrorCode.INVALID, "t"),
    ('{"type": "ping", "t": 1e400}', ErrorCode.INVALID, "t"),
    ('{"type": "ping", "t": NaN}', ErrorCode.BAD_JSON, ""),
    ('{"type": "ping", "t": "\\ud800"}', ErrorCode.BAD_JSON, ""),
    ('{"type": "playback", "utterance_id": "u", "event": "ended", "ms": -1e400}', ErrorCode.INVALID, "ms"),
    ('{"type": "client_event", "name": "paste", "detail": {"a": 1e400}}', ErrorCode.INVALID, "detail"),
    (edited("[" * 700 + "]" * 700), ErrorCode.INVALID, "events"),
    (edited("1e5"), ErrorCode.INVALID, "events"),
    (edited('[0, {"a": 1}]'), ErrorCode.INVALID, "events"),
]


@pytest.mark.parametrize(("raw", "expected"), GOOD, ids=[f"{raw['type']}-{n}" for n, (raw, _) in enumerate(GOOD)])
def test_a_good_message_is_read(raw: dict[str, Any], expected: p.ClientMessage) -> None:
    assert decode(json.dumps(raw)) == expected
    assert decode(json.dumps(raw).encode()) == expected


@pytest.mark.parametrize(("raw", "code", "field"), BAD, ids=range(len(BAD)))
def test_a_bad_message_gets_one_code_and_the_field_to_blame(raw: Any, code: ErrorCode, field: str) -> None:
    text = raw if isinstance(raw, str | bytes) else json.dumps(raw)
    error = decode(text)
    assert isinstance(error, ProtocolError)
    assert (error.code, error.field) == (code, field)


def test_a_client_event_keeps_its_detail_as_it_came() -> None:
    message = decode('{"type": "client_event", "name": "paste", "at_ms": 5, "detail": {"chars": 3}}')
    assert isinstance(message, p.ClientEvent)
    assert (message.name, message.at_ms, bytes(message.detail)) == ("paste", 5, b'{"chars": 3}')


def test_errors_of_media_are_known_as_such() -> None:
    broken = [decode('{"type": "audio_frame", "audio_data": "a"}'), decode('{"type": "video_frame"}'), decode("{}")]
    assert [error.media for error in broken if isinstance(error, ProtocolError)] == [True, True, False]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
NAMES = ["audio_data", "frame_data", "text", "action", "task_id", "events", "base_seq", "interview_id", "last_seq", "t"]
TYPES = sorted(p._TYPES)


@given(st.text() | st.binary())
def test_no_bytes_raise(raw: str | bytes) -> None:
    assert isinstance(decode(raw), ProtocolError | p.ClientMessage)


@given(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(NAMES), json_values, max_size=4))
def test_no_fields_raise(kind: str, fields: dict[str, Any]) -> None:
    assert isinstance(decode(json.dumps({**fields, "type": kind})), ProtocolError | p.ClientMessage)
