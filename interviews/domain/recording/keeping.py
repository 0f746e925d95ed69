"""From the spool into the storage: journals become pieces. May be broken off anywhere and done again.

Of two tries one makes the row, by its key; the file of the other goes: `accounts.domain.files`.
"""

import errno
import logging
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import av
import cv2
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import Error, transaction

from accounts.domain import consents, files
from accounts.models import ConsentKind
from interviews.domain.recording import encoding, journal, placing, spool
from interviews.domain.recording.journal import Name, Record
from interviews.models import Interview, RecordingPiece

log = logging.getLogger(__name__)

Side = RecordingPiece.Side
DAY_S = 24 * 60 * 60
# What the libraries raise of bytes that they cannot make anything of.
UNDECODABLE = (av.FFmpegError, cv2.error, ValueError, IndexError, ArithmeticError)
ENDINGS = {Side.CANDIDATE: "flac", Side.INTERVIEWER: "flac", Side.CAMERA: "webm"}


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made of a journal, not stored yet."""

    key: str
    side: Side
    path: Path
    start_ms: int
    end_ms: int
    marks: list[list[int]] = field(default_factory=list)


def keep_all(base: Path) -> tuple[int, int]:
    """Store every journal that waits; how many were stored, and how many have to wait for a later try."""
    stored = failed = 0
    for path in spool.waiting(base):
        try:
            stored += keep(path)
        except Exception as error:  # noqa: BLE001  # storages raise what they like; the journal stays, the next is tried
            log.warning("%s: not stored yet (%s)", path.stem, type(error).__name__)
            failed += 1
    return stored, failed


def keep(path: Path) -> bool:
    """Store the pieces of one journal and delete it; False where there is nothing of it that may be kept, or yet.

    Nothing is stored without the candidate's consent as it is now, nor of an interview that was deleted. A journal that
    cannot be encoded is given up: it stays, but no longer than a recording would.
    """
    name = Name.parse(path.stem)
    given_up = path.suffix == spool.GIVEN_UP
    if name is None or not _may_be_kept(name.interview_id) or (given_up and _is_old(path)):
        path.unlink()
        return False
    return not given_up and _try(path, name)


def _try(path: Path, name: Name) -> bool:
    tried = spool.try_next(path)
    if tried is None:
        kept = spool.give_up(path)
        log.error("interview %s: a recording of turn %s cannot be encoded and is given up (%s)", *name[::3], kept.name)
        return False
    return _keep(tried, name)


def _keep(path: Path, name: Name) -> bool:
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            _store_all(name, _encoded(path, name, Path(folder)))
    except _Undecodable as error:
        log.warning("interview %s: a recording could not be encoded (%s)", name.interview_id, error)
        return False  # the next round tries again
    except BaseException:
        spool.put_back(path)
        raise
    path.unlink()
    return True


def _is_old(path: Path) -> bool:
    return bool(settings.RETENTION_DAYS) and time.time() - path.stat().st_mtime > settings.RETENTION_DAYS * DAY_S


class _Undecodable(Exception):
    """The fault is the journal's."""


def _encoded(path: Path, name: Name, folder: Path) -> Iterator[Made]:
    with path.open("rb") as file:
        records = list(journal.records(file))
        try:
            yield from _sounds(file, records, name, folder)
            yield from _videos(file, records, name, folder)
        except UNDECODABLE as error:
            if isinstance(error, av.FFmpegError) and error.errno == errno.ENOSPC:
                raise
            raise _Undecodable(type(error).__name__) from error


def _sounds(file: BinaryIO, records: list[Record], name: Name, folder: Path) -> Iterator[Made]:
    sides = {Side.CANDIDATE: placing.candidate(records), Side.INTERVIEWER: placing.interviewer(records)}
    for side, clips in sides.items():
        if not clips:
            continue
        target = folder / f"{side}.flac"
        encoding.sound(file, clips, target)
        start, end = clips[0].at * 1000 // clips[0].rate, clips[-1].end * 1000 // clips[-1].rate
        marks = placing.marks(records, clips) if side is Side.CANDIDATE else []
        yield Made(_key(name, side), side, target, start, end, marks)


def _videos(file: BinaryIO, records: Iterable[Record], name: Name, folder: Path) -> Iterator[Made]:
    for number, frames in enumerate(encoding.stretches(records)):
        target = folder / "camera.webm"
        times = encoding.video(file, frames, target)
        if times is not None:
            yield Made(f"{_key(name, Side.CAMERA)}-{number}", Side.CAMERA, target, *times)


def _store_all(name: Name, pieces: Iterable[Made]) -> None:
    kept = set(RecordingPiece.objects.filter(interview_id=name.interview_id).values_list("key", flat=True))
    for made in pieces:
        if made.key not in kept:
            _store(name, made)


def _store(name: Name, made: Made) -> None:
    """The file, then its row. What a kill between the two leaves is deleted within a day: see `files.reserve`."""
    piece = RecordingPiece(
        interview_id=name.interview_id,
        key=made.key,
        side=made.side,
        turn_number=name.turn,
        start_ms=made.start_ms,
        end_ms=max(made.start_ms, made.end_ms),
        marks=made.marks,
        size=made.path.stat().st_size,
    )
    piece.file.name = _address(piece)
    files.reserve([piece.file.name])
    written = False
    try:
        with made.path.open("rb") as file:
            piece.file.name = default_storage.save(piece.file.name, File(file))
        written = _write_row(piece)
    finally:
        if not written:
            _take_back(piece)


def _write_row(piece: RecordingPiece) -> bool:
    with transaction.atomic():
        # Locked: its deletion waits, and then takes the row along.
        there = Interview.objects.select_for_update().filter(pk=piece.interview_id).exists()
        kept = there and _may_be_kept(piece.interview_id)
        if kept:
            files.keep([str(piece.file.name)])
            piece.save()
    return kept


def _take_back(piece: RecordingPiece) -> None:
    """Its file goes at once, unless its row is there, whose answer was lost."""
    name = str(piece.file.name)
    try:
        with transaction.atomic():
            if not RecordingPiece.objects.filter(interview_id=piece.interview_id, file=name).exists():
                files.delete(name)
    except Error as error:  # it was reserved: it goes within a day
        log.warning(
            "interview %s: a file without its row is left for later (%s)", piece.interview_id, type(error).__name__
        )


def _key(name: Name, side: Side) -> str:
    return f"{name.epoch}-{name.number}-{side}"


def _address(piece: RecordingPiece) -> str:
    """A name nobody can guess, because storages may be shared with a web server.

    No two tries have the same: what one left behind may still be due for deletion when the next has stored the piece.
    """
    return f"recordings/{piece.interview_id}/{secrets.token_hex(16)}.{ENDINGS[Side(piece.side)]}"


def _may_be_kept(interview_id: int) -> bool:
    interview = Interview.objects.filter(pk=interview_id).select_related("owner").only("owner").first()
    return interview is not None and consents.granted(interview.owner, ConsentKind.RECORDING)
