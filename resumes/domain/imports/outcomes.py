"""What becomes of a file of an import: each outcome is written once, with its count, in one transaction."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.domain import files
from resumes.domain.imports.archives import Entry
from resumes.models import ImportBatch, ImportItem, Resume, Status

State = ImportItem.Status
COUNTS = {State.DONE: "done", State.DUPLICATE: "duplicates", State.FAILED: "failed"}


def claim(item: ImportItem, sha256: str, fields: dict[str, Any]) -> Resume | None:
    """Make the file's pending resume, with `fields`; None where somebody else has it, or it is there already.

    The same content is being read only once at any time, which the database sees to: the other item goes on waiting.
    """
    try:
        with transaction.atomic():
            if not _move(item, State.WAITING, State.READING, sha256=sha256, attempts=F("attempts") + 1):
                return None
            twin = Resume.objects.filter(sha256=sha256).exclude(status=Status.FAILED).order_by("pk").first()
            if twin is not None:
                close(item, State.DUPLICATE, resume=twin)
                return None
            resume = Resume.objects.create(sha256=sha256, **fields)
            ImportItem.objects.filter(pk=item.pk).update(resume=resume, file="")
            if item.file.name != resume.file.name:  # a JSON Resume is kept as its text
                files.delete(str(item.file.name or ""))
            return resume
    except IntegrityError:
        return None


def settle(item: ImportItem, resume: Resume) -> None:
    """Close the file of a resume that has been read. One that could not be read leaves its reason, and no resume."""
    if resume.is_unfinished:
        return
    with transaction.atomic():
        if resume.is_usable:
            close(item, State.DONE)
            return
        close(item, State.FAILED, reason=resume.status_reason, resume=None)
        resume.delete()


def refuse(item: ImportItem, code: str) -> None:
    """Close a file that was never read."""
    with transaction.atomic():
        _close_from(item, State.WAITING, State.FAILED, reason=code)


def unpack(item: ImportItem, found: list[Entry]) -> None:
    """An archive becomes the files in it, all of them or none."""
    with transaction.atomic():
        if not _move(item, State.WAITING, State.UNPACKED):
            return
        ImportItem.objects.bulk_create(
            [
                ImportItem(
                    batch_id=item.batch_id, archive=item, entry=entry.number, file_name=entry.name, size=entry.size
                )
                for entry in found
            ],
            batch_size=500,
        )
        ImportBatch.objects.filter(pk=item.batch_id).update(total=F("total") + len(found) - 1)


def close(item: ImportItem, status: State, **fields: Any) -> None:
    _close_from(item, State.READING, status, **fields)


def _close_from(item: ImportItem, before: State, status: State, **fields: Any) -> None:
    if _move(item, before, status, **fields):
        count = COUNTS[status]
        ImportBatch.objects.filter(pk=item.batch_id).update(**{count: F(count) + 1})
        drop_file(item)


@transaction.atomic
def drop_file(item: ImportItem) -> None:
    """Remove the stored file, where no resume has taken it over."""
    held = ImportItem.objects.filter(pk=item.pk).exclude(file="").first()
    if held is not None:
        ImportItem.objects.filter(pk=item.pk).update(file="")
        files.delete(str(held.file.name))


def _move(item: ImportItem, before: State, after: State, **fields: Any) -> int:
    row = ImportItem.objects.filter(pk=item.pk, status=before)
    return row.update(status=after, status_changed_at=timezone.now(), **fields)
