"""Stored files whose rows are gone, or not there yet: none of them stays for ever, whatever fails or is killed.

Each has a row of its own, `FileToDelete`, which is written before the file is stored and with the deletion of the row
that named it. It goes when the file has been deleted, or has got its row.
"""

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import FileToDelete

logger = logging.getLogger(__name__)
FIRST_TRY = timedelta(minutes=1)  # the sweeper's first; who deleted the row tries at once
LONGEST = timedelta(days=1)  # between two tries
STORING = timedelta(days=1)  # a file that has no row after that will get none
PAUSE_S = 60  # after the storage was away nobody waits for it who deletes
SWEEP_S = 60.0
MOST_AT_ONCE = 1_000
PAUSED = "files.paused"


class TooLate(OSError):
    """Storing took more than a day; the file may be gone."""


def delete(*names: str) -> None:
    """Delete files once the current transaction has committed, or later if that fails; `folder/` is all that is in it.

    Called within the transaction that deletes the row which named them.
    """
    due = timezone.now() + FIRST_TRY
    for row in FileToDelete.objects.bulk_create(FileToDelete(name=name, due_at=due) for name in names if name):
        transaction.on_commit(partial(_try_at_once, row), robust=True)


def reserve(names: Iterable[str]) -> None:
    """Say that files will be stored, before they are: without `keep` within a day they are deleted."""
    due = timezone.now() + STORING
    FileToDelete.objects.bulk_create(FileToDelete(name=name, due_at=due) for name in names)


def store(name: str, content: "File[Any]") -> str:
    """Store a file for a row that is written after it, with `keep`; its name."""
    name = default_storage.get_available_name(name)
    reserve([name])
    return default_storage.save(name, content)


def keep(names: Iterable[str]) -> None:
    """Called in the transaction that writes the rows of files that were reserved. Raises TooLate."""
    wanted = set(names)
    kept, _ = FileToDelete.objects.filter(name__in=wanted, attempts=0).delete()
    if kept < len(wanted):
        raise TooLate


def sweep(now: datetime | None = None) -> int:
    """Delete the files that are due, for about a minute; how many it were. What fails is tried ever more rarely.

    Ends as soon as the storage is away: each further file would hold the worker as long as the first.
    """
    now, until = now or timezone.now(), time.monotonic() + SWEEP_S
    deleted = 0
    for row in FileToDelete.objects.filter(due_at__lte=now).order_by("due_at")[:MOST_AT_ONCE]:
        if cache.get(PAUSED) or time.monotonic() > until:
            break
        deleted += _claimed(row, now) and _deleted(row)
    return deleted


def is_away(error: BaseException) -> bool:
    """Whether the storage or the database failed, and not what was stored: the same may work a minute later."""
    from boto3.exceptions import Boto3Error  # 50 ms, which only a failure is worth
    from botocore.exceptions import BotoCoreError, ClientError
    from s3transfer.exceptions import RetriesExceededError  # of no family: a body broke off again and again

    of_s3 = (Boto3Error, BotoCoreError, ClientError, RetriesExceededError)
    away = (OSError, OperationalError, InterfaceError, *of_s3)
    return isinstance(error, away) and not isinstance(error, FileNotFoundError)


def _try_at_once(row: FileToDelete) -> None:
    if not cache.get(PAUSED):
        _deleted(row)


def _claimed(row: FileToDelete, now: datetime) -> bool:
    """Of several sweepers one deletes; and `keep` finds that it comes too late."""
    due = now + min(FIRST_TRY * 2 ** min(row.attempts, 20), LONGEST)
    mine = FileToDelete.objects.filter(pk=row.pk, attempts=row.attempts)
    return bool(mine.update(attempts=F("attempts") + 1, due_at=due))


def _deleted(row: FileToDelete) -> bool:
    try:
        _remove(row.name)
    except Exception as error:  # noqa: BLE001  # storages raise what they like
        logger.error("stored file %d could not be deleted yet: %s", row.pk, type(error).__name__)  # noqa: TRY400
        if is_away(error) and not _of_one_file(error):
            cache.set(PAUSED, True, PAUSE_S)
        return False
    FileToDelete.objects.filter(pk=row.pk).delete()
    return True


def _of_one_file(error: BaseException) -> bool:
    """Whether the storage has answered at once, and refused this file."""
    from botocore.exceptions import ClientError

    if isinstance(error, ClientError):
        status: int = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 503)
        return status < HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, PermissionError | IsADirectoryError | NotADirectoryError)


def _remove(name: str) -> None:
    if not name.endswith("/"):
        default_storage.delete(name)
        return
    try:
        names = default_storage.listdir(name)[1]
    except FileNotFoundError:
        return
    for one in names:
        default_storage.delete(f"{name}{one}")
