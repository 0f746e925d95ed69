"""What processes share of an index, and a Milvus that is away."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from providers.base import ProviderError
from resumes.domain.search import indexing, meaning, stores
from resumes.models import Resume, VectorIndex
from tests.resumes.conftest import MakeResume
from tests.resumes.search.conftest import Indexed, profile, settle

in_milvus = pytest.mark.parametrize("store", ["milvus"], indirect=True)


def names(user: User, text: str) -> list[str]:
    return [found.resume.name for found in meaning.semantic(user, text, {}, 10)]


def index() -> VectorIndex:
    return VectorIndex.objects.get()


def test_what_another_process_did_is_seen_by_the_next_search(indexed: Indexed, recruiter: User, owner: User) -> None:
    """Rows are all that processes share: what is in memory here was read before."""
    indexed(owner, "Backend developer", "Python", name="kept")
    indexed(owner, "UX designer", "Figma", name="ux")
    assert names(recruiter, "figma") == ["ux"]
    store = stores.fresh(index())
    assert store.count() == 2
    Resume.objects.get(name="ux").delete()
    assert store.count() == 2
    assert names(recruiter, "figma") == []
    assert stores.fresh(index()).count() == 1


@in_milvus
def test_milvus_is_told_of_a_deletion_by_the_sweep(indexed: Indexed, recruiter: User, owner: User) -> None:
    indexed(owner, "Backend developer", "Python", name="kept")
    indexed(owner, "Backend developer", "Python", name="gone").delete()
    assert names(recruiter, "python") == ["kept"]
    settle()
    assert (index().pushed, stores.fresh(index()).count()) == (index().sequence, 1)


@in_milvus
def test_an_emptied_milvus_is_filled_again(indexed: Indexed, recruiter: User, owner: User) -> None:
    indexed(owner, "Backend developer", "Python", name="kept")
    stores.fresh(index()).clear()
    assert names(recruiter, "python") == []
    settle()
    assert names(recruiter, "python") == ["kept"]


@pytest.fixture
def dead(indexed: Indexed, settings: Any, unused_tcp_port: int) -> str:
    """Milvus was there when the index was made, and is away now."""
    settings.MILVUS_URI = f"http://127.0.0.1:{unused_tcp_port}"
    stores.forget_all()
    return str(settings.MILVUS_URI)


@pytest.mark.usefixtures("dead")
def test_without_milvus_the_search_says_what_to_do(api: Any, recruiter: User, recruiter_client: Client) -> None:
    client: APIClient = api(recruiter)
    answer = client.get("/api/v1/resume/search/", {"q": "python"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "or search by words" in answer.json()["message"]
    page = recruiter_client.get("/admin/resumes/resume/search/", {"q": "python"})
    assert page.status_code == 503
    assert "or search by words" in page.content.decode()
    assert client.get("/api/v1/resume/", {"search": "python"}).status_code == 200


@pytest.mark.usefixtures("dead")
def test_without_milvus_a_resume_is_stored_and_found_by_words(
    make_resume: MakeResume, api: Any, owner: User, recruiter: User
) -> None:
    resume = make_resume(owner, name="A", text="Python", profile=profile("Backend developer", "Python"))
    with pytest.raises(ProviderError):
        indexing.index(resume)  # in the background, where it is tried again
    rows = api(recruiter).get("/api/v1/resume/", {"search": "python"}).json()["results"]
    assert [row["name"] for row in rows] == ["A"]
    assert index().pushed < index().sequence


def test_milvus_catches_up_when_it_is_back(
    indexed: Indexed, make_resume: MakeResume, owner: User, recruiter: User, settings: Any, dead: str, tmp_path: Any
) -> None:
    from milvus_lite.server_manager import server_manager_instance

    resume = make_resume(owner, name="A", text="Python", profile=profile("Backend developer", "Python"))
    settle()
    assert index().pushed < index().sequence
    settings.MILVUS_URI = str(tmp_path / "back.db")
    stores.forget_all()
    settle()
    assert index().pushed == index().sequence
    assert names(recruiter, "python") == [resume.name]
    server_manager_instance.release_server(str(tmp_path / "back.db"))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_refresh_to_the_same(indexed: Indexed, owner: User, recruiter: User) -> None:
    """Searches in threads, as the server answers them, while resumes come in: each sees all that was there before."""
    indexed(owner, "Backend developer", "Python", name="0")
    seen: list[set[str]] = []

    def search() -> None:
        try:
            seen.extend(set(names(recruiter, "python")) for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 6):
        indexed(owner, "Backend developer", "Python", name=str(number))
    for thread in threads:
        thread.join()
    assert len(seen) == 15
    assert all("0" in some and some <= set("012345") for some in seen)
    assert set(names(recruiter, "python")) == set("012345")
