"""The set is what it says: large and varied enough, exact, the same each time; and the second set is another one."""

from collections.abc import Iterator
from typing import Any

import pytest

from providers.documents.kinds import kind_of
from resumes.domain import schema
from tests.resumes.corpus import as_text, people
from tests.resumes.corpus.catalogue import PICTURES, Resume, resumes
from tests.resumes.corpus.scoring import plain

ALL = [*resumes(), *resumes(unseen=True)]
NOT_WRITTEN_AS_THEY_ARE = ("startDate", "endDate", "date")


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    else:
        for inner in value:
            yield from strings(inner, key)


@pytest.mark.parametrize("unseen", [False, True])
def test_how_many_of_what(unseen: bool) -> None:
    found = list(resumes(unseen=unseen))
    assert len({resume.name for resume in found}) == len(found) == 56
    for language in people.LANGUAGES:
        forms = [resume.format for resume in found if resume.language == language]
        assert {form: forms.count(form) for form in set(forms)} == {
            "pdf": 6 if unseen else 7, "docx": 4 if unseen else 3, "txt": 2, "scan": 1, "photo": 1,
        }  # fmt: skip


@pytest.mark.parametrize("resume", ALL, ids=lambda resume: resume.name)
def test_the_truth_is_a_profile_and_stands_in_the_resume(resume: Resume) -> None:
    truth = resume.truth
    assert schema.to_json(schema.from_json(truth)) == truth
    text = plain(as_text.text(resume.sheet))
    absent = [pair for pair in strings(truth) if pair[0] not in NOT_WRITTEN_AS_THEY_ARE and plain(pair[1]) not in text]
    assert absent == []


@pytest.mark.parametrize("number", [3, 5, 7, 8, 10, 11])
def test_the_same_bytes_each_time(number: int) -> None:
    resume = Resume("en", number)
    assert resume.data() == Resume("en", number).data()


@pytest.mark.parametrize("resume", [one for one in ALL if one.number in (0, 4, 7)], ids=lambda resume: resume.name)
def test_a_file_is_what_its_name_says(resume: Resume) -> None:
    if resume.missing:
        pytest.skip(resume.missing)
    kind = kind_of(resume.data())
    assert kind == ("pdf" if resume.format == "scan" else resume.format)


def test_pictures_have_no_text() -> None:
    found = [resume for resume in ALL if resume.format in PICTURES and resume.language == "en"]
    assert [resume.data()[:4] for resume in found] == [b"%PDF", b"\xff\xd8\xff\xe0", b"%PDF", b"\x89PNG"]


@pytest.mark.parametrize("language", people.LANGUAGES)
def test_the_second_set_has_other_people_and_firms(language: str) -> None:
    seen, unseen = (
        {text for resume in resumes(unseen=which, language=language) for key, text in strings(resume.truth)
         if key in ("name", "email", "institution") and resume.truth["basics"]["name"]}
        for which in (False, True)
    )  # fmt: skip
    firms = {job["name"] for resume in resumes(unseen=True, language=language) for job in resume.truth["work"]}
    assert not firms & seen
    assert not {resume.person.name for resume in resumes(language=language)} & unseen
