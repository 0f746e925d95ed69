"""From the spool into the storage: whole, once, and only with consent."""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.db.models.signals import post_save, pre_save
from django.test import Client
from django.utils import timezone

from accounts.domain import consents, files
from accounts.models import FileToDelete, User
from interviews.domain.recording import journal, keeping, spool
from interviews.domain.recording.journal import Kind
from interviews.models import Interview, RecordingPiece
from tests.interviews.recording.conftest import Write
from tests.interviews.recording.journals import heard, said, shown, spoken
from tests.kills import killed_at_the_row

pytestmark = pytest.mark.django_db


def pieces() -> list[tuple[Any, ...]]:
    return list(RecordingPiece.objects.values_list("side", "turn_number", "start_ms", "end_ms").order_by("side", "id"))


def stored(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file())


def sweep_after(**time: float) -> int:
    cache.delete(files.PAUSED)
    return files.sweep(timezone.now() + timedelta(**time))


def test_a_journal_becomes_a_piece_a_side(write: Write, spool_path: Path, settings: Any) -> None:
    write(spoken(100, 400, rate=22_050), said(1040, audio_ms=40), said(1080, audio_ms=80), shown(1000), turn=3)
    assert keeping.keep_all(spool_path) == (1, 0)
    assert pieces() == [("camera", 3, 1000, 2000), ("candidate", 3, 1000, 1080), ("interviewer", 3, 100, 500)]
    candidate = RecordingPiece.objects.get(side="candidate")
    rate, samples = heard(Path(candidate.file.path))
    assert (rate, len(samples), candidate.marks) == (16_000, 1280, [[0, 0]])
    assert candidate.size == candidate.file.size
    assert (spool.is_empty(spool_path), FileToDelete.objects.count()) == (True, 0)


def test_a_side_that_was_silent_has_no_piece(write: Write, spool_path: Path) -> None:
    write(said(1040))
    keeping.keep_all(spool_path)
    assert pieces() == [("candidate", 1, 1000, 1040)]


def test_files_have_names_that_nobody_guesses(write: Write, spool_path: Path, interview: Interview) -> None:
    write(said(1040))
    keeping.keep_all(spool_path)
    folder, name = str(RecordingPiece.objects.get().file.name).rsplit("/", 1)
    assert folder == f"recordings/{interview.pk}"
    assert len(name) == len("0" * 32 + ".flac")


@pytest.mark.parametrize("granted", [False, None])
def test_without_consent_nothing_is_stored(
    write: Write, spool_path: Path, interview: Interview, granted: bool | None, settings: Any
) -> None:
    write(said(1040), shown(1000))
    if granted is None:
        interview.owner.consents.all().delete()
    else:
        consents.record(interview.owner, "recording", granted)
    assert keeping.keep_all(spool_path) == (0, 0)
    assert (pieces(), stored(settings.MEDIA_ROOT), spool.is_empty(spool_path)) == ([], [], True)


def test_the_newest_decision_holds(write: Write, spool_path: Path, interview: Interview) -> None:
    consents.record(interview.owner, "recording", False)
    consents.record(interview.owner, "recording", True)
    write(said(1040))
    assert keeping.keep_all(spool_path) == (1, 0)


def test_of_a_deleted_interview_nothing_is_stored(
    write: Write, spool_path: Path, interview: Interview, settings: Any
) -> None:
    write(said(1040))
    interview.delete()
    keeping.keep_all(spool_path)
    assert (pieces(), stored(settings.MEDIA_ROOT), spool.is_empty(spool_path)) == ([], [], True)


def test_storing_again_after_a_kill_makes_one_piece(write: Write, spool_path: Path, settings: Any) -> None:
    """Killed after its row was stored, before the journal was deleted."""
    path = write(said(1040), spoken(100, 40))
    content = path.read_bytes()
    keeping.keep_all(spool_path)
    path.with_suffix(".tried1").write_bytes(content)
    assert keeping.keep_all(spool_path) == (1, 0)
    assert (len(pieces()), len(stored(settings.MEDIA_ROOT))) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_of_a_kill_before_the_row_one_piece_stays(write: Write, spool_path: Path, settings: Any) -> None:
    path = write(said(1040))
    with killed_at_the_row("interviews_recordingpiece"):
        keeping.keep(path)
    assert (pieces(), len(stored(settings.MEDIA_ROOT)), path.exists()) == ([], 1, True)
    assert keeping.keep_all(spool_path) == (1, 0)
    assert (len(pieces()), len(stored(settings.MEDIA_ROOT))) == (1, 2)
    assert sweep_after(hours=25) == 1
    assert stored(settings.MEDIA_ROOT) == [Path(RecordingPiece.objects.get().file.path)]


