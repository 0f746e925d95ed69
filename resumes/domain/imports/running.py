"""Works through an import in short turns, so that candidates' uploads and other imports get theirs in between.

May be killed at any line: each step is one transaction, and the next holder of the lease finishes what was begun.
"""

import hashlib
import logging
import time
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import PurePath
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain import files
from accounts.domain.languages import normalise
from resumes.domain import lifecycle, reading, uploads
from resumes.domain import reasons as resume_reasons
from resumes.domain.imports import archives, outcomes, reasons, taking
from resumes.domain.imports.leases import Lease, ask_for_turn, kept, stale
from resumes.models import ImportBatch, ImportItem, Resume, Status

logger = logging.getLogger(__name__)
TURN_S = 2.0
WAIT_S = 2.0  # for another import that is reading the very same file
State = ImportItem.Status
REFUSED = {
    uploads.FileTooLarge: reasons.TOO_LARGE,
    uploads.FileEmpty: reasons.EMPTY,
    uploads.FileUnsupported: reasons.UNSUPPORTED,
}


class Left(Enum):
    """What a turn leaves: more files, files that another import is reading, or nothing."""

    MORE = auto()
    BUSY = auto()
    NOTHING = auto()


@dataclass
class Turn:
    """One piece of work on an import. The archive that was opened last stays open for its next file.

    `broken_off` is why a file that was being read could not be read to its end now: others come first.
    """

    batch: ImportBatch
    lease: Lease
    busy: list[int] = field(default_factory=list)
    broken_off: Exception | None = None
    opened: tuple[int, zipfile.ZipFile, IO[bytes]] | None = None

    def next(self) -> ImportItem | None:
        items = self.batch.items.filter(status=State.WAITING).exclude(pk__in=self.busy)
        return items.select_related("archive").order_by("pk").first()

    def data(self, item: ImportItem) -> bytes:
        """What the file holds. Raises Refused and UploadRefused."""
        if item.archive_id is None:
            with item.file.open("rb") as file:
                return uploads.contents(file)
        return archives.read(self._archive(item), item.entry or 0)

    def _archive(self, item: ImportItem) -> zipfile.ZipFile:
        assert item.archive is not None  # noqa: S101  # by the caller
        if self.opened is None or self.opened[0] != item.archive.pk:
            self.close()
            file = item.archive.file.open("rb")
            self.opened = (item.archive.pk, archives.open_archive(file), file)
        return self.opened[1]

    def close(self) -> None:
        if self.opened is not None:
            self.opened[2].close()
        self.opened = None


def work(batch_id: int, turn: datetime) -> None:
    """One turn of an import, and the request for the next. Does nothing where the turn is void.

    On a full disk nothing is lost: the file at hand waits, and the sweeper asks again.
    """
    lease = Lease(batch_id, turn)
    try:
        left = go_on(lease)
    except OSError as error:
        if error.errno not in taking.FULL:
            raise
        logger.error("import %d waits: the disk is full", batch_id)  # noqa: TRY400  # the sweeper tries again
        return
    if left in (Left.MORE, Left.BUSY) and lease.renew():
        ask_for_turn(batch_id, lease.turn, WAIT_S if left is Left.BUSY else None)


def sweep(now: datetime | None = None) -> int:
    """Ask again for imports whose worker is gone. Returns how many."""
    leases = stale(now)
    for lease in leases:
        logger.warning("import %d goes on after a break", lease.batch_id)
        ask_for_turn(lease.batch_id, lease.turn)
    return len(leases)


def go_on(lease: Lease, seconds: float = TURN_S) -> Left:
    """Read files for `seconds`, at least one; fewer where a candidate waits."""
    if not lease.renew():
        return Left.NOTHING
    batch = ImportBatch.objects.select_related("uploaded_by").get(pk=lease.batch_id)
    turn = Turn(batch, lease)
    try:
        with kept(lease):
            return _files(turn, time.monotonic() + seconds)
    finally:
        turn.close()


def _files(turn: Turn, until: float) -> Left:
    _recover(turn)
    while (item := turn.next()) is not None:
        _process(turn, item)
        if time.monotonic() >= until or somebody_waits():
            return Left.MORE
    if turn.broken_off is not None:
        raise turn.broken_off
    if turn.busy or ImportItem.objects.filter(batch=turn.batch, status=State.READING).exists():
        return Left.BUSY
    return _finish(turn)


def somebody_waits() -> bool:
    """Whether a candidate's own upload is to be read: it goes first."""
    return Resume.objects.filter(status=Status.PENDING, owner__isnull=False).exists()


