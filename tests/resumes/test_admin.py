"""Imports and duplicates in the admin: who sees what, what the pages say, and what they ask the database."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from resumes.models import ImportBatch, Resume
from tests.resumes.test_imports import begun, cv, packed, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
ADD = "/admin/resumes/importbatch/add/"
JSON = {"HTTP_ACCEPT": "application/json"}


def some(*names: str) -> dict[str, list[SimpleUploadedFile]]:
    return {"resumes": [SimpleUploadedFile(f"{name}.txt", cv(f"{name} Lee")) for name in names]}


def test_importing_without_a_script(recruiter_client: Client, recruiter: User) -> None:
    answer = recruiter_client.post(ADD, some("Ann", "Bob"))
    batch = ImportBatch.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/admin/resumes/importbatch/{batch.pk}/change/")
    assert (batch.uploaded_by, batch.total, batch.status) == (recruiter, 2, "running")
    page = recruiter_client.get(answer.headers["Location"]).content.decode()
    assert f'data-progress-url="/admin/resumes/importbatch/{batch.pk}/progress/"' in page
    run(batch)
    page = recruiter_client.get(answer.headers["Location"]).content.decode()
    assert "data-progress-url" not in page
    assert "The import has finished." in page
    assert [name in page for name in ("Ann.txt", "Ann Lee", "Bob.txt", "Bob Lee")] == [True] * 4


def test_importing_with_a_script(recruiter_client: Client) -> None:
    begun_with = recruiter_client.post(ADD, some("Ann"), **JSON)
    answer = begun_with.json()
    assert begun_with.status_code == 201
    assert recruiter_client.post(answer["files"], some("Bob", "Cho"), **JSON).json() == {"taken": 2}
    batch = run(ImportBatch.objects.get())
    assert (batch.total, batch.done) == (3, 3)
    assert recruiter_client.post(answer["files"], some("Dan"), **JSON).json() == {"taken": 1}
    batch.refresh_from_db()
    assert batch.status == "running"
    assert run(batch).done == 4


def test_progress(recruiter_client: Client, recruiter: User) -> None:
    batch = begun(recruiter, ("a.zip", packed([("a.txt", cv("Ann Lee")), ("b.txt", b"")])))
    url = f"/admin/resumes/importbatch/{batch.pk}/progress/"
    assert recruiter_client.get(url).json() == {
        "finished": False, "percent": 0, "line": "0 of 1 files", "total": 1, "settled": 0, "done": 0, "duplicates": 0,
        "failed": 0,
    }  # fmt: skip
    run(batch)
    told = recruiter_client.get(url, HTTP_ACCEPT_LANGUAGE="ru").json()
    assert told == {
        "finished": True, "percent": 100, "line": "Импорт завершён.", "total": 2, "settled": 2, "done": 1,
        "duplicates": 0, "failed": 1,
    }  # fmt: skip


def test_nothing_chosen_is_told(recruiter_client: Client) -> None:
    assert "This field is required." in recruiter_client.post(ADD, {}).content.decode()
    assert json.loads(recruiter_client.post(ADD, {}, **JSON).content) == {"message": "This field is required."}
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(("who", "sees"), [("owner", 302), ("outsider", 302), ("manager", 404), ("recruiter", 200)])
def test_who_sees_imports(request: pytest.FixtureRequest, administrator: User, who: str, sees: int) -> None:
    batch = begun(administrator, ("a.txt", cv("Ann Lee")))
    client: Client = request.getfixturevalue(f"{who}_client")
    paths = [ADD, *(f"/admin/resumes/importbatch/{batch.pk}/{page}/" for page in ("change", "progress"))]
    assert [client.get(path).status_code for path in paths] == [sees] * 3


@pytest.mark.parametrize("key", ["abc", "1.5", "-1", "0", "%00", "9" * 30, "9" * 5000])
@pytest.mark.parametrize("model", ["importbatch", "duplicate"])
@pytest.mark.parametrize(("who", "status"), [("owner", 302), ("manager", 404), ("recruiter", 404)])
def test_a_key_that_is_none_is_not_found(
    request: pytest.FixtureRequest, who: str, status: int, model: str, key: str
) -> None:
    client: Client = request.getfixturevalue(f"{who}_client")
    assert client.get(f"/admin/resumes/{model}/{key}/change/").status_code == status


def test_ones_own_import_only(
    recruiter_client: Client, administrator_client: Client, recruiter: User, administrator: User
) -> None:
    batch = begun(administrator, ("a.txt", cv("Ann Lee")))
    url = f"/admin/resumes/importbatch/{batch.pk}"
    assert recruiter_client.post(f"{url}/files/", some("Bob"), **JSON).status_code == 404
    assert recruiter_client.post(f"{url}/delete/", {"post": "yes"}).status_code == 403
    assert "Stop and delete" not in recruiter_client.get(f"{url}/change/").content.decode()
    page = administrator_client.get(f"{url}/delete/").content.decode()
    assert "The record of 1 file" in page
    assert administrator_client.post(f"{url}/delete/", {"post": "yes"}).status_code == 302
    assert not ImportBatch.objects.exists()


def test_the_page_is_narrowed_to_what_failed(recruiter_client: Client, recruiter: User) -> None:
    batch = run(begun(recruiter, ("<b>ann.txt", cv("Ann Lee")), ("empty.txt", b"")))
    page = recruiter_client.get(f"/admin/resumes/importbatch/{batch.pk}/change/?show=failed").content.decode()
    assert ("empty.txt" in page, "ann.txt" in page, "The file is empty." in page) == (True, False, True)
    page = recruiter_client.get(f"/admin/resumes/importbatch/{batch.pk}/change/").content.decode()
    assert "&lt;b&gt;ann.txt" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_times(
    recruiter_client: Client, recruiter: User, django_assert_num_queries: Any, count: int
) -> None:
    batch = run(begun(recruiter, *[(f"{n}.txt", cv(f"Person{n} Lee")) for n in range(count)]))
    with django_assert_num_queries(5):  # session, user, import, count, page
        recruiter_client.get(f"/admin/resumes/importbatch/{batch.pk}/change/")
    with django_assert_num_queries(3):
        recruiter_client.get(f"/admin/resumes/importbatch/{batch.pk}/progress/")


def test_an_erased_resume_takes_its_file_name_along(recruiter_client: Client, recruiter: User) -> None:
    batch = run(begun(recruiter, ("ann.txt", cv("Ann Lee"))))
    Resume.objects.get().delete()
    assert "ann.txt" not in recruiter_client.get(f"/admin/resumes/importbatch/{batch.pk}/change/").content.decode()
