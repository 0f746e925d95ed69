"""What the server tells a candidate: the messages of the main protocol, small and typed.

Those with `seq` are numbered when they are stored (`live.store`); other transports translate from these.
"""

from typing import Any

from msgspec import UNSET, Struct, UnsetType, to_builtins


class Message(Struct, tag_field="type", frozen=True, kw_only=True):
    """Any server message; a field left unset is not sent."""


class Numbered(Message, frozen=True, kw_only=True):
    """A message that is stored, and sent again after a reconnect. `seq` counts from 1 in an interview."""

    seq: int | UnsetType = UNSET


class ConnectionEstablished(Message, tag="connection_established", frozen=True, kw_only=True):
    session_id: str
    text: str


class StreamCreated(Message, tag="stream_created", frozen=True, kw_only=True):
    stream_id: str
    title: str
    interview_id: str
    text: str
    resumed: bool
    state: dict[str, Any]


class InterviewMessage(Numbered, tag="interview_message", frozen=True, kw_only=True):
    phase: str
    text: str
    kind: str
    utterance_id: str
    question_number: int
    question_count: int
    task: dict[str, Any] | UnsetType = UNSET
    repeat: bool | UnsetType = UNSET


class AsrPartial(Message, tag="asr_result", frozen=True, kw_only=True):
    """A text that the next one of the same utterance replaces; the first to be dropped."""

    text: str
    utterance_id: str
    final: bool = False


class AsrFinal(Numbered, tag="asr_result", frozen=True, kw_only=True):
    text: str
    utterance_id: str
    final: bool = True
    acked_n: int | UnsetType = UNSET


class CheatDetected(Numbered, tag="cheat_detected", frozen=True, kw_only=True):
    text: str
    signal: str
    event_id: int


class CodeResult(Numbered, tag="code_result", frozen=True, kw_only=True):
    task_id: str
    run_id: str
    kind: str  # run or submission
    status: str
    text: str
    stdout: str = ""
    stderr: str = ""
    compile_output: str = ""
    tests: list[dict[str, Any]] = []
    hidden: dict[str, int] | None = None
    time_ms: int | None = None
    memory_kb: int | None = None


class InterviewComplete(Numbered, tag="interview_complete", frozen=True, kw_only=True):
    summary: str
    interview_id: str
    outcome: str


class SpeakingStart(Message, tag="ai_speaking_start", frozen=True, kw_only=True):
    """`from_ms`: an utterance that was paused goes on, with the sound from there."""

    utterance_id: str
    from_ms: int | UnsetType = UNSET


class TranscriptChunk(Message, tag="ai_transcript_chunk", frozen=True, kw_only=True):
    """`text` is a delta: together they are the interviewer's words."""

    utterance_id: str
    text: str


class AudioChunk(Message, tag="ai_audio_chunk", frozen=True, kw_only=True):
    """`audio` is mono PCM16, base64 on the wire."""

    utterance_id: str
    audio: bytes
    index: int
    sample_rate: int
    format: str = "pcm16"


class AudioEnd(Message, tag="ai_audio_end", frozen=True, kw_only=True):
    utterance_id: str


class SpeakingEnd(Message, tag="ai_speaking_end", frozen=True, kw_only=True):
    utterance_id: str


class Interrupted(Message, tag="ai_interrupted", frozen=True, kw_only=True):
    utterance_id: str
    heard_ms: int


class Recording(Message, tag="recording", frozen=True, kw_only=True):
    """Whether this connection goes on being recorded."""

    active: bool


class EditorAck(Message, tag="editor_ack", frozen=True, kw_only=True):
    task_id: str
    seq: int


class Pong(Message, tag="pong", frozen=True, kw_only=True):
    t: str | int | float | None


class Error(Message, tag="error", frozen=True, kw_only=True):
    text: str
    code: str
    retryable: bool
    field: str | UnsetType = UNSET


def payload(message: Message) -> dict[str, Any]:
    """The message as JSON values, as it is stored."""
    made: dict[str, Any] = to_builtins(message)
    return made
