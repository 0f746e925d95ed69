"""Resumes of the people in tests."""

import os
import pickle
from collections.abc import Callable
from hashlib import sha256
from typing import Any, ClassVar

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from filelock import FileLock

from accounts.models import User
from providers.documents import runner
from providers.documents.base import Document, Kind
from resumes.domain import profiles
from resumes.models import Resume, Status

MakeResume = Callable[..., Resume]
Reader = Callable[[bytes, Kind], Document]


def build(owner: User | None, data: bytes = b"Ann Lee", **fields: Any) -> Resume:
    """A stored resume; parsed unless `status` says otherwise."""
    values = {
        "name": "Backend resume",
        "file_name": "resume.txt",
        "content_type": "text/plain",
        "size": len(data),
        "sha256": "0" * 64,
        "status": Status.PARSED,
        **fields,
    }
    resume = Resume.objects.create(owner=owner, file=ContentFile(data, name="resume.txt"), **values)
    profiles.index_skills(resume)
    return resume


@pytest.fixture
def make_resume(db: None) -> MakeResume:
    return build


@pytest.fixture(scope="session")
def document_of(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """As `runner.read`, once a run for each file: recognition takes ten seconds a page, and several tests look at one.

    What is kept lies in the folder of this run alone.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "documents"
    folder.mkdir(exist_ok=True)

    def read(data: bytes, kind: Kind) -> Document:
        kept = folder / sha256(kind.encode() + data).hexdigest()
        with FileLock(f"{kept}.lock"):
            if not kept.exists():
                kept.write_bytes(pickle.dumps(runner.read(data, kind)))
            document: Document = pickle.loads(kept.read_bytes())
        return document

    return read


class Away(FileSystemStorage):
    """Does not answer who reads a resume, for as many times as `away` says."""

    away: ClassVar[int] = 0

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        if Away.away and Resume.objects.filter(status=Status.PARSING, file=name).exists():
            Away.away -= 1
            raise EndpointConnectionError(endpoint_url="https://files.example.org")
        return super()._open(name, mode)


@pytest.fixture
def storage_away(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Tells for how many readings the storage is away from now on."""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.resumes.conftest.Away"}}
    monkeypatch.setattr(Away, "away", 0)
    return lambda times: setattr(Away, "away", times)
