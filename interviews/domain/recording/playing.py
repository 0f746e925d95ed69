"""The pieces of a recording beside the transcript, and who may play them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from interviews.domain.recording.placing import place_of
from interviews.models import Interview, RecordingPiece

Side = RecordingPiece.Side
CONTENT_TYPES = {Side.CANDIDATE: "audio/flac", Side.INTERVIEWER: "audio/flac", Side.CAMERA: "video/webm"}


OVER_VOICE_MS = 10_000  # as much of what is said over the interviewer's voice is kept for recognition


class Heard(NamedTuple):
    """An utterance in the recording: the wall times of the interview between which it is heard."""

    start_ms: int
    end_ms: int


def may_play(user: User, interview: Interview) -> bool:
    """Whether a person who may see the interview may play its recording, too: recruiters, else only where shared.

    A hiring manager is shown what was said, not a voice and a face.
    """
    return user.is_recruiter or (settings.SHARE_RECORDING_WITH_CANDIDATE and interview.owner_id == user.pk)


def pieces_of(interview: Interview) -> QuerySet[RecordingPiece]:
    """In the order in which they begin."""
    return RecordingPiece.objects.filter(interview=interview).order_by("start_ms", "id")


def content_type(piece: RecordingPiece) -> str:
    return CONTENT_TYPES[Side(piece.side)]


def address(piece: RecordingPiece) -> str:
    """Where a player gets it."""
    return reverse("recording-piece", args=(piece.interview_id, piece.pk))


def beside(rows: list[dict[str, Any]], pieces: Iterable[RecordingPiece]) -> list[dict[str, Any]]:
    """`transcript.turns` with the `recording` of each turn (its pieces), and where each utterance is `heard` in it."""
    found: dict[int, list[RecordingPiece]] = {}
    for piece in pieces:
        found.setdefault(piece.turn_number, []).append(piece)
    return [_with(row, found.get(row["number"], [])) for row in rows]


def heard(pieces: Sequence[RecordingPiece], start_ms: int, end_ms: int) -> Heard | None:
    """Where an utterance is heard. Its times are those of `Utterance`, the pieces the candidate's of its turn."""
    for piece in reversed(pieces):
        place = place_of(start_ms, piece.marks)
        if place is not None and piece.start_ms + place <= piece.end_ms:
            at = piece.start_ms + place
            if start_ms < end_ms:
                return Heard(at, at + end_ms - start_ms)
            # Said over the interviewer's voice, while the interview's clock stood: it was over when that went on.
            return Heard(max(piece.start_ms, at - OVER_VOICE_MS), at)
    return None


def _with(row: dict[str, Any], pieces: list[RecordingPiece]) -> dict[str, Any]:
    candidate = [piece for piece in pieces if piece.side == Side.CANDIDATE]
    said = [
        {**one, "heard": heard(candidate, one["start_ms"], one["end_ms"]) if one["source"] == "voice" else None}
        for one in row["utterances"]
    ]
    return {**row, "utterances": said, "recording": [_playable(piece) for piece in pieces]}


def _playable(piece: RecordingPiece) -> dict[str, Any]:
    times = {"begins": _clock(piece.start_ms), "ends": _clock(piece.end_ms)}
    return {"side": piece.side, "piece": piece, "address": address(piece), **times}


def _clock(at_ms: int) -> str:
    """Minutes and seconds."""
    minutes, seconds = divmod(at_ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"
