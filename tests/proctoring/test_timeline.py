"""What is stored of a signal, and what the candidate is told."""

import resource
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.db import IntegrityError
from django.utils import timezone

from accounts.domain import consents, files
from accounts.models import FileToDelete, User
from interviews.models import Interview
from proctoring.domain import texts, timeline
from proctoring.domain.timeline import Notice, Signal, Written
from proctoring.models import ProctoringEvent, SignalName, Source
from tests.kills import killed_at_the_row
from tests.proctoring.conftest import make_interview, picture

SEVERAL = "More than one person is in view, which may be cheating."
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def notice(interview: Interview, signal: str = "multiple_faces", jpeg: bytes = b"") -> Notice:
    return Notice(interview.pk, signal, Source.VISION, 4200, {"faces": 2}, jpeg)


def store(
    interview: Interview, signal: str = "multiple_faces", *, reachable: bool = True, jpeg: bytes = b""
) -> Written:
    written = timeline.store(notice(interview, signal, jpeg), reachable=reachable)
    assert written is not None
    return written


def test_a_signal_becomes_a_row_and_is_told(interview: Interview) -> None:
    written = store(interview)
    event = ProctoringEvent.objects.get()
    assert written == Written(
        event.pk,
        Signal(interview.pk, "multiple_faces", SEVERAL, event.pk, 4200),
    )
    assert written.signal is not None
    assert written.signal.payload() == {
        "text": SEVERAL,
        "signal": "multiple_faces",
        "event_id": event.pk,
    }
    assert (event.interview, event.source, event.at_ms, event.until_ms) == (interview, "vision", 4200, None)
    assert (event.detail, event.notified, event.frame.name) == ({"faces": 2}, True, "")


@pytest.mark.parametrize(("signal", "told"), [("multiple_faces", True), ("no_face", False), ("paste", False)])
def test_a_setting_says_what_the_candidate_is_told(
    interview: Interview, settings: LazySettings, signal: str, told: bool
) -> None:
    settings.CANDIDATE_SIGNALS = ["multiple_faces"]
    written = store(interview, signal)
    assert (written.signal is not None, ProctoringEvent.objects.get().notified) == (told, told)


def test_with_nobody_there_nobody_is_told(interview: Interview) -> None:
    assert store(interview, reachable=False).signal is None
    assert not ProctoringEvent.objects.get().notified


def test_the_frame_is_kept_only_with_consent_to_recording(
    interview: Interview, agree_to_recording: Callable[[User], None], media: Path
) -> None:
    store(interview, jpeg=picture("two_people"))
    assert list(media.rglob("*.jpg")) == []
    agree_to_recording(interview.owner)
    event = ProctoringEvent.objects.get(pk=store(interview, jpeg=picture("two_people")).event_id)
    with event.frame.open() as file:
        assert file.read() == picture("two_people")
    assert str(event.frame.name).startswith(f"proctoring/{interview.pk}/")


def test_consent_withdrawn_is_no_consent(interview: Interview, agree_to_recording: Callable[[User], None]) -> None:
    agree_to_recording(interview.owner)
    consents.record(interview.owner, "recording", granted=False)
    store(interview, jpeg=picture("two_people"))
    assert ProctoringEvent.objects.get().frame.name == ""