@pytest.mark.django_db(transaction=True)
def test_of_a_kill_before_the_row_nothing_stays_of_who_is_erased(
    write: Write, spool_path: Path, interview: Interview, settings: Any
) -> None:
    with killed_at_the_row("interviews_recordingpiece"):
        keeping.keep(write(said(1040)))
    interview.owner.delete()
    keeping.keep_all(spool_path)
    assert (sweep_after(hours=25), stored(settings.MEDIA_ROOT), FileToDelete.objects.count()) == (1, [], 0)


class Leaving(FileSystemStorage):
    """Consent is withdrawn while a file is being stored, and the storage deletes nothing then."""

    def _save(self, name: str, content: Any) -> str:
        consents.record(User.objects.get(), "recording", False)
        return super()._save(name, content)

    def delete(self, name: str) -> None:
        raise TimeoutError


@pytest.mark.django_db(transaction=True)
def test_a_piece_stored_anew_outlives_what_consent_withdrawn_left_to_delete(
    write: Write, spool_path: Path, interview: Interview, settings: Any
) -> None:
    path = write(said(1040))
    content, default = path.read_bytes(), settings.STORAGES["default"]
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Leaving"}}
    keeping.keep_all(spool_path)
    assert (pieces(), len(stored(settings.MEDIA_ROOT))) == ([], 1)
    settings.STORAGES = {**settings.STORAGES, "default": default}
    consents.record(interview.owner, "recording", True)
    path.write_bytes(content)  # killed before it was deleted
    assert keeping.keep_all(spool_path) == (1, 0)
    sweep_after(hours=25)
    assert stored(settings.MEDIA_ROOT) == [Path(RecordingPiece.objects.get().file.path)]


class Slow(FileSystemStorage):
    """Takes more than a day."""

    def _save(self, name: str, content: Any) -> str:
        sweep_after(hours=25)
        return super()._save(name, content)


