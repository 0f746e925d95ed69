"""Recordings end with their interview, with consent, and with time; files go along."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from accounts.domain import consents
from accounts.domain import files as files_to_delete
from accounts.models import User
from interviews.domain.recording import ending
from interviews.models import Interview, OutboxMessage, RecordingPiece
from interviews.tasks import forget_recordings
from tests.interviews.factories import make_interview

pytestmark = pytest.mark.django_db


def make_piece(interview: Interview, key: str = "1", days: int = 0, **fields: Any) -> RecordingPiece:
    values = {"side": "candidate", "turn_number": 1, "start_ms": 0, "end_ms": 1000, "size": 5}
    piece = RecordingPiece(interview=interview, key=key, **values | fields)
    piece.file.save(f"{key}.flac", ContentFile(b"sound"), save=True)
    RecordingPiece.objects.filter(pk=piece.pk).update(created_at=timezone.now() - timedelta(days=days))
    return piece


def files(settings: Any) -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_a_deleted_interview_takes_its_recording_along(
    interview: Interview, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make_piece(interview)
    with django_capture_on_commit_callbacks(execute=True):
        interview.delete()
    assert (RecordingPiece.objects.count(), files(settings)) == (0, [])


def test_a_deletion_that_fails_keeps_the_file(
    interview: Interview, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    make_piece(interview)
    with django_capture_on_commit_callbacks():
        RecordingPiece.objects.all().delete()
    assert files(settings) == ["1.flac"]


def test_what_is_old_is_forgotten(interview: Interview, settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.RETENTION_DAYS = 30
    make_piece(interview, "new", days=29)
    make_piece(interview, "old", days=31)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_recordings() == 1
    assert (list(RecordingPiece.objects.values_list("key", flat=True)), files(settings)) == (["new"], ["new.flac"])


def test_a_file_that_is_gone_already_hinders_nothing(interview: Interview, settings: Any) -> None:
    settings.RETENTION_DAYS = 1
    Path(make_piece(interview, days=2).file.path).unlink()
    assert (ending.forget_old(), RecordingPiece.objects.count()) == (1, 0)


def test_without_the_setting_everything_is_kept(interview: Interview, settings: Any) -> None:
    make_piece(interview, days=10_000)
    assert (settings.RETENTION_DAYS, forget_recordings(), RecordingPiece.objects.count()) == (0, 0, 1)


class Refusing(FileSystemStorage):
    """Answers, but one file it does not delete."""

    def delete(self, name: str) -> None:
        if name.endswith("/0.flac"):
            raise PermissionError
        super().delete(name)


@pytest.mark.django_db(transaction=True)
def test_one_file_that_cannot_be_deleted_stops_no_other(interview: Interview, settings: Any, caplog: Any) -> None:
    settings.RETENTION_DAYS = 1
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Refusing"}}
    for number in range(3):
        make_piece(interview, str(number), days=2)
    assert (ending.forget_old(), RecordingPiece.objects.count()) == (3, 0)
    assert files(settings) == ["0.flac"]
    assert files_to_delete.sweep(timezone.now() + timedelta(minutes=2)) == 0
    assert files(settings) == ["0.flac"]
    assert caplog.text.count("could not be deleted yet: PermissionError") == 2


def test_more_than_a_batch_is_forgotten_at_once(
    interview: Interview, settings: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.RETENTION_DAYS = 1
    monkeypatch.setattr(ending, "BATCH", 2)
    for number in range(5):
        make_piece(interview, str(number), days=2)
    with django_capture_on_commit_callbacks(execute=True):
        assert ending.forget_old() == 5
    assert files(settings) == []


def told() -> list[tuple[int, str]]:
    return list(OutboxMessage.objects.values_list("interview_id", "kind"))


def test_who_withdraws_consent_is_not_recorded_any_longer(interview: Interview, settings: Any) -> None:
    settings.REDIS_URL = ""
    make_interview(interview.owner, status="completed")
    consents.record(interview.owner, "recording", False)
    assert told() == [(interview.pk, "recording_withdrawn")]


@pytest.mark.parametrize(("kind", "granted"), [("recording", True), ("interview", False)])
def test_other_decisions_end_no_recording(interview: Interview, settings: Any, kind: str, granted: bool) -> None:
    settings.REDIS_URL = ""
    consents.record(interview.owner, kind, granted)
    assert told() == []


def test_another_persons_decision_ends_no_recording(interview: Interview, colleague: User, settings: Any) -> None:
    settings.REDIS_URL = ""
    consents.record(colleague, "recording", False)
    assert told() == []
