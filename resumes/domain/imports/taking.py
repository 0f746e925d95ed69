"""Taking the files of an import: each is stored and has its row before anything is read."""

import errno
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import PurePath
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain import files
from accounts.models import User
from providers.children.base import MEBIBYTE
from resumes.domain.imports import archives, leases, reasons
from resumes.domain.uploads import MOST_BYTES
from resumes.models import ImportBatch, ImportItem, path_of

MOST_ARCHIVE = 1024 * MEBIBYTE
MOST_RUNNING = 20
AT_ONCE = 100
FULL = (errno.ENOSPC, errno.EDQUOT)


class ImportRefused(Exception):
    """The message says why and what to do, for the recruiter."""


def begin(recruiter: User | None) -> ImportBatch:
    """An import that has no files yet, and so nothing to do. Raises ImportRefused while too many are running."""
    running = ImportBatch.objects.filter(status=ImportBatch.Status.RUNNING, uploaded_by=recruiter)
    if running.count() >= MOST_RUNNING:
        raise ImportRefused(_("You have many imports running. Wait until one of them has finished."))
    return ImportBatch.objects.create(uploaded_by=recruiter, status=ImportBatch.Status.FINISHED)


def take(batch: ImportBatch, files: Iterable["File[Any]"], *, wake: bool = True) -> int:
    """Add files to an import, which goes on with them; how many they are. Raises ImportRefused.

    Files are stored in portions, so that a folder of thousands is never held at once. `wake=False`: the caller works.
    """
    taken = 0
    for portion in _portions(files):
        room = archives.MOST_FILES - ImportItem.objects.filter(batch=batch).count()
        if len(portion) > room:
            raise ImportRefused(_("An import holds at most 10,000 files. Begin another one with the rest."))
        taken += len(_add(batch, portion))
        if wake:
            wake_up(batch.pk)
        else:
            ImportBatch.objects.filter(pk=batch.pk).update(status=ImportBatch.Status.RUNNING, moved_at=timezone.now())
    return taken


def wake_up(batch_id: int) -> bool:
    """Let an import that has nothing to do go on; one that runs finds its new files by itself."""
    now = timezone.now()
    asleep = ImportBatch.objects.filter(pk=batch_id, status=ImportBatch.Status.FINISHED)
    woken = asleep.update(moved_at=now, status=ImportBatch.Status.RUNNING, finished_at=None)
    if woken:
        leases.ask_for_turn(batch_id, now)
    return bool(woken)


def _portions(files: Iterable["File[Any]"]) -> Iterator[list["File[Any]"]]:
    rest = iter(files)
    while portion := list(islice(rest, AT_ONCE)):
        yield portion


def _add(batch: ImportBatch, given: list["File[Any]"]) -> list[ImportItem]:
    """Files first, rows second: nothing is written to the disk within a transaction."""
    pairs = [(_item(batch, file), file) for file in given]
    items = [item for item, _file in pairs]
    stored = [str(item.file.name) for item in items if item.file.name]
    files.reserve(stored)
    try:
        for item, file in pairs:
            _store(item, file)
            file.close()  # a folder has more files than a process may open
    except OSError as error:
        _drop(items)
        if error.errno not in FULL:
            raise
        raise ImportRefused(
            _("The server's disk is full. Tell whoever runs it, then import the files again.")
        ) from error
    refused = sum(item.status == ImportItem.Status.FAILED for item in items)
    with transaction.atomic():
        files.keep(stored)
        ImportItem.objects.bulk_create(items)
        row = ImportBatch.objects.filter(pk=batch.pk)
        if not row.update(total=F("total") + len(items), failed=F("failed") + refused):
            _drop(items)
            raise ImportRefused(_("This import was deleted. Begin another one."))
    return items


def _item(batch: ImportBatch, file: "File[Any]") -> ImportItem:
    """With the name under which the file will be stored, or with the reason why it will not."""
    name = PurePath((file.name or "").replace("\\", "/")).name.replace("\0", "")[-255:]
    item = ImportItem(batch=batch, file_name=name, size=file.size)
    if file.size > MOST_BYTES and not (file.size <= MOST_ARCHIVE and archives.is_archive(file)):
        item.status, item.reason = ImportItem.Status.FAILED, reasons.TOO_LARGE
    else:
        item.file.name = path_of(item, name)
    return item


def _store(item: ImportItem, file: "File[Any]") -> None:
    if item.file.name:
        file.seek(0)
        item.file.name = store(file, str(item.file.name))


def store_again(item: ImportItem, file: "File[Any]") -> str:
    """`store` in the place of what a worker may have stored before it was killed."""
    name = f"resumes/{uuid.uuid5(uuid.NAMESPACE_OID, f'import item {item.pk}').hex}"
    default_storage.delete(name)
    return store(file, name)


def store(file: "File[Any]", name: str) -> str:
    """The name under which the file is stored now. Raises OSError, and leaves no half of a file."""
    try:
        return default_storage.save(name, file)
    except OSError:
        default_storage.delete(name)
        raise


def _drop(items: list[ImportItem]) -> None:
    for item in items:
        if item.file.name:
            default_storage.delete(item.file.name)
