"""Many resumes at once: what is taken, what becomes of each file, and what a kill leaves."""

import hashlib
import io
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from accounts.models import User
from resumes import tasks
from resumes.domain import lifecycle
from resumes.domain.imports import archives, leases, names, outcomes, progress, running, taking
from resumes.models import ImportBatch, ImportItem, Resume, Status
from tests.providers_documents import files
from tests.resumes.conftest import MakeResume

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
Outcome = tuple[str, str, str]


def cv(name: str) -> bytes:
    return f"{name}\nEmail: {name.split(maxsplit=1)[0].lower()}@example.org\n\nSkills\nPython\n".encode()


def packed(entries: Iterable[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return target.getvalue()


def begun(recruiter: User, *given: tuple[str, bytes]) -> ImportBatch:
    batch = taking.begin(recruiter)
    taking.take(batch, [ContentFile(data, name=name) for name, data in given])
    return batch


def run(batch: ImportBatch) -> ImportBatch:
    """Turn after turn, as the queue would have it."""
    for _ in range(100):
        batch.refresh_from_db()
        if batch.status == ImportBatch.Status.FINISHED:
            return batch
        tasks.run_import(batch.pk, batch.moved_at.isoformat())
    raise AssertionError("the import does not end")


def outcomes_of(batch: ImportBatch) -> list[Outcome]:
    return [(item.file_name, item.status, item.reason) for item in batch.items.order_by("pk")]


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    batch.refresh_from_db()
    return batch.total, batch.done, batch.duplicates, batch.failed


def test_each_file_has_its_outcome(recruiter: User, django_capture_on_commit_callbacks: Any) -> None:
    batch = begun(
        recruiter,
        ("ann.txt", cv("Ann Lee")),
        ("again.txt", cv("Ann Lee")),
        ("locked.pdf", files.pdf(["Ann"], password="secret")),  # of a test
        ("empty.txt", b"  "),
        ("song.mp3", b"ID3" + bytes(50)),
        ("large.txt", b"a" * (10 * 1024 * 1024 + 1)),
    )
    with django_capture_on_commit_callbacks(execute=True):
        run(batch)
    assert outcomes_of(batch) == [
        ("ann.txt", "done", ""),
        ("again.txt", "duplicate", ""),
        ("locked.pdf", "failed", "password_protected"),
        ("empty.txt", "failed", "file_empty"),
        ("song.mp3", "failed", "file_unsupported"),
        ("large.txt", "failed", "file_too_large"),
    ]
    assert counts(batch) == (6, 1, 1, 4)
    resume = Resume.objects.get()
    assert (resume.name, resume.owner, resume.uploaded_by, resume.status) == ("Ann Lee", None, recruiter, "parsed")
    assert [item.resume for item in batch.items.all()[:2]] == [resume, resume]
    assert stored_files() == {resume.file.name.split("/")[-1]}


def stored_files() -> set[str]:
    return set(default_storage.listdir("resumes")[1]) if default_storage.exists("resumes") else set()


def test_a_file_that_a_candidate_has_uploaded_is_named(recruiter: User, owner: User) -> None:
    batch = begun(recruiter, ("ann.txt", cv("Ann Lee")))
    run(batch)
    Resume.objects.update(owner=owner)
    again = begun(recruiter, ("copy.txt", cv("Ann Lee")))
    run(again)
    assert (outcomes_of(again), Resume.objects.count()) == ([("copy.txt", "duplicate", "")], 1)


def test_an_archive_becomes_its_files(recruiter: User, django_capture_on_commit_callbacks: Any) -> None:
    inner = packed([("x.txt", cv("Xia Wu"))])
    given = packed(
        [
            ("people/", b""),
            ("people/ann.txt", cv("Ann Lee")),
            ("people\\bob.pdf", files.pdf(["Bob Ray", "Skills", "Python"])),
            ("__MACOSX/._ann.txt", b"litter"),
            ("inner.zip", inner),
        ]
    )
    batch = begun(recruiter, ("all.zip", given))
    with django_capture_on_commit_callbacks(execute=True):
        run(batch)
    assert outcomes_of(batch) == [
        ("all.zip", "unpacked", ""),
        ("ann.txt", "done", ""),
        ("bob.pdf", "done", ""),
        ("inner.zip", "failed", "archive_in_archive"),
    ]
    assert counts(batch) == (3, 2, 0, 1)
    assert len(stored_files()) == 2  # the archive is gone


def test_a_word_document_is_no_archive(recruiter: User) -> None:
    batch = begun(recruiter, ("cv.docx", files.word(["Ann Lee", "Skills", "Python"])))
    run(batch)
    assert outcomes_of(batch) == [("cv.docx", "done", "")]


def bomb() -> bytes:
    """300 files of 10 MB in a few hundred kilobytes."""
    return packed((f"{number}.txt", b" " * 10_000_000) for number in range(230))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04" + b"x" * 100, "archive_damaged"),
        (packed([("folder/", b"")]), "archive_without_files"),
        (packed((f"{number}", b"") for number in range(10_001)), "archive_too_many"),
        (packed((f"{number}", b"") for number in range(20_001)), "archive_too_many"),
        (bomb(), "archive_too_large"),
    ],
)
def test_an_archive_that_is_refused(recruiter: User, data: bytes, reason: str) -> None:
    batch = begun(recruiter, ("all.zip", data))
    run(batch)
    assert (outcomes_of(batch), counts(batch)) == ([("all.zip", "failed", reason)], (1, 0, 0, 1))


