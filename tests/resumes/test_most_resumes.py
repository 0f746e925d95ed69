"""As many resumes as are kept of a person, however many arrive at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from accounts.models import User
from resumes.domain import handover, uploads
from resumes.models import Resume, Status

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def stored(owner: User | None, count: int) -> list[Resume]:
    one = {"size": 1, "status": Status.PARSED, "content_type": "text/plain"}
    return Resume.objects.bulk_create(Resume(owner=owner, name=f"R{number}", **one) for number in range(count))


@pytest.fixture
def nearly_full(owner: User) -> User:
    stored(owner, uploads.MOST_RESUMES - 1)
    return owner


def taken(owner: User, number: int) -> bool:
    try:
        uploads.upload(owner, ContentFile(f"Ann Lee {number}".encode(), name="cv.txt"))
    except uploads.TooManyResumes:
        return False
    return True


def handed(owner: User, recruiter: User, resume: Resume) -> bool:
    try:
        handover.hand_over(resume, owner.email, recruiter)
    except handover.NotHandedOver:
        return False
    return True


@pytest.mark.parametrize("way", ["upload", "hand over"])
def test_of_many_at_once_the_last_place_is_one_s(nearly_full: User, recruiter: User, colleague: User, way: str) -> None:
    imported, barrier = stored(None, AT_ONCE), Barrier(AT_ONCE)

    def arrive(number: int) -> bool:
        User.objects.exists()  # connected before the start
        barrier.wait()
        try:
            if way == "upload":
                return taken(nearly_full, number)
            return handed(nearly_full, recruiter, imported[number])
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sorted(pool.map(arrive, range(AT_ONCE))) == [False, False, False, True]
    assert Resume.objects.filter(owner=nearly_full).count() == uploads.MOST_RESUMES
    assert taken(colleague, 0)
