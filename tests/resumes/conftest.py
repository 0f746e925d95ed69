"""Resumes of the people in tests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from resumes.domain import profiles
from resumes.models import Resume, Status

MakeResume = Callable[..., Resume]


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
