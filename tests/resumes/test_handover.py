"""Imported resumes that nobody's account has: who sees them, and how they get an owner."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import Role, User
from interviews.domain import creation
from interviews.models import Interview
from resumes.domain import access
from resumes.models import Resume
from tests.conftest import person
from tests.resumes.conftest import MakeResume

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]
FIELDS = {"position_name": "QA", "position_type": "qa"}


@pytest.fixture
def imported(make_resume: MakeResume, recruiter: User) -> Resume:
    return make_resume(None, uploaded_by=recruiter, profile={"basics": {"email": "Alice@Example.com"}})


@pytest.mark.parametrize(
    ("who", "sees", "edits"),
    [("owner", 0, 0), ("outsider", 0, 0), ("recruiter", 1, 1), ("administrator", 1, 1)],
)
def test_only_recruiters_see_and_edit_it(
    request: pytest.FixtureRequest, imported: Resume, who: str, sees: int, edits: int
) -> None:
    user: User = request.getfixturevalue(who)
    assert (access.visible_to(user).count(), access.editable_by(user).count()) == (sees, edits)
    assert (access.owned_by(user).count(), access.may_edit(user, imported)) == (0, bool(edits))


@pytest.mark.parametrize(("who", "status"), [("owner", 404), ("outsider", 404), ("recruiter", 200)])
def test_its_pages(request: pytest.FixtureRequest, imported: Resume, who: str, status: int) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    paths = [f"/resumes/{imported.pk}/{page}" for page in ("", "file/", "delete/", "hand-over/")]
    assert [client.get(path).status_code for path in paths] == [status] * 4


def test_a_recruiter_corrects_and_deletes_it_until_it_has_an_owner(
    api: Api, imported: Resume, recruiter: User, owner: User
) -> None:
    url = f"/api/v1/resume/{imported.pk}/"
    assert api(recruiter).patch(url, {"name": "Ann"}, format="json").json()["name"] == "Ann"
    Resume.objects.update(owner=owner)
    assert api(recruiter).patch(url, {"name": "Bob"}, format="json").status_code == 403
    assert api(recruiter).delete(url).status_code == 403
    Resume.objects.update(owner=None)
    assert (api(recruiter).delete(url).status_code, Resume.objects.count()) == (204, 0)


def test_handing_over(recruiter_client: Client, owner_client: Client, imported: Resume, owner: User) -> None:
    page = recruiter_client.get(f"/resumes/{imported.pk}/hand-over/").content.decode()
    assert 'value="alice@example.com"' in page
    body = {"email": "ALICE@example.com", "checked": "on"}
    answer = recruiter_client.post(f"/resumes/{imported.pk}/hand-over/", body)
    imported.refresh_from_db()
    assert (answer.status_code, imported.owner) == (302, owner)
    assert owner_client.get(f"/resumes/{imported.pk}/").status_code == 200
    assert recruiter_client.post(f"/resumes/{imported.pk}/hand-over/", body).status_code == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"email": "alice@example.com"}, "This field is required."),
        ({"email": "nobody@example.com", "checked": "on"}, "Invite the candidate first."),
        ({"email": "rita@example.com", "checked": "on"}, "Invite the candidate first."),
        ({"email": "gone@example.com", "checked": "on"}, "Invite the candidate first."),
    ],
)
def test_a_handover_that_is_refused(
    recruiter_client: Client, imported: Resume, owner: User, body: dict[str, Any], words: str
) -> None:
    User.objects.create_user("gone@example.com", "x", is_active=False)
    answer = recruiter_client.post(f"/resumes/{imported.pk}/hand-over/", body)
    assert (answer.status_code, words in answer.content.decode()) == (400, True)
    assert access.unowned().count() == 1


def test_a_resume_of_somebody_cannot_be_handed_over(
    recruiter_client: Client, make_resume: MakeResume, owner: User, colleague: User
) -> None:
    resume = make_resume(colleague)
    assert recruiter_client.get(f"/resumes/{resume.pk}/hand-over/").status_code == 404


def test_a_candidate_with_as_many_resumes_as_are_kept(recruiter_client: Client, imported: Resume, owner: User) -> None:
    Resume.objects.bulk_create(Resume(owner=owner, name=str(n), size=1) for n in range(100))
    body = {"email": "alice@example.com", "checked": "on"}
    assert recruiter_client.post(f"/resumes/{imported.pk}/hand-over/", body).status_code == 400
    assert access.unowned().count() == 1


def test_no_interview_without_an_account(api: Api, imported: Resume, recruiter: User) -> None:
    client = api(recruiter)
    started = client.post("/api/interview/start/", {"metadata": {"resume_id": imported.pk}}, format="json")
    asked = client.get(f"/api/v1/interview/{imported.pk}/validate/")
    with pytest.raises(creation.NobodysResume):
        creation.open_for_resume(imported)
    with pytest.raises(creation.NobodysResume):
        creation.create(recruiter, resume=imported, **FIELDS)
    interview = creation.create(recruiter, **FIELDS)
    with pytest.raises(creation.NobodysResume):
        creation.prepare(interview, imported)
    assert [started.status_code, asked.status_code] == [400, 400]
    assert "Invite the candidate first" in asked.json()["message"]
    assert "Invite the candidate first" in str(started.json())
    assert not Interview.objects.filter(resume=imported).exists()


def test_the_candidate_is_not_offered_it(owner_client: Client, recruiter_client: Client, imported: Resume) -> None:
    pages = [client.get("/interviews/new/").content.decode() for client in (owner_client, recruiter_client)]
    assert [f'value="{imported.pk}"' in page for page in pages] == [False, False]


def test_the_recruiter_who_imported_it_leaves(imported: Resume, recruiter: User) -> None:
    recruiter.delete()
    assert Resume.objects.get().uploaded_by is None


def test_who_was_handed_a_resume_takes_it_along(imported: Resume, owner: User) -> None:
    Resume.objects.update(owner=owner)
    owner.delete()
    assert not Resume.objects.exists()


def test_names_of_people(imported: Resume, recruiter_client: Client) -> None:
    person("Dora", Role.RECRUITER)
    page = recruiter_client.get("/resumes/").content.decode()
    assert "Nobody&#x27;s account yet" in page or "Nobody's account yet" in page
