"""Files of deleted rows are deleted, now or later, whatever the storage says meanwhile."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from boto3.exceptions import S3UploadFailedError
from botocore.exceptions import ClientError, EndpointConnectionError
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DataError, InterfaceError, OperationalError, transaction
from django.test import Client
from django.utils import timezone
from s3transfer.exceptions import RetriesExceededError

from accounts import tasks
from accounts.domain import files
from accounts.models import FileToDelete, User
from interviews.models import RecordingPiece
from proctoring.models import ProctoringEvent
from resumes.domain import uploads
from resumes.domain.imports import taking
from resumes.models import ImportBatch, ImportItem
from tests.interviews.factories import make_interview, make_resume
from tests.kills import killed_at_the_row

pytestmark = pytest.mark.django_db
DELETED = (FileToDelete, RecordingPiece, ProctoringEvent, ImportItem)


class Flaky(FileSystemStorage):
    """Deletes nothing while it is away, and never what is named `stuck`."""

    away: ClassVar[bool] = False
    asked: ClassVar[list[str]] = []

    def delete(self, name: str) -> None:
        self.asked.append(name)
        if self.away:
            raise EndpointConnectionError(endpoint_url="https://files.example.org")
        if name.endswith("stuck"):
            raise PermissionError(name)
        if name.endswith("locked"):
            raise ClientError({"ResponseMetadata": {"HTTPStatusCode": 403}}, "DeleteObject")  # type: ignore[typeddict-item]
        if name.endswith("slow"):
            raise ClientError({"ResponseMetadata": {"HTTPStatusCode": 503}}, "DeleteObject")  # type: ignore[typeddict-item]
        super().delete(name)


@pytest.fixture(autouse=True)
def _flaky(settings: Any, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.accounts.test_files.Flaky"}}
    monkeypatch.setattr(Flaky, "away", False)
    monkeypatch.setattr(Flaky, "asked", [])


def stored(*names: str) -> list[str]:
    return [default_storage.save(name, ContentFile(b"words")) for name in names]


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def sweep_after(**time: float) -> int:
    return files.sweep(timezone.now() + timedelta(**time))


def leave_everything(owner: User) -> None:
    """A file of each kind that has rows."""
    resume = make_resume(owner)
    resume.file.save("x", ContentFile(b"words"))
    stored(f"pages/{Path(str(resume.file.name)).name}-1/1")
    interview = make_interview(owner, resume=resume, status="completed")
    event = ProctoringEvent(interview=interview, signal="no_face", source="vision", text="x", at_ms=1)
    event.frame.save("frame.jpg", ContentFile(b"jpeg"), save=True)
    sound = RecordingPiece(interview=interview, key="1", side="candidate", turn_number=1, start_ms=0, end_ms=9, size=5)
    sound.file.save("sound.flac", ContentFile(b"sound"), save=True)
    item = ImportItem(batch=ImportBatch.objects.create(uploaded_by=owner), resume=resume, file_name="cv.txt")
    item.file.save("cv.txt", ContentFile(b"words"), save=True)


@pytest.mark.django_db(transaction=True)
def test_an_erased_persons_files_go_once_the_storage_is_back(
    owner: User, administrator_client: Client, media: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    leave_everything(owner)
    assert len(left(media)) == 5
    monkeypatch.setattr(Flaky, "away", True)
    answer = administrator_client.post(f"/admin/accounts/user/{owner.pk}/delete/", {"post": "yes"})
    assert (answer.status_code, User.objects.filter(pk=owner.pk).count(), len(left(media))) == (302, 0, 5)
    assert "could not be deleted yet: EndpointConnectionError" in caplog.text
    assert not [name for name in left(media) if name in caplog.text]
    monkeypatch.setattr(Flaky, "away", False)
    assert tasks.delete_files() == 0  # they are not due
    assert (sweep_after(minutes=2), len(left(media))) == (0, 5)  # nobody asks so soon
    cache.delete(files.PAUSED)
    sweep_after(minutes=2)
    assert (left(media), [model.objects.count() for model in DELETED]) == ([], [0] * len(DELETED))  # type: ignore[attr-defined]


@transaction.atomic
def killed_after_the_commit(names: list[str]) -> None:
    transaction.on_commit(sys.exit)
    files.delete(*names)


@pytest.mark.django_db(transaction=True)
def test_who_is_killed_after_the_commit_leaves_the_files_to_the_sweeper(owner: User, media: Path) -> None:
    names = stored("a", "b")

    with pytest.raises(SystemExit):
        killed_after_the_commit(names)
    assert (left(media), sweep_after(minutes=2), left(media)) == (["a", "b"], 2, [])


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_taken_back_keeps_the_file(media: Path) -> None:
    with transaction.atomic():
        files.delete(*stored("a"))
        transaction.set_rollback(True)
    assert (sweep_after(days=9), left(media)) == (0, ["a"])


@pytest.mark.django_db(transaction=True)
def test_one_file_that_cannot_be_deleted_keeps_no_other(media: Path) -> None:
    files.delete(*stored("a", "stuck", "locked", "b", "c/1", "c/2"), "", "c/", "never/")
    assert (FileToDelete.objects.count(), left(media)) == (2, ["locked", "stuck"])
    files.reserve(stored("d"))
    assert (sweep_after(days=2), left(media)) == (1, ["locked", "stuck"])


@pytest.mark.django_db(transaction=True)
def test_a_storage_that_is_away_is_asked_once_a_minute(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = stored("a", "b", "c", "slow")
    monkeypatch.setattr(Flaky, "away", True)
    files.delete(*names)
    assert [sweep_after(minutes=2), sweep_after(minutes=2), Flaky.asked] == [0, 0, ["a"]]
    cache.delete(files.PAUSED)  # a minute later
    assert [sweep_after(minutes=2), sweep_after(minutes=2), Flaky.asked] == [0, 0, ["a", "a"]]
    monkeypatch.setattr(Flaky, "away", False)
    cache.delete(files.PAUSED)
    assert (sweep_after(minutes=9), left(media)) == (2, ["a", "slow"])  # "a" is due last
    assert cache.get(files.PAUSED)  # a 503 speaks for the whole storage


def test_a_failure_is_tried_ever_more_rarely_and_never_given_up(media: Path) -> None:
    files.delete(*stored("stuck"))
    now = timezone.now() + timedelta(minutes=2)
    pauses = []
    for _ in range(13):
        files.sweep(now)
        due = FileToDelete.objects.get().due_at
        pauses.append((due - now) / timedelta(minutes=1))
        now = due
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440]
    (media / "stuck").rename(media / "loose")
    assert FileToDelete.objects.update(name="loose") == 1
    assert (files.sweep(now), left(media)) == (1, [])


def test_a_file_that_got_its_row_is_kept_and_one_that_did_not_is_deleted(media: Path) -> None:
    files.reserve(["a", "b", "c"])
    stored("a", "b")  # and killed before `c`
    files.keep(["a"])
    assert (sweep_after(hours=23), left(media)) == (0, ["a", "b"])
    assert (sweep_after(hours=25), left(media)) == (2, ["a"])


def test_a_row_that_comes_too_late_for_its_file_is_refused() -> None:
    files.reserve(["stuck"])
    stored("stuck")
    sweep_after(hours=25)
    with pytest.raises(files.TooLate):
        files.keep(["stuck"])


@pytest.mark.django_db(transaction=True)
def test_who_is_killed_between_a_file_and_its_row_leaves_nothing(owner: User, recruiter: User, media: Path) -> None:
    file: Any = ContentFile(b"Ann Lee", name="cv.txt")
    batch = taking.begin(recruiter)
    with killed_at_the_row("resumes_resume"):
        uploads.upload(owner, file)
    with killed_at_the_row("resumes_importitem"):
        taking.take(batch, [ContentFile(b"Bob Ray", name="a.txt"), ContentFile(b"Cho Min", name="b.txt")])
    assert (len(left(media)), sweep_after(hours=25), left(media)) == (3, 3, [])


@pytest.mark.django_db(transaction=True)
def test_what_got_its_row_is_not_swept(owner: User, recruiter: User, media: Path) -> None:
    file: Any = ContentFile(b"Ann Lee", name="cv.txt")
    resume = uploads.upload(owner, file)
    batch = taking.begin(recruiter)
    taking.take(batch, [ContentFile(b"Bob Ray", name="a.txt"), ContentFile(b"", name="b.txt")])
    names = sorted([resume.file.name, *batch.items.values_list("file", flat=True)])
    assert (FileToDelete.objects.count(), sweep_after(days=9), left(media)) == (0, 0, names)


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (ConnectionError(), True),
        (OSError(28, "No space left on device"), True),
        (FileNotFoundError(), False),
        (OperationalError("database is locked"), True),
        (InterfaceError("connection already closed"), True),
        (DataError("value too long"), False),
        (EndpointConnectionError(endpoint_url="https://files.example.org"), True),
        (ClientError({"Error": {"Code": "503"}}, "GetObject"), True),
        (RetriesExceededError(ConnectionError()), True),
        (S3UploadFailedError(), True),
        (ValueError(), False),
    ],
)
def test_what_may_work_a_minute_later(error: Exception, away: bool) -> None:
    assert files.is_away(error) is away