def test_json_resumes(recruiter: User) -> None:
    given = b'{"basics": {"name": "Ann Lee"}, "skills": [{"name": "Python"}]}'
    batch = begun(recruiter, ("ann.json", given), ("all.zip", packed([("again.json", given)])), ("bad.json", b"{"))
    run(batch)
    assert [row for row in outcomes_of(batch) if row[1] != "unpacked"] == [
        ("ann.json", "done", ""),
        ("bad.json", "failed", "not_json_resume"),
        ("again.json", "duplicate", ""),
    ]
    resume = Resume.objects.get()
    assert (resume.name, resume.profile["skills"]) == ("Ann Lee", [{"name": "Python"}])


def test_a_locked_and_a_damaged_file_in_an_archive(recruiter: User) -> None:
    data = bytearray(packed([("a.txt", cv("Ann Lee")), ("b.txt", cv("Bob Ray")), ("c.txt", cv("Cho Min"))]))
    for at in (data.find(b"PK\x01\x02"),):
        data[at + 8] |= 1  # a.txt says that it is encrypted
    damaged = data.find(b"b.txt") + 8
    data[damaged : damaged + 8] = b"\0" * 8
    batch = begun(recruiter, ("all.zip", bytes(data)))
    run(batch)
    assert outcomes_of(batch)[1:] == [
        ("a.txt", "failed", "entry_locked"),
        ("b.txt", "failed", "entry_damaged"),
        ("c.txt", "done", ""),
    ]


@pytest.mark.parametrize(
    ("encoding", "language", "name"),
    [
        ("cp866", "", "Иванов резюме.pdf"),
        ("gbk", "", "张伟 简历.pdf"),
        ("gbk", "zh-hans", "简历.pdf"),
        ("cp949", "ko", "김민수 이력서.pdf"),
        ("utf-8", "", "Ёлкин.pdf"),
        ("ascii", "", "cv.pdf"),
    ],
)
def test_names_in_old_encodings(encoding: str, language: str, name: str) -> None:
    info = zipfile.ZipInfo(("people/" + name).encode(encoding).decode("cp437"))
    assert names.names_of([info], language) == [name]


def test_two_imports_of_the_same_files_at_once(recruiter: User, administrator: User) -> None:
    given = [(f"{n}.txt", cv(f"Person{n} Lee")) for n in range(4)]
    first, second = begun(recruiter, ("all.zip", packed(given))), begun(administrator, ("all.zip", packed(given)))
    while ImportBatch.objects.filter(status="running").exists():
        for batch in (first, second, second, first):
            batch.refresh_from_db()
            running.go_on(leases.Lease(batch.pk, batch.moved_at), seconds=0)
    assert Resume.objects.count() == 4
    assert [counts(first)[1] + counts(second)[1], counts(first)[2] + counts(second)[2]] == [4, 4]
    assert counts(first)[2]  # neither was only second
    assert counts(second)[2]


