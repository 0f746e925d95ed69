"""Another model: a new index is made in pieces while the old one serves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from providers.base import ProviderError
from providers.embeddings import factory
from providers.embeddings.base import Capabilities, Embedder
from resumes.domain.search import building, indexes, indexing, meaning
from resumes.models import ResumeVector, VectorIndex
from tests.resumes.conftest import MakeResume
from tests.resumes.search.conftest import Indexed, always, profile, settle


class Remote(Embedder):
    """A model that answers vectors of four; `refuses` a text that holds a word, `away` altogether."""

    capabilities = Capabilities(batch=64, most_chars=6_000, local=False)
    dimensions = 4

    def __init__(self, name: str) -> None:
        super().__init__(sleep=lambda _seconds: None)
        self.name = name
        self.refuses: str | None = None
        self.away = False
        self.asked: list[str] = []

    def _embed(self, texts: list[str], timeout_s: float) -> Any:
        self.asked += texts
        if self.away:
            raise ProviderError("away", retryable=True)
        if self.refuses is not None and any(self.refuses in text for text in texts):
            raise ProviderError("too long", retryable=False)
        return [[1.0, len(text) % 7, 0.0, 1.0] for text in texts]


@pytest.fixture
def remote(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """The settings ask for a model on a server; its class alone is replaced."""
    made = Remote("openai:new")
    real = factory.build

    def build(wanted: factory.EmbeddingSettings, *rest: Any) -> Embedder:
        return made if wanted.model == "new" else real(wanted, *rest)

    monkeypatch.setattr(factory, "build", build)
    return made


def states() -> dict[str, str]:
    return dict(VectorIndex.objects.values_list("model", "state"))


LIST = "/admin/resumes/vectorindex/"
REFRESH = '<meta http-equiv="refresh"'
HASHED = f"hashed-384-v1-{indexes.folding.version()}"


def test_the_old_index_serves_until_the_new_one_is_whole(
    indexed: Indexed, owner: User, recruiter: User, remote: Remote, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    resumes = [indexed(owner, "Backend developer", "Python", name=name) for name in "ABC"]
    settings.EMBEDDING_MODEL = "new"
    (index_id,) = indexing.sweep()
    assert states() == {HASHED: "serving", "openai:new": "building"}
    turns = iter([True, False])
    assert building.build(index_id, lambda: next(turns))
    index = VectorIndex.objects.get(pk=index_id)
    assert (index.total, index.done, index.cursor) == (3, 2, resumes[1].pk)
    found = meaning.semantic(recruiter, "python", {}, 10)
    assert {one.resume.name for one in found} == {"A", "B", "C"}
    assert not building.build(index_id, always)
    assert states() == {HASHED: "retired", "openai:new": "serving"}
    assert len(meaning.semantic(recruiter, "python", {}, 10)) == 3
    settle()
    assert states() == {"openai:new": "serving"}
    assert ResumeVector.objects.count() == 3
    index.refresh_from_db()
    assert (index.done, index.failed, index.finished_at is not None) == (3, 0, True)


def test_after_a_kill_it_goes_on_from_the_last_stored_batch(
    indexed: Indexed, owner: User, remote: Remote, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 1)
    for name in "ABC":
        indexed(owner, name, name=name)
    settings.EMBEDDING_MODEL = "new"
    index = indexes.ensure()
    turns = iter([True, False])
    building.build(index.pk, lambda: next(turns))
    asked = len(remote.asked)
    VectorIndex.objects.filter(pk=index.pk).update(busy_until=timezone.now() + timedelta(minutes=1))  # a killed one's
    assert not building.build(index.pk, always)
    assert len(remote.asked) == asked
    VectorIndex.objects.filter(pk=index.pk).update(busy_until=timezone.now() - timedelta(seconds=1))
    assert not building.build(index.pk, always)
    assert len(remote.asked) == asked + 2
    assert states()["openai:new"] == "serving"


def test_what_changes_meanwhile_is_in_both(indexed: Indexed, owner: User, remote: Remote, settings: Any) -> None:
    kept, gone = indexed(owner, "Tester", name="kept"), indexed(owner, "Tester", name="gone")
    settings.EMBEDDING_MODEL = "new"
    index = indexes.ensure()
    new = indexed(owner, "Analyst", name="new")
    gone.delete()
    building.build(index.pk, always)
    held = ResumeVector.objects.filter(index=index).exclude(vector=b"").values_list("resume_id", flat=True)
    assert sorted(held) == [kept.pk, new.pk]


def test_a_model_that_is_away_is_waited_for(
    indexed: Indexed, owner: User, recruiter: User, remote: Remote, settings: Any
) -> None:
    indexed(owner, "Backend developer", "Python")
    settings.EMBEDDING_MODEL = "new"
    remote.away = True
    settle()
    assert states() == {HASHED: "serving", "openai:new": "building"}
    assert len(meaning.semantic(recruiter, "python", {}, 10)) == 1
    remote.away = False
    settle()
    assert states()["openai:new"] == "serving"


def test_a_resume_that_the_model_refuses_is_counted_and_left_out(
    indexed: Indexed, owner: User, remote: Remote, settings: Any
) -> None:
    for position in ("Tester", "Poison", "Analyst"):
        indexed(owner, position)
    settings.EMBEDDING_MODEL = "new"
    index = indexes.ensure()
    remote.refuses = "Poison"
    building.build(index.pk, always)
    index.refresh_from_db()
    assert (index.state, index.done, index.failed) == ("serving", 3, 1)


def test_a_model_that_refuses_everything_never_serves(
    indexed: Indexed, owner: User, remote: Remote, settings: Any
) -> None:
    indexed(owner, "Tester")
    settings.EMBEDDING_MODEL = "new"
    index = indexes.ensure()
    remote.refuses = ""
    assert not building.build(index.pk, always)
    assert states() == {HASHED: "serving", "openai:new": "building"}


def test_settings_that_are_taken_back_end_the_building(
    indexed: Indexed, owner: User, remote: Remote, settings: Any
) -> None:
    indexed(owner, "Tester")
    settings.EMBEDDING_MODEL = "new"
    index = indexes.ensure()
    settings.EMBEDDING_MODEL = ""
    assert indexing.sweep() == []
    assert not building.build(index.pk, always)
    assert states() == {HASHED: "serving"}
    settings.EMBEDDING_MODEL = "new"
    settle()
    assert states()["openai:new"] == "serving"


def test_an_installation_with_resumes_and_no_index(make_resume: MakeResume, owner: User, recruiter: User) -> None:
    make_resume(owner, profile=profile("Backend developer", "Python"), text="Python")
    assert meaning.semantic(recruiter, "python", {}, 10) == []
    settle()
    assert len(meaning.semantic(recruiter, "python", {}, 10)) == 1


def test_the_admin_follows_the_building(
    indexed: Indexed,
    owner: User,
    remote: Remote,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    administrator_client: Client,
    recruiter_client: Client,
    owner_client: Client,
) -> None:
    monkeypatch.setattr(indexing, "BATCH", 1)
    for name in "ABC":
        indexed(owner, "Backend developer", "Python", name=name)
    settings.EMBEDDING_MODEL = "new"
    (index_id,) = indexing.sweep()
    turns = iter([True, False])
    building.build(index_id, lambda: next(turns))
    page = administrator_client.get(LIST).content.decode()
    assert 'value="33" aria-label="openai:new"' in page
    assert f'value="100" aria-label="{HASHED}"' in page
    assert REFRESH in page
    search = "/admin/resumes/resume/search/?q=python"
    assert recruiter_client.get(search).content.decode().count("<h3><a") == 3  # the old index serves
    building.build(index_id, always)
    page = administrator_client.get(LIST).content.decode()
    assert 'value="100" aria-label="openai:new"' in page
    assert REFRESH not in page
    assert recruiter_client.get(search).content.decode().count("<h3><a") == 3
    assert recruiter_client.get(LIST).status_code == 403
    assert owner_client.get(LIST).status_code == 302


def test_more_resumes_than_there_were_are_no_more_than_a_whole() -> None:
    rows = [(0, 0, "building"), (1, 3, "building"), (3, 3, "building"), (9, 3, "building"), (0, 0, "serving")]
    made = [indexes.percent(VectorIndex(done=done, total=total, state=state)) for done, total, state in rows]
    assert made == [0, 33, 99, 99, 100]