@pytest.mark.django_db(transaction=True)
def test_what_was_stored_too_late_is_stored_anew(write: Write, spool_path: Path, settings: Any) -> None:
    write(said(1040))
    default = settings.STORAGES["default"]
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Slow"}}
    assert keeping.keep_all(spool_path) == (0, 1)
    assert (pieces(), stored(settings.MEDIA_ROOT)) == ([], [])
    settings.STORAGES = {**settings.STORAGES, "default": default}
    assert keeping.keep_all(spool_path) == (1, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", [OperationalError, SystemExit])
def test_without_its_row_no_file_stays(
    write: Write, spool_path: Path, settings: Any, fault: type[BaseException]
) -> None:
    """The interview may be deleted before the next try."""
    path = write(said(1040))

    def refuse(**_: object) -> None:
        raise fault

    pre_save.connect(refuse, sender=RecordingPiece)
    try:
        with pytest.raises(fault):
            keeping.keep(path)
    finally:
        pre_save.disconnect(refuse, sender=RecordingPiece)
    assert (pieces(), stored(settings.MEDIA_ROOT), path.exists()) == ([], [], True)


@pytest.mark.django_db(transaction=True)
def test_a_stop_after_the_commit_leaves_row_and_file(write: Write, spool_path: Path, settings: Any) -> None:
    path = write(said(1040))

    def stop(**_: object) -> None:
        transaction.on_commit(lambda: sys.exit(0))

    post_save.connect(stop, sender=RecordingPiece)
    try:
        with pytest.raises(SystemExit):
            keeping.keep(path)
    finally:
        post_save.disconnect(stop, sender=RecordingPiece)
    assert (len(pieces()), len(stored(settings.MEDIA_ROOT))) == (1, 1)
    assert keeping.keep_all(spool_path) == (1, 0)
    assert (len(pieces()), len(stored(settings.MEDIA_ROOT))) == (1, 1)


class Away(FileSystemStorage):
    """A bucket that does not answer."""

    def _save(self, name: str, content: Any) -> str:
        raise ConnectionError("no route")


def test_while_the_storage_is_away_everything_waits(write: Write, spool_path: Path, settings: Any) -> None:
    write(said(1040))
    write(said(2040))
    default = settings.STORAGES["default"]
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Away"}}
    for _attempt in range(5):
        assert keeping.keep_all(spool_path) == (0, 2)
    settings.STORAGES = {**settings.STORAGES, "default": default}
    assert keeping.keep_all(spool_path) == (2, 0)
    assert len(pieces()) == 2
    assert default_storage.exists(str(RecordingPiece.objects.all()[0].file.name))


def test_a_storage_without_paths_serves_too(
    write: Write, spool_path: Path, settings: Any, recruiter_client: Client, interview: Interview
) -> None:
    """As a bucket is one."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}
    write(said(1040, level=11))
    assert keeping.keep_all(spool_path) == (1, 0)
    piece = RecordingPiece.objects.get()
    address = f"/api/v1/interviews/{interview.pk}/recording/{piece.pk}/"
    whole = recruiter_client.get(address).content
    assert (whole[:4], len(whole)) == (b"fLaC", piece.size)
    part = recruiter_client.get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, whole[4:8])
    piece.delete()
    assert stored(settings.MEDIA_ROOT) == []


def test_what_cannot_be_encoded_is_given_up_and_harms_no_other(write: Write, spool_path: Path, caplog: Any) -> None:
    path = write(spoken(0, 40, rate=2_000_000))  # no FLAC has such a rate
    write(said(1040))
    assert keeping.keep_all(spool_path) == (1, 0)
    for _attempt in range(3):
        keeping.keep_all(spool_path)
    assert pieces() == [("candidate", 1, 1000, 1040)]
    assert [path.name for path in spool.waiting(spool_path)] == [f"{path.stem}.givenup"]
    assert caplog.text.count("is given up") == 1


def test_what_is_no_sound_is_given_up(write: Write, spool_path: Path) -> None:
    path = write(journal.packed(Kind.INTERVIEWER, 0, bytes(1280), rate=2**31))  # more than a C int holds
    for _attempt in range(4):
        assert keeping.keep_all(spool_path) == (0, 0)
    assert path.with_suffix(".givenup").exists()


def test_what_was_given_up_is_kept_no_longer_than_a_recording(
    write: Write, spool_path: Path, interview: Interview, settings: Any
) -> None:
    old, new = (spool.give_up(write(said(1040))) for _journal in range(2))
    os.utime(old, (0, 0))
    settings.RETENTION_DAYS = 0
    assert keeping.keep_all(spool_path) == (0, 0)
    assert (old.exists(), new.exists()) == (True, True)
    settings.RETENTION_DAYS = 365
    keeping.keep_all(spool_path)
    assert (old.exists(), new.exists()) == (False, True)
    consents.record(interview.owner, "recording", False)
    keeping.keep_all(spool_path)
    assert spool.is_empty(spool_path)


class Stopping(FileSystemStorage):
    """The server stops while a file is being stored."""

    def _save(self, name: str, content: Any) -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        return super()._save(name, content)


def test_a_stop_is_no_try(write: Write, spool_path: Path, settings: Any) -> None:
    path = write(said(1040))
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Stopping"}}
    for _stop in range(4):
        with pytest.raises(SystemExit):
            call_command("store_recordings")
    assert [left.name for left in spool.waiting(spool_path)] == [path.name]
    assert not [left for left in path.parent.iterdir() if left.is_dir()]


def test_an_empty_journal_goes_away(write: Write, spool_path: Path) -> None:
    write()
    assert keeping.keep_all(spool_path) == (1, 0)
    assert (pieces(), spool.is_empty(spool_path)) == ([], True)


def test_the_command_stores_what_waits(write: Write, spool_path: Path, capsys: Any) -> None:
    write(said(1040))
    call_command("store_recordings")
    assert capsys.readouterr().out == "1 journals stored, 0 left for later.\n"
    assert len(pieces()) == 1