def test_a_file_that_another_import_is_reading_waits(recruiter: User) -> None:
    first, second = begun(recruiter, ("a.txt", cv("Ann Lee"))), begun(recruiter, ("b.txt", cv("Ann Lee")))
    item = first.items.get()
    sha = hashlib.sha256(cv("Ann Lee")).hexdigest()
    resume = outcomes.claim(item, sha, {"name": "a", "size": 1, "file": item.file.name, "content_type": "text/plain"})
    assert resume is not None
    second.refresh_from_db()
    assert running.go_on(leases.Lease(second.pk, second.moved_at)) is running.Left.BUSY
    assert outcomes_of(second) == [("b.txt", "waiting", "")]
    run(first)
    run(second)
    assert (outcomes_of(first)[0][1], outcomes_of(second)[0][1]) == ("done", "duplicate")


def test_a_candidate_goes_first(recruiter: User, make_resume: MakeResume, owner: User) -> None:
    batch = begun(recruiter, *[(f"{n}.txt", cv(f"Person{n} Lee")) for n in range(3)])
    make_resume(owner, status="pending")
    batch.refresh_from_db()
    assert running.go_on(leases.Lease(batch.pk, batch.moved_at), seconds=60) is running.Left.MORE
    assert counts(batch) == (3, 1, 0, 0)


def test_a_turn_that_is_void_does_nothing(recruiter: User) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")))
    tasks.run_import(batch.pk, (timezone.now() - timedelta(days=1)).isoformat())
    tasks.run_import(batch.pk + 1, timezone.now().isoformat())
    assert outcomes_of(batch) == [("a.txt", "waiting", "")]


def test_an_import_whose_worker_is_gone_goes_on(recruiter: User) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")), ("b.txt", cv("Bob Ray")))
    item = batch.items.first()
    assert item is not None
    resume = claimed(item)
    lifecycle.move(resume, Status.PARSING, attempts=1)  # and killed here
    late = timezone.now() + timedelta(minutes=1)
    assert [running.sweep(), running.sweep(late), running.sweep(late)] == [0, 1, 1]
    run(batch)
    assert [outcome[1] for outcome in outcomes_of(batch)] == ["done", "done"]
    assert Resume.objects.get(pk=resume.pk).attempts == 2


def claimed(item: ImportItem) -> Resume:
    with item.file.open("rb") as file:
        data = file.read()
    fields = {"name": "a", "size": len(data), "file": item.file.name, "content_type": "text/plain"}
    resume = outcomes.claim(item, "1" * 64, fields)
    assert resume is not None
    return resume


def test_what_a_killed_worker_had_stored_of_an_archive_is_replaced(recruiter: User) -> None:
    batch = begun(recruiter, ("all.zip", packed([("a.txt", cv("Ann Lee"))])))
    batch.refresh_from_db()
    running.go_on(leases.Lease(batch.pk, batch.moved_at), seconds=0)  # unpacked
    item = batch.items.get(file_name="a.txt")
    half = taking.store_again(item, ContentFile(b"half"))  # and killed here
    run(batch)
    resume = Resume.objects.get()
    assert (resume.file.name, resume.file.read()) == (half, cv("Ann Lee"))


def test_a_file_that_ends_each_of_its_readers_is_given_up(recruiter: User) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")))
    lifecycle.move(claimed(batch.items.get()), Status.PARSING, attempts=3)
    run(batch)
    assert (outcomes_of(batch), Resume.objects.count()) == ([("a.txt", "failed", "gave_up")], 0)


def test_an_import_that_is_deleted_while_it_runs(recruiter: User) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")), ("b.txt", cv("Bob Ray")))
    batch.refresh_from_db()
    turn, moved_at = batch.pk, batch.moved_at
    running.go_on(leases.Lease(turn, moved_at), seconds=0)
    batch.delete()
    tasks.run_import(turn, timezone.now().isoformat())
    assert [resume.status for resume in Resume.objects.all()] == ["parsed"]
    with pytest.raises(taking.ImportRefused):
        taking.take(ImportBatch(pk=turn), [ContentFile(cv("Cho Min"), name="c.txt")])


