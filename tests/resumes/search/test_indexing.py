"""Vectors are made once, follow every change, and go with the resume."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from resumes.domain import profiles, schema
from resumes.domain.search import composing, folding, indexing, vectors
from resumes.models import Resume, ResumeVector, ResumeWords, VectorIndex
from tests.resumes.conftest import MakeResume
from tests.resumes.search.conftest import Indexed, profile, settle


def test_a_new_installation_serves_an_empty_index(db: None) -> None:
    settle()
    index = VectorIndex.objects.get()
    assert index.model == f"hashed-384-v1-{folding.version()}"
    assert (index.state, index.dimensions, index.total, index.done, index.sequence) == ("serving", 384, 0, 0, 0)


def test_a_row_says_what_a_search_filters_by(indexed: Indexed, owner: User) -> None:
    resume = indexed(owner, "Backend developer", "Python", "k8s", years=4.5, language="en")
    row = ResumeVector.objects.get()
    assert (row.resume_id, row.sequence, len(row.vector)) == (resume.pk, 1, 768)
    assert (row.skills, row.years, row.language, row.status) == ("python\nkubernetes", 4.5, "en", "parsed")


def test_the_same_again_writes_nothing_and_asks_no_model(
    indexed: Indexed, owner: User, django_assert_num_queries: Any
) -> None:
    resume = indexed(owner, "Backend developer", "Python")
    with django_assert_num_queries(3):  # its words, the indexes, what is there
        indexing.index(resume)
    assert ResumeVector.objects.get().sequence == 1


def test_a_change_of_status_keeps_the_vector(indexed: Indexed, owner: User) -> None:
    resume = indexed(owner, "Backend developer", "Python")
    before = bytes(ResumeVector.objects.get().vector)
    resume.status = "interviewed"
    resume.save()
    indexing.index(resume)
    row = ResumeVector.objects.get()
    assert (row.status, row.sequence, bytes(row.vector) == before) == ("interviewed", 2, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_of_a_batch_does_not_grow(
    make_resume: MakeResume, owner: User, django_assert_num_queries: Any, count: int
) -> None:
    settle()
    resumes = [make_resume(owner, profile=profile("Developer", "Python")) for _ in range(count)]
    index = VectorIndex.objects.get()
    with django_assert_num_queries(7):  # what is there; savepoint, number, number, who is alive, rows, release
        indexing.write(index, resumes)
    assert ResumeVector.objects.count() == count


def test_a_correction_is_found_by_the_next_sweep(
    indexed: Indexed, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    resume = indexed(owner, "Backend developer", "Python")
    with django_capture_on_commit_callbacks() as callbacks:
        profiles.correct(resume, {"profile": schema.from_json({"skills": [{"name": "Go"}]})})
    assert callbacks  # the vector is asked for after the commit
    assert ResumeVector.objects.get().skills == "python"
    settle()
    assert ResumeVector.objects.get().skills == "go"


def test_the_sweep_finds_what_was_never_indexed_and_what_is_no_longer_usable(
    make_resume: MakeResume, indexed: Indexed, owner: User
) -> None:
    gone = indexed(owner, "Tester")
    late = make_resume(owner, name="Late", text="billing", profile=profile("Backend developer"))
    ResumeWords.objects.all().delete()
    gone.status = "failed"
    gone.save()
    settle()
    assert list(ResumeVector.objects.exclude(vector=b"").values_list("resume_id", flat=True)) == [late.pk]
    assert ResumeWords.objects.count() == 2


def test_a_sweep_goes_on_where_the_last_one_was_broken_off(make_resume: MakeResume, owner: User) -> None:
    settle()
    index = VectorIndex.objects.get()
    for number in range(indexing.BATCH + 6):
        make_resume(owner, name=str(number), profile=profile("Developer"))
    turns = iter([True, False])
    indexing.catch_up(index, lambda: next(turns))
    assert ResumeVector.objects.count() == indexing.BATCH
    settle()
    assert ResumeVector.objects.count() == indexing.BATCH + 6


def test_a_sweep_looks_at_nothing_old(make_resume: MakeResume, owner: User, django_assert_num_queries: Any) -> None:
    settle()
    resume = make_resume(owner, profile=profile("Developer"))
    settle()
    Resume.objects.filter(pk=resume.pk).update(updated_at=timezone.now() - timedelta(hours=1))
    ResumeWords.objects.all().delete()
    settle()
    assert not ResumeWords.objects.exists()


def test_deleting_a_resume_empties_its_vectors(indexed: Indexed, owner: User, colleague: User) -> None:
    resume, other = indexed(owner, "Backend developer", "Python"), indexed(colleague, "Tester", "Java")
    resume.delete()
    first, second = ResumeVector.objects.order_by("sequence")
    assert (first.resume_id, bool(first.vector)) == (other.pk, True)
    assert (bytes(second.vector), bytes(second.digest), second.skills, second.sequence) == (b"", b"", "", 3)


def test_erasing_a_person_empties_theirs(indexed: Indexed, owner: User) -> None:
    indexed(owner, "Backend developer", "Python")
    owner.delete()
    assert bytes(ResumeVector.objects.get().vector) == b""


def test_a_vector_that_comes_after_the_deletion_is_dropped(indexed: Indexed, owner: User) -> None:
    resume = indexed(owner, "Backend developer", "Python")
    late = Resume.objects.get(pk=resume.pk)
    resume.delete()
    indexing.write(VectorIndex.objects.get(), [late])
    assert bytes(ResumeVector.objects.get().vector) == b""


def test_what_is_embedded_names_nobody(make_resume: MakeResume, owner: User) -> None:
    basics = {
        "name": "Ann Lee",
        "email": "ann@example.com",
        "phone": "+1 555 0100",
        "url": "https://ann.example.com",
        "image": "https://ann.example.com/me.jpg",
        "location": {"city": "Springfield", "address": "Elm Street 1"},
        "profiles": [{"network": "GitHub", "username": "annlee"}],
        "label": "Backend developer",
        "summary": "Likes queues",
    }
    whole = {"basics": basics, "work": [{"name": "Acme", "position": "Engineer", "highlights": ["Built billing"]}]}
    text = composing.compose(make_resume(owner, name="Ann Lee's CV", text="Ann Lee, Elm Street 1", profile=whole))
    assert text.splitlines()[:2] == ["Backend developer", "Engineer"]
    assert text.endswith("Likes queues\nEngineer\nBuilt billing")
    for word in ("Ann", "Lee", "example.com", "555", "Springfield", "Elm", "annlee"):
        assert word not in text


def test_half_precision_keeps_what_matters(indexed: Indexed, owner: User) -> None:
    indexed(owner, "Backend developer", "Python", "Kafka")
    (item,) = vectors.items(ResumeVector.objects.all())
    assert float(item.vector @ item.vector) == pytest.approx(1.0, abs=1e-3)
