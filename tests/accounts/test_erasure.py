"""A person asks to be forgotten: an administrator deletes them, and nothing of theirs is left."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import Consent, User
from interviews.models import CodeDocument, CodeRun, EditorOperation, Interview, RecordingPiece, SubmissionCheck
from proctoring.models import ProctoringEvent
from reports.models import Report
from resumes.models import Resume
from tests.interviews.factories import make_interview, make_resume

pytestmark = pytest.mark.django_db
EVIDENCE = ("resumes/resume", "reports/report", "proctoring/proctoringevent", "accounts/consent")
WRITTEN = (CodeDocument, EditorOperation, CodeRun, SubmissionCheck)
THEIRS = (Resume, Interview, Report, ProctoringEvent, Consent, RecordingPiece, *WRITTEN)


@pytest.fixture
def interview(owner: User, media: Path) -> Interview:
    """With a row of everything that a person leaves."""
    resume = make_resume(owner)
    resume.file.save("x", ContentFile(b"words"))
    interview = make_interview(owner, resume=resume, status="completed")
    Report.objects.create(interview=interview)
    event = ProctoringEvent(interview=interview, signal="no_face", source="vision", text="x", at_ms=1)
    event.frame.save("frame.jpg", ContentFile(b"jpeg"), save=True)
    Consent.objects.create(user=owner, kind="recording", version="1", granted=True)
    sound = RecordingPiece(interview=interview, key="1", side="candidate", turn_number=1, start_ms=0, end_ms=9, size=5)
    sound.file.save("sound.flac", ContentFile(b"sound"), save=True)
    document = CodeDocument.objects.create(interview=interview, task_id="t", language="go", text="x", seq=1)
    EditorOperation.objects.create(document=document, seq=1, t_ms=0, changes=[[0, "x"]])
    run = CodeRun.objects.create(interview=interview, task_id="t", kind="submission", language="go", run_id="1")
    SubmissionCheck.objects.create(run=run, task_id="t", fingerprints=b"12345678")
    return interview


def test_an_administrator_deletes_a_person(
    owner: User,
    administrator_client: Client,
    interview: Interview,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = administrator_client.post(f"/admin/accounts/user/{owner.pk}/delete/", {"post": "yes"})
    assert (answer.status_code, User.objects.filter(pk=owner.pk).exists()) == (302, False)
    assert [model.objects.count() for model in THEIRS] == [0] * len(THEIRS)  # type: ignore[attr-defined]
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_an_administrator_deletes_an_interview(administrator_client: Client, interview: Interview) -> None:
    answer = administrator_client.post(f"/admin/interviews/interview/{interview.pk}/delete/", {"post": "yes"})
    assert (answer.status_code, Interview.objects.count(), Report.objects.count()) == (302, 0, 0)


@pytest.mark.parametrize("who", ["administrator", "recruiter"])
@pytest.mark.parametrize("page", EVIDENCE)
def test_nobody_deletes_evidence_by_itself(
    request: pytest.FixtureRequest, interview: Interview, page: str, who: str
) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    pk = {path: model.objects.get().pk for path, model in zip(EVIDENCE, (THEIRS[0], *THEIRS[2:5]), strict=True)}[page]  # type: ignore[attr-defined]
    assert client.post(f"/admin/{page}/{pk}/delete/", {"post": "yes"}).status_code == 403
    body = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    client.post(f"/admin/{page}/", body)
    assert [model.objects.count() for model in THEIRS] == [1] * len(THEIRS)  # type: ignore[attr-defined]


def test_a_recruiter_deletes_nobody(recruiter_client: Client, owner: User, interview: Interview) -> None:
    assert recruiter_client.post(f"/admin/accounts/user/{owner.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=owner.pk).exists()