def test_a_deleted_event_takes_its_frame_along(
    interview: Interview,
    agree_to_recording: Callable[[User], None],
    media: Path,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    agree_to_recording(interview.owner)
    store(interview, jpeg=picture("two_people"))
    store(interview)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        interview.delete()
    assert list(media.rglob("*.jpg")) == []


def test_an_interview_that_is_gone(interview: Interview) -> None:
    gone = notice(interview)
    interview.delete()
    assert timeline.store(gone, reachable=True) is None


def test_a_timeline_is_bounded(interview: Interview) -> None:
    ProctoringEvent.objects.bulk_create(
        ProctoringEvent(interview=interview, signal="copy", source="client", text="", at_ms=0)
        for _ in range(timeline.MOST_EVENTS)
    )
    assert timeline.store(notice(interview), reachable=True) is None
    assert ProctoringEvent.objects.count() == timeline.MOST_EVENTS
    assert timeline.store(Notice(interview.pk, "large_paste", Source.EDITOR, 1), reachable=True) is not None


def test_an_episode_is_ended(interview: Interview) -> None:
    other = store(interview)
    stored: Future[Written | None] = Future()
    stored.set_result(store(interview))
    timeline.close(stored, 9000)
    assert list(ProctoringEvent.objects.values_list("until_ms", flat=True).order_by("id")) == [None, 9000]
    assert ProctoringEvent.objects.get(until_ms=None).pk == other.event_id


def test_ending_what_was_never_stored_changes_nothing() -> None:
    nothing: Future[Written | None] = Future()
    nothing.set_result(None)
    timeline.close(nothing, 9000)
    failed: Future[Written | None] = Future()
    failed.set_exception(OSError())
    timeline.close(failed, 9000)
    assert ProctoringEvent.objects.count() == 0


def test_every_signal_has_words() -> None:
    assert set(texts.TEXTS) == set(SignalName)
    assert texts.text("multiple_faces", "en") == SEVERAL
    with pytest.raises(ValueError, match="nothing"):
        texts.text("nothing", "en")


def test_the_row_is_in_the_interviews_language(owner: User) -> None:
    chinese = make_interview(owner, "zh-hans")
    assert texts.text("no_face", "zh-hans") == store(chinese, "no_face").signal.text  # type: ignore[union-attr]


@contextmanager
def small_files() -> Iterator[None]:
    """The disk takes the first 1,000 bytes of a file and no more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_half_a_picture_is_not_left_behind(
    interview: Interview,
    agree_to_recording: Callable[[User], None],
    media: Path,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    agree_to_recording(interview.owner)
    with django_capture_on_commit_callbacks(execute=True), small_files():
        store(interview, jpeg=picture("two_people"))
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert [event.frame.name for event in ProctoringEvent.objects.all()] == [""]


def left(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def sweep_after(**time: float) -> int:
    cache.delete(files.PAUSED)
    return files.sweep(timezone.now() + timedelta(**time))


class Away(FileSystemStorage):
    """Stores what comes, but its answers are lost; and deletes nothing."""

    def _save(self, name: str, content: Any) -> str:
        super()._save(name, content)
        raise TimeoutError

    def delete(self, name: str) -> None:
        raise TimeoutError


class Slow(FileSystemStorage):
    """Takes more than a day."""

    def _save(self, name: str, content: Any) -> str:
        sweep_after(hours=25)
        return super()._save(name, content)


@pytest.fixture
def storage(settings: LazySettings) -> Callable[[str], None]:
    def use(name: str) -> None:
        backend = f"{__name__}.{name}" if name else "django.core.files.storage.FileSystemStorage"
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend}}

    return use


@pytest.mark.django_db(transaction=True)
def test_a_picture_with_its_row_stays(
    interview: Interview, agree_to_recording: Callable[[User], None], media: Path
) -> None:
    agree_to_recording(interview.owner)
    store(interview, jpeg=picture("two_people"))
    assert (FileToDelete.objects.count(), sweep_after(days=9), len(left(media))) == (0, 0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_picture_whose_row_a_kill_prevented_goes(
    interview: Interview, agree_to_recording: Callable[[User], None], media: Path
) -> None:
    agree_to_recording(interview.owner)
    with killed_at_the_row("proctoring_proctoringevent"):
        store(interview, jpeg=picture("two_people"))
    assert (ProctoringEvent.objects.count(), len(left(media))) == (0, 1)
    interview.owner.delete()
    assert (sweep_after(hours=25), left(media), FileToDelete.objects.count()) == (1, [], 0)


@pytest.mark.django_db(transaction=True)
def test_a_picture_goes_at_once_where_its_row_fails(
    interview: Interview, agree_to_recording: Callable[[User], None], media: Path
) -> None:
    agree_to_recording(interview.owner)
    with pytest.raises(IntegrityError):
        timeline.store(replace(notice(interview, jpeg=picture("two_people")), at_ms=-1), reachable=True)
    assert left(media) == []


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_a_storage_kept_to_itself_goes_once_it_is_back(
    interview: Interview, agree_to_recording: Callable[[User], None], media: Path, storage: Callable[[str], None]
) -> None:
    agree_to_recording(interview.owner)
    storage("Away")
    store(interview, jpeg=picture("two_people"))
    assert ([event.frame.name for event in ProctoringEvent.objects.all()], len(left(media))) == ([""], 1)
    interview.owner.delete()
    storage("")
    sweep_after(minutes=2)
    assert left(media) == []


@pytest.mark.django_db(transaction=True)
def test_of_a_picture_stored_too_late_the_row_stays(
    interview: Interview, agree_to_recording: Callable[[User], None], media: Path, storage: Callable[[str], None]
) -> None:
    agree_to_recording(interview.owner)
    storage("Slow")
    store(interview, jpeg=picture("two_people"))
    assert ([event.frame.name for event in ProctoringEvent.objects.all()], left(media)) == ([""], [])
