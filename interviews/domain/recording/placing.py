"""When each sample was heard: pure arithmetic on a journal's records, in samples since the interview began.

Two clocks meet here. Pieces lie on the interview's wall clock, as turns and camera frames do. Utterances are timed by
its audio clock, which stands still while the interviewer is speaking; `marks` lead from there into a piece.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from interviews.domain.recording.journal import Kind, Record

SAMPLE_RATE = 16_000  # of the candidate's microphone
PER_MS = SAMPLE_RATE // 1000
# A network that stalls delivers late and all at once: what comes so soon after it waited was said before it came.
LONGEST_WAIT_MS = 5_000
# Shorter holes than this are the unsteadiness of arrival, not silence.
HOLE_MS = 300
MARK_MS = 20


class Clip(NamedTuple):
    """`samples` of a journal from `offset` on, at `rate`, heard from `at` on (samples of that rate)."""

    at: int
    offset: int
    samples: int
    rate: int

    @property
    def end(self) -> int:
        return self.at + self.samples


def candidate(records: Iterable[Record]) -> list[Clip]:
    """The microphone. Frames follow each other without a seam; where time passed without any there is silence.

    Exact for a client that streams in real time. What comes faster (a recording) is kept whole, from its start on.
    """
    frames = [record for record in records if record.kind is Kind.CANDIDATE and record.samples]
    latest, clips, end = _latest_starts(frames), list[Clip](), 0
    for frame, start in zip(frames, latest, strict=True):
        if not clips:
            end = max(start, (frame.wall_ms - LONGEST_WAIT_MS) * PER_MS, 0)
        at = start if start - end > HOLE_MS * PER_MS else end
        clips.append(Clip(at, frame.offset, frame.samples, SAMPLE_RATE))
        end = at + frame.samples
    return clips


def interviewer(records: Iterable[Record]) -> list[Clip]:
    """The voice as it was heard: what a cut kept from being played is left out."""
    clips: list[Clip] = []
    for record in records:
        if record.kind is Kind.CUT:
            clips = _cut(clips, record.wall_ms)
        elif record.kind is Kind.INTERVIEWER and record.samples and record.rate:
            at = record.wall_ms * record.rate // 1000
            before = clips[-1] if clips else None
            if before is not None:  # rounding, or another rate: two pieces of one voice never overlap
                at = max(at, before.end * record.rate // before.rate)
            clips.append(Clip(at, record.offset, record.samples, record.rate))
    return clips


def marks(records: Iterable[Record], clips: Sequence[Clip]) -> list[list[int]]:
    """`[[audio ms, ms from the piece's start], …]`: from each mark on both run side by side, up to the next one.

    `clips` are those of `candidate` for the same records.
    """
    found: list[list[int]] = []
    frames = [record for record in records if record.kind is Kind.CANDIDATE and record.samples]
    heard_before = None
    for frame, clip in zip(frames, clips, strict=True):
        length_ms = frame.samples // PER_MS
        if heard_before is None or frame.audio_ms > heard_before:  # this frame was listened to
            audio, place = max(0, frame.audio_ms - length_ms), (clip.at - clips[0].at) // PER_MS
            if not found or abs((place - audio) - (found[-1][1] - found[-1][0])) > MARK_MS:
                if found and audio - found[-1][0] <= length_ms:
                    found.pop()  # of the first frame nobody knows whether it was listened to
                found.append([audio, place])
        heard_before = frame.audio_ms
    return found


def place_of(audio_ms: int, marks: Sequence[Sequence[int]]) -> int | None:
    """Where in a piece an audio time is, in milliseconds from its start; None before its first mark."""
    place = None
    for audio, at in marks:
        if audio <= audio_ms:
            place = at + audio_ms - audio
    return place


def _latest_starts(frames: Sequence[Record]) -> list[int]:
    """By when each frame must have begun: it was over when it came, and before the next one began."""
    starts, limit = [0] * len(frames), 2**62
    for number in range(len(frames) - 1, -1, -1):
        limit = min(frames[number].wall_ms * PER_MS, limit) - frames[number].samples
        starts[number] = limit
    return starts


def _cut(clips: list[Clip], wall_ms: int) -> list[Clip]:
    kept = []
    for clip in clips:
        left = min(clip.samples, wall_ms * clip.rate // 1000 - clip.at)
        if left > 0:
            kept.append(clip._replace(samples=left))
    return kept
