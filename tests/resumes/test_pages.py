"""The pages of resumes and their place in the admin."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from resumes.domain import uploads
from resumes.models import Resume
from tests.providers_documents import files
from tests.resumes.conftest import MakeResume

PROFILE = {
    "basics": {"name": "Ann <b>Lee</b>", "email": "ann@example.org", "location": {"address": "Oslo, Norway"}},
    "skills": [{"name": "Python"}],
    "work": [{"name": "Acme", "position": "Developer", "startDate": "2020-01", "highlights": ["Built billing"]}],
    "education": [{"institution": "MIT", "area": "Physics", "endDate": "2019"}],
}


def test_uploading(owner_client: Client, owner: User) -> None:
    file = SimpleUploadedFile("cv.pdf", files.pdf(["Ann Lee", "Python"]))
    answer = owner_client.post("/resumes/upload/", {"file": file, "expected_position": "QA"})
    resume = Resume.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/resumes/{resume.pk}/")
    assert (resume.owner, resume.name, resume.expected_position) == (owner, "cv", "QA")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"GIF89a" + bytes(100), "This is not a PDF, DOCX, JPEG, PNG or plain text file."),
        (b"a" * (10 * 1024 * 1024 + 1), "The file is larger than 10 MB."),
    ],
)
def test_a_refused_file_says_why(owner_client: Client, data: bytes, words: str) -> None:
    answer = owner_client.post("/resumes/upload/", {"file": SimpleUploadedFile("cv.pdf", data)})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Resume.objects.exists()


def test_uploads_on_the_page_are_throttled(owner_client: Client) -> None:
    def send() -> str:
        return owner_client.post("/resumes/upload/", {"file": SimpleUploadedFile("cv.pdf", b"")}).content.decode()

    pages = [send() for _ in range(61)]
    assert ["many uploads" in page for page in pages] == [False] * 60 + [True]


def test_the_list(owner_client: Client, make_resume: MakeResume, owner: User, colleague: User) -> None:
    usable = make_resume(owner, name="Good one")
    make_resume(owner, name="Bad one", status="failed", status_reason="no_text_layer")
    make_resume(colleague, name="Not mine")
    page = owner_client.get("/resumes/").content.decode()
    assert f"/interviews/new/?resume={usable.pk}" in page
    assert "The file holds pictures of pages" in page
    assert "Not mine" not in page
    assert page.count("?resume=") == 1
    assert "http-equiv" not in page


@pytest.mark.parametrize("path", ["/resumes/", "/resumes/{id}/"])
def test_pages_look_again_while_a_resume_is_read(
    owner_client: Client, make_resume: MakeResume, owner: User, path: str
) -> None:
    resume = make_resume(owner, status="parsing")
    assert 'http-equiv="refresh"' in owner_client.get(path.format(id=resume.pk)).content.decode()


def test_the_profile_is_shown_and_nothing_in_it_is_markup(
    owner_client: Client, make_resume: MakeResume, owner: User
) -> None:
    page = owner_client.get(f"/resumes/{make_resume(owner, profile=PROFILE).pk}/").content.decode()
    for words in ("Ann &lt;b&gt;Lee&lt;/b&gt;", "Oslo, Norway", "Python", "Built billing", "2020-01", "Physics"):
        assert words in page
    assert "<b>Lee" not in page


def test_a_failure_tells_its_reason(owner_client: Client, make_resume: MakeResume, owner: User) -> None:
    resume = make_resume(owner, status="failed", status_reason="password_protected")
    page = owner_client.get(f"/resumes/{resume.pk}/").content.decode()
    assert "The file is protected by a password." in page
    assert "?resume=" not in page


def test_the_file_is_always_a_download(owner_client: Client, make_resume: MakeResume, owner: User) -> None:
    resume = make_resume(owner, b"<script>", file_name='a "b"\n.html', content_type="text/plain")
    answer = owner_client.get(f"/resumes/{resume.pk}/file/")
    assert b"".join(answer) == b"<script>"  # type: ignore[arg-type]  # a streaming response
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_gone(owner_client: Client, make_resume: MakeResume, owner: User) -> None:
    resume = make_resume(owner)
    resume.file.storage.delete(resume.file.name)
    assert owner_client.get(f"/resumes/{resume.pk}/file/").status_code == 404


def test_deleting_asks_first(owner_client: Client, make_resume: MakeResume, owner: User) -> None:
    resume = make_resume(owner)
    assert owner_client.get(f"/resumes/{resume.pk}/delete/").status_code == 200
    assert Resume.objects.exists()
    assert owner_client.post(f"/resumes/{resume.pk}/delete/").status_code == 302
    assert not Resume.objects.exists()


@pytest.mark.parametrize(
    ("method", "path", "own", "others", "recruiters"),
    [
        ("get", "/resumes/{id}/", 200, 404, 200),
        ("get", "/resumes/{id}/file/", 200, 404, 200),
        ("get", "/resumes/{id}/delete/", 200, 404, 404),
        ("post", "/resumes/{id}/delete/", 302, 404, 404),
    ],
)
def test_who_may_see_what(
    owner_client: Client,
    colleague_client: Client,
    outsider_client: Client,
    recruiter_client: Client,
    make_resume: MakeResume,
    owner: User,
    method: str,
    path: str,
    own: int,
    others: int,
    recruiters: int,
) -> None:
    url = path.format(id=make_resume(owner).pk)
    stranger = getattr(Client(), method)(url)
    assert (stranger.status_code, stranger.headers["Location"].split("?")[0]) == (302, "/accounts/sign-in/")
    people = [
        (colleague_client, others),
        (outsider_client, others),
        (recruiter_client, recruiters),
        (owner_client, own),
    ]
    assert [getattr(client, method)(url).status_code for client, _ in people] == [expected for _, expected in people]


@pytest.mark.parametrize("path", ["/resumes/", "/resumes/upload/"])
def test_a_stranger_signs_in_first(path: str, db: None) -> None:
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_a_fixed_number_of_times(
    recruiter_client: Client,
    make_resume: MakeResume,
    owner: User,
    colleague: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for number in range(count):
        make_resume([owner, colleague][number % 2])
    with django_assert_num_queries(4):  # session, user, count, page
        recruiter_client.get("/resumes/")


def test_recruiters_read_in_the_admin(recruiter_client: Client, make_resume: MakeResume, owner: User) -> None:
    resume = make_resume(owner, profile=PROFILE, text="Worked on billing")
    found = recruiter_client.get("/admin/resumes/resume/?q=billing&status__exact=parsed").content.decode()
    assert "Backend resume" in found
    page = recruiter_client.get(f"/admin/resumes/resume/{resume.pk}/change/").content.decode()
    assert "Built billing" in page
    assert 'name="_save"' not in page
    assert recruiter_client.post(f"/admin/resumes/resume/{resume.pk}/change/", {"name": "x"}).status_code == 403
    assert recruiter_client.post(f"/admin/resumes/resume/{resume.pk}/delete/", {"post": "yes"}).status_code == 403
    assert recruiter_client.get("/admin/resumes/resume/add/").status_code == 403


def test_candidates_have_no_admin(owner_client: Client, make_resume: MakeResume, owner: User) -> None:
    resume = make_resume(owner)
    for path in ("/admin/resumes/resume/", f"/admin/resumes/resume/{resume.pk}/change/"):
        assert owner_client.get(path).status_code in (302, 403)


@pytest.mark.parametrize("count", [1, 3])
def test_the_admin_list_asks_a_fixed_number_of_times(
    recruiter_client: Client, make_resume: MakeResume, owner: User, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        make_resume(owner)
    with django_assert_num_queries(7):
        recruiter_client.get("/admin/resumes/resume/")


@pytest.mark.parametrize(
    ("kind", "stored", "given"),
    [
        ("text/plain", "cv.txt", "cv.txt"),
        ("text/plain", "cv.html", "cv.html.txt"),
        ("application/pdf", "CV.PDF", "CV.PDF"),
        ("application/pdf", "cv", "cv.pdf"),
        ("application/x-gone", "cv.exe", "cv.exe"),
    ],
)
def test_a_download_is_called_what_it_is(
    owner: User, make_resume: MakeResume, kind: str, stored: str, given: str
) -> None:
    assert uploads.download_name(make_resume(owner, content_type=kind, file_name=stored)) == given


def test_a_page_in_disguise_is_saved_as_text(owner_client: Client) -> None:
    page = SimpleUploadedFile("cv.html", b"<script>alert(1)</script>", content_type="text/html")
    owner_client.post("/resumes/upload/", {"file": page})
    answer = owner_client.get(f"/resumes/{Resume.objects.get().pk}/file/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cv.html.txt"'
    assert answer.headers["Content-Type"] == "text/plain"
