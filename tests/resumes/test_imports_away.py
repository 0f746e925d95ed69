"""An import while the storage or the database is away: it waits, and no file is lost."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from s3transfer.exceptions import RetriesExceededError

from accounts.models import User
from resumes import tasks
from resumes.domain.imports import leases, running
from resumes.models import Resume
from tests.resumes.test_imports import begun, cv, outcomes_of, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_a_storage_that_is_away_while_files_are_read_costs_none(
    recruiter: User, storage_away: Callable[[int], None]
) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")), ("b.txt", cv("Bob Ray")))
    storage_away(9)  # the first file once, then both: more often than a file is read that ends its readers
    for _ in range(5):
        batch.refresh_from_db()
        with pytest.raises(EndpointConnectionError):
            tasks.run_import(batch.pk, batch.moved_at.isoformat())
        assert running.sweep(timezone.now() + timedelta(days=1)) == 1
    assert [status for _, status, _ in outcomes_of(batch)] == ["reading", "reading"]
    assert [status for _, status, _ in outcomes_of(run(batch))] == ["done", "done"]
    assert sorted(resume.file.read() for resume in Resume.objects.all()) == [cv("Ann Lee"), cv("Bob Ray")]


def test_a_file_whose_storage_is_away_for_days_is_given_up(
    recruiter: User, storage_away: Callable[[int], None]
) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")))
    storage_away(5)
    for _ in range(4):
        batch.refresh_from_db()
        with pytest.raises(EndpointConnectionError):
            tasks.run_import(batch.pk, batch.moved_at.isoformat())
        running.sweep(timezone.now() + timedelta(days=1))
        Resume.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert outcomes_of(run(batch)) == [("a.txt", "failed", "gave_up")]


def test_a_database_that_is_locked_once_costs_no_file(recruiter: User) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")))
    batch.refresh_from_db()
    with locked_once(), pytest.raises(OperationalError):
        tasks.run_import(batch.pk, batch.moved_at.isoformat())
    assert running.sweep(timezone.now() + timedelta(minutes=1)) == 1
    assert outcomes_of(run(batch)) == [("a.txt", "done", "")]


@contextmanager
def locked_once() -> Iterator[None]:
    """As the outcome of a reading is written."""
    left = ["locked"]

    def wrapper(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        if left and sql.startswith("UPDATE") and "parsed" in (params or ()):
            raise OperationalError(f"database is {left.pop()}")
        return execute(sql, params, *rest)

    with connection.execute_wrapper(wrapper):
        yield


class BreaksOff(FileSystemStorage):
    """As S3 where the body of each download ends too soon."""

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        raise RetriesExceededError(ConnectionError())


def test_a_download_that_breaks_off_costs_no_file(recruiter: User, settings: Any) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")))
    storages = settings.STORAGES
    settings.STORAGES = {**storages, "default": {"BACKEND": "tests.resumes.test_imports_away.BreaksOff"}}
    batch.refresh_from_db()
    with pytest.raises(RetriesExceededError):
        tasks.run_import(batch.pk, batch.moved_at.isoformat())
    settings.STORAGES = storages
    assert running.sweep(timezone.now() + timedelta(minutes=1)) == 1
    assert outcomes_of(run(batch)) == [("a.txt", "done", "")]


@dataclass
class Beaten(leases.Lease):
    """Its first signs of life fail."""

    failures: list[Exception] = field(default_factory=lambda: [OperationalError("a@example.org"), InterfaceError()])
    renewed: threading.Event = field(default_factory=threading.Event)

    def renew(self, **changes: object) -> bool:
        if self.failures:
            raise self.failures.pop(0)
        self.renewed.set()
        return False


def test_a_database_that_is_away_for_a_moment_costs_no_lease(caplog: Any) -> None:
    lease = Beaten(7, timezone.now())
    with leases.kept(lease, beat_s=0.001):
        assert lease.renewed.wait(20)
    told = [record.getMessage() for record in caplog.records]
    failed = "a sign of life of import 7 failed:"
    assert told == [f"{failed} OperationalError", f"{failed} InterfaceError"]
