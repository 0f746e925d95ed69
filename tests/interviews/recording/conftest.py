"""An interview whose candidate agreed to be recorded, a spool, and a storage that is thrown away."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accounts.domain import consents
from accounts.models import User
from interviews.domain.recording.journal import Name
from interviews.domain.recording.spool import Folder
from interviews.models import Interview
from tests.interviews.factories import make_interview

Write = Callable[..., Path]


@pytest.fixture
def spool_path(settings: Any, media: Path, tmp_path: Path) -> Path:
    settings.RECORDING_SPOOL = tmp_path / "spool"
    return tmp_path / "spool"


@pytest.fixture
def interview(owner: User, spool_path: Path) -> Interview:
    consents.record(owner, "recording", True)
    return make_interview(owner, status="active")


@pytest.fixture
def write(interview: Interview, spool_path: Path) -> Write:
    """`write(parts…, turn=1)` is the path of a closed journal of the interview."""
    folder = Folder(spool_path)
    numbers = iter(range(1, 100))

    def written(*parts: bytes, turn: int = 1) -> Path:
        name = Name(interview.pk, 1, next(numbers), turn)
        with os.fdopen(folder.open(name), "wb") as file:
            file.write(b"".join(parts))
        folder.close(name)
        return folder.path / f"{name}.closed"

    return written