def test_files_of_a_deleted_import_are_deleted(recruiter: User, django_capture_on_commit_callbacks: Any) -> None:
    batch = begun(recruiter, ("a.txt", cv("Ann Lee")))
    assert len(stored_files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        batch.delete()
    assert stored_files() == set()


def test_more_files_than_an_import_holds(recruiter: User) -> None:
    batch = taking.begin(recruiter)
    ImportItem.objects.bulk_create(ImportItem(batch=batch, file_name=str(n)) for n in range(archives.MOST_FILES - 1))
    with pytest.raises(taking.ImportRefused):
        taking.take(batch, [ContentFile(b"a", name="a.txt"), ContentFile(b"b", name="b.txt")])
    assert taking.take(batch, [ContentFile(b"a", name="a.txt")]) == 1


def test_as_many_imports_as_may_run(recruiter: User, administrator: User) -> None:
    for number in range(taking.MOST_RUNNING):
        begun(recruiter, (f"{number}.txt", b"a"))
    with pytest.raises(taking.ImportRefused):
        taking.begin(recruiter)
    assert taking.begin(administrator).pk


class FullStorage(ContentFile[bytes]):
    """Reading it is as far as the disk goes."""

    def chunks(self, chunk_size: int | None = None) -> Any:
        raise OSError(28, "No space left on device")


def test_a_full_disk_takes_nothing(recruiter: User) -> None:
    batch = taking.begin(recruiter)
    with pytest.raises(taking.ImportRefused):
        taking.take(batch, [ContentFile(b"a", name="a.txt"), FullStorage(b"b", name="b.txt")])
    assert (batch.items.count(), stored_files()) == (0, set())


class FullDisk(FileSystemStorage):
    """Reads what is there, and takes nothing more."""

    def _save(self, name: str, content: Any) -> str:
        raise OSError(28, "No space left on device")


def test_the_disk_becomes_full_in_the_middle(recruiter: User, settings: Any, caplog: Any) -> None:
    batch = begun(recruiter, ("all.zip", packed([("a.txt", cv("Ann Lee"))])))
    storages = settings.STORAGES
    settings.STORAGES = {**storages, "default": {"BACKEND": "tests.resumes.test_imports.FullDisk"}}
    batch.refresh_from_db()
    tasks.run_import(batch.pk, batch.moved_at.isoformat())
    assert (outcomes_of(batch)[-1], "the disk is full" in caplog.text) == (("a.txt", "waiting", ""), True)
    settings.STORAGES = storages
    assert running.sweep(timezone.now() + timedelta(minutes=1)) == 1
    assert outcomes_of(run(batch))[-1] == ("a.txt", "done", "")


def test_ten_thousand_files(recruiter: User, django_assert_max_num_queries: Any) -> None:
    batch = begun(recruiter, ("all.zip", packed((f"{n}.txt", b"") for n in range(archives.MOST_FILES))))
    batch.refresh_from_db()
    with django_assert_max_num_queries(150):  # as many rows at a time as SQLite takes
        running.go_on(leases.Lease(batch.pk, batch.moved_at), seconds=0)
    assert counts(batch) == (archives.MOST_FILES, 0, 0, 0)
    running.go_on(leases.Lease(batch.pk, batch.moved_at), seconds=0)
    assert counts(batch) == (archives.MOST_FILES, 0, 0, 1)


def test_progress_in_words(recruiter: User) -> None:
    begin = timezone.now()
    batch = ImportBatch(total=500, done=80, duplicates=15, failed=5, created_at=begin, moved_at=begin)
    told = progress.Progress(batch)
    assert (told.settled, told.percent, told.finished) == (100, 20, False)
    at = begin + timedelta(seconds=60)
    assert told.line(at) == "100 of 500 files, about 4 minutes left"
    assert told.line(begin + timedelta(seconds=5)) == "100 of 500 files, less than a minute left"
    assert "Nothing has moved" in told.line(begin + timedelta(minutes=5))
    batch.status = ImportBatch.Status.FINISHED
    assert (told.line(at), told.percent) == ("The import has finished.", 100)