def _finish(turn: Turn) -> Left:
    """The end. Files that were added in this very moment let it go on, whoever saw it first."""
    turn.close()
    if turn.lease.renew(status=ImportBatch.Status.FINISHED, finished_at=timezone.now()):
        if turn.next() is not None:
            taking.wake_up(turn.batch.pk)
            return Left.NOTHING
        for archive in turn.batch.items.filter(status=State.UNPACKED):
            outcomes.drop_file(archive)
        logger.info("import %d has finished", turn.batch.pk)
    return Left.NOTHING


def _process(turn: Turn, item: ImportItem) -> None:
    """Bring one file to its outcome. Raises what a storage or a database does that is away: not the file's doing."""
    try:
        if item.archive_id is None and _unpacked(item, turn.batch):
            return
        _import(turn, item, turn.data(item))
    except archives.Refused as error:
        outcomes.refuse(item, error.code)
    except uploads.UploadRefused as error:
        outcomes.refuse(item, REFUSED.get(type(error), reasons.NOT_JSON))
    except FileNotFoundError:
        outcomes.refuse(item, resume_reasons.FILE_MISSING)
    except Exception as error:  # one file must not stop the others
        if files.is_away(error):
            raise
        logger.error("file %d of an import could not be read: %s", item.pk, reading.where(error))  # noqa: TRY400
        outcomes.refuse(item, resume_reasons.INTERNAL)


def _unpacked(item: ImportItem, batch: ImportBatch) -> bool:
    """Whether this was an archive. Its files are items now."""
    with item.file.open("rb") as file:
        if not archives.is_archive(file):
            return False
        language = normalise(batch.uploaded_by.language) if batch.uploaded_by else ""
        outcomes.unpack(item, archives.entries(archives.open_archive(file), language))
    return True


def _import(turn: Turn, item: ImportItem, data: bytes) -> None:
    data, known = uploads.read_json(data, item.file_name)
    fields = {**_fields(turn, item, data), **known}
    held = "" if known else item.file.name  # a JSON Resume is kept as its text
    stored = held or taking.store_again(item, ContentFile(data))
    resume = outcomes.claim(item, hashlib.sha256(data).hexdigest(), {**fields, "file": stored})
    if resume is not None:
        _read(item, resume)
        return
    if not held and not Resume.objects.filter(file=stored).exists():
        default_storage.delete(stored)  # where the very same item was claimed meanwhile, it is that resume's
    if ImportItem.objects.filter(pk=item.pk, status=State.WAITING).exists():
        turn.busy.append(item.pk)


def _fields(turn: Turn, item: ImportItem, data: bytes) -> dict[str, Any]:
    """The columns of a new resume. Raises UploadRefused, and Refused for an archive within an archive."""
    if not data.strip():
        raise uploads.FileEmpty
    if item.archive_id is not None and data.startswith(archives.MARK) and archives.is_archive(ContentFile(data)):
        raise archives.Refused(reasons.NESTED)
    return {
        "owner": None,
        "uploaded_by": turn.batch.uploaded_by,
        "name": (PurePath(item.file_name).stem or _("Resume"))[:200],
        "file_name": item.file_name,
        "content_type": uploads.content_type(data),
        "size": len(data),
    }


def _read(item: ImportItem, resume: Resume) -> None:
    reading.read(resume.pk)
    read = Resume.objects.filter(pk=resume.pk).first()
    if read is None:  # erased meanwhile, and the item with it
        return
    _name(read)
    outcomes.settle(item, read)


def _name(resume: Resume) -> None:
    """In a list of thousands a person's name says more than `CV (3)`; the file's name stays beside it."""
    name = str(resume.profile.get("basics", {}).get("name", "")).strip()
    if name:
        Resume.objects.filter(pk=resume.pk).update(name=name[:200])


def _recover(turn: Turn) -> None:
    """Finish what a worker that was killed had begun, or that a storage which was away has broken off."""
    for item in turn.batch.items.filter(status=State.READING).select_related("resume"):
        try:
            _begin_again(item)
        except Exception as error:
            if not files.is_away(error):
                raise
            turn.broken_off = error


def _begin_again(item: ImportItem) -> None:
    """A file that ends every reader of it is given up."""
    resume = item.resume
    assert resume is not None  # noqa: S101  # `claim` writes both at once
    try:
        if resume.status == Status.PARSING and reading.is_hopeless(resume):
            lifecycle.move(resume, Status.FAILED, reason=resume_reasons.GAVE_UP)
        elif resume.status == Status.PARSING:
            lifecycle.move(resume, Status.PENDING)
    except lifecycle.Superseded:
        return
    _read(item, resume)
