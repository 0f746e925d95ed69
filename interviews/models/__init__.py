"""Interviews and everything that must survive a killed process: state, transcript, messages, code."""

from interviews.models.code import CodeDocument, CodeRun, EditorOperation, RunKind, RunStatus
from interviews.models.coding_tasks import CodingTask
from interviews.models.exchanges import ModelExchange
from interviews.models.interview import Interview, Phase, PositionType, Status, StatusChange
from interviews.models.messages import OutboxMessage, OutgoingMessage
from interviews.models.recordings import RecordingPiece
from interviews.models.submission_checks import SubmissionCheck
from interviews.models.timings import TurnTiming
from interviews.models.transcript import Turn, Utterance

__all__ = [
    "CodeDocument",
    "CodeRun",
    "CodingTask",
    "EditorOperation",
    "Interview",
    "ModelExchange",
    "OutboxMessage",
    "OutgoingMessage",
    "Phase",
    "PositionType",
    "RecordingPiece",
    "RunKind",
    "RunStatus",
    "Status",
    "StatusChange",
    "SubmissionCheck",
    "Turn",
    "TurnTiming",
    "Utterance",
]
