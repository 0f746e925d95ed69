"""Resumes as JSON Resume files: out, in, there and back, and what is refused."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import User
from resumes.domain import jsonresume, reading, schema
from resumes.models import Resume
from tests.conftest import signed_in
from tests.resumes.conftest import MakeResume

Api = Callable[[User | None], APIClient]
PROFILE: dict[str, Any] = {
    "basics": {"name": "Ann Lee", "email": "ann@example.com", "summary": "Builds.\nMends."},
    "work": [{"name": "Acme", "position": "Developer", "startDate": "2019-01", "highlights": ["Cut the bill by half"]}],
    "skills": [{"name": "Languages", "keywords": ["Python", "Go"]}],
    "languages": [{"language": "English", "fluency": "C1"}],
}
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
profiles = st.fixed_dictionaries(
    {"basics": st.fixed_dictionaries({"name": texts})},
    optional={
        "work": st.lists(
            st.builds(lambda a, b: {"name": a, "highlights": b}, texts, st.lists(texts, min_size=1)), min_size=1
        ),
        "skills": st.lists(st.builds(lambda a, b: {"name": a, "keywords": [b]}, texts, texts), min_size=1),
    },
)


def upload(client: APIClient, value: Any, name: str = "cv.json") -> Any:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return client.post("/api/v1/resume/upload/", {"file": SimpleUploadedFile(name, data)})


@given(profiles)
def test_there_and_back(profile: dict[str, Any]) -> None:
    resume = Resume(profile=profile, updated_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert jsonresume.read(json.dumps(jsonresume.written(resume)).encode()) == profile


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.integers() | texts,
        lambda one: st.lists(one, max_size=3) | st.dictionaries(texts, one, max_size=3),
    ).map(lambda value: json.dumps(value).encode())
)
def test_anything_else_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(jsonresume.NotTaken, match=r"\w"):
        jsonresume.read(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" * 100_000, "not valid JSON"),
        (b" " * (1024 * 1024 + 1), "at most 1 MB"),
        (b'{"basics": {"name": 3}}', r"\$.basics.name"),
        (b'{"work": [{"startDate": "last year"}]}', r"\$.work\[0\].startDate"),
        (b'{"work": "Acme"}', r"\$.work"),
        (b"{}", "holds nothing"),
        (b'{"basics": {"name": "a\\u0000b"}}', "holds nothing"),
        (b'{"title": "Vacancy"}', "holds nothing"),
    ],
)
def test_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(jsonresume.NotTaken, match=reason):
        jsonresume.read(data)


def test_what_the_standard_does_not_name_is_left_out() -> None:
    value = {**PROFILE, "$schema": "x", "meta": {}, "hobby": 1, "awards": None}
    value["work"] = [{**PROFILE["work"][0], "team": 4, "endDate": None}]
    assert jsonresume.read(json.dumps(value).encode()) == PROFILE


def test_as_text() -> None:
    assert jsonresume.as_text(PROFILE) == (
        "Ann Lee\nann@example.com\nBuilds.\nMends.\n\nWork\nAcme, Developer, 2019-01\n- Cut the bill by half\n\n"
        "Skills\nLanguages\n- Python\n- Go\n\nLanguages\nEnglish, C1\n"
    )


def test_an_uploaded_one_keeps_every_value_through_its_reading(api: Api, owner: User) -> None:
    answer = upload(api(owner), {"$schema": jsonresume.SCHEMA, **PROFILE})
    assert answer.status_code == 201
    resume = Resume.objects.get()
    reading.read(resume.pk)
    resume.refresh_from_db()
    assert (resume.status, resume.profile, resume.content_type) == ("parsed", PROFILE, "text/plain")
    assert set(resume.skills.values_list("key", flat=True)) >= {"python", "go"}
    assert resume.sources["/work/0/name"] == {"corrected": True}
    exported = api(owner).get(f"/api/v1/resume/{resume.pk}/json/").json()
    assert {name: exported[name] for name in PROFILE} == PROFILE
    assert exported["$schema"] == jsonresume.SCHEMA
    assert upload(api(owner), exported, "again.JSON").status_code == 201


def test_a_file_that_is_none_is_refused(api: Api, owner: User) -> None:
    answer = upload(api(owner), {"basics": {"name": 3}})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"])
    assert "$.basics.name" in answer.json()["message"]
    assert not Resume.objects.exists()


def test_who_takes_it(
    api: Api, make_resume: MakeResume, owner: User, colleague: User, outsider: User, recruiter: User, manager: User
) -> None:
    resume = make_resume(owner, profile=PROFILE)
    people = [(None, 401), (owner, 200), (colleague, 404), (outsider, 404), (manager, 404), (recruiter, 200)]
    for user, expected in people:
        answer = api(user).get(f"/api/v1/resume/{resume.pk}/json/")
        assert answer.status_code == expected, user
    waiting = make_resume(owner, status="pending")
    assert api(owner).get(f"/api/v1/resume/{waiting.pk}/json/").status_code == 409


def test_the_pages_link_to_it(make_resume: MakeResume, owner: User, recruiter: User) -> None:
    resume = make_resume(owner, profile=PROFILE)
    link = f'href="/api/v1/resume/{resume.pk}/json/"'
    assert link in signed_in(owner).get(f"/resumes/{resume.pk}/").content.decode()
    html = signed_in(recruiter).get(f"/admin/resumes/resume/{resume.pk}/change/").content.decode()
    assert link in html
    assert f"/admin/vacancies/vacancy/for-resume/{resume.pk}/" in html
    answer = signed_in(owner).get(f"/api/v1/resume/{resume.pk}/json/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="resume-{resume.pk}.json"'
    assert schema.from_json({name: answer.json()[name] for name in PROFILE})
