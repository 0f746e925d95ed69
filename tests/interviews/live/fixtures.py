"""Fixtures that tests of the live session and of its socket share."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from rest_framework_simplejwt.tokens import AccessToken

from accounts.models import User
from interviews.live import store
from interviews.live.store import Store
from interviews.models import Interview
from resumes.models import Resume, Status
from tests.interviews.live.world import Caller, FakeEngines


@pytest.fixture
def resume(transactional_db: None, owner: User) -> Resume:
    return resume_of(owner)


def resume_of(person: User, status: str = Status.PARSED) -> Resume:
    return Resume.objects.create(
        owner=person,
        name="Backend",
        expected_position="Backend developer",
        file=ContentFile(b"x", name="cv.pdf"),
        file_name="cv.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        status=status,
        language="en",
        profile={"skills": [{"name": "Python"}, {"name": "Django"}]},
    )


@pytest.fixture
def interview(transactional_db: None, owner: User, resume: Resume) -> Interview:
    """Of the owner, not begun yet."""
    return interview_of(owner)


def interview_of(person: User, **fields: Any) -> Interview:
    """Its task is a program for any language, whatever else the bank has."""
    defaults = {"position_name": "Backend developer", "position_type": "backend", "language": "en"}
    defaults["code_task"] = "backend-rate-limiter"
    return Interview.objects.create(owner=person, **defaults | fields)


@pytest.fixture
def reload() -> Callable[[Interview], Awaitable[Interview]]:
    """`await reload(interview)` is its row as it is now."""

    async def read(interview: Interview) -> Interview:
        return await store.default().run(lambda: Interview.objects.get(pk=interview.pk))

    return read


@pytest.fixture
def call(owner: User) -> Callable[..., Caller]:
    """`call()` is the owner at a new socket, with engines that hear nothing; `call(engines)` with others."""

    def connect(engines: FakeEngines | None = None, door: Store | None = None) -> Caller:
        return Caller(engines or FakeEngines(), str(AccessToken.for_user(owner)), door=door)

    return connect
