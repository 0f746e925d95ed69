"""Resumes with vectors."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from resumes.domain.search import building, indexing
from resumes.models import Resume
from tests.resumes.conftest import MakeResume

Indexed = Callable[..., Resume]


def always() -> bool:
    return True


def settle() -> None:
    """What Celery does in a running installation: sweep, and build until nothing is left."""
    for index_id in indexing.sweep():
        while building.build(index_id, always):
            pass


def profile(position: str, *skills: str, summary: str = "") -> dict[str, Any]:
    return {
        "basics": {"label": position, "summary": summary},
        "work": [{"position": position, "name": "Acme"}],
        "skills": [{"name": skill} for skill in skills],
    }


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The tests of a module with `EVERY_STORE` run in each store: what they expect is the same."""
    if getattr(metafunc.module, "EVERY_STORE", False) and "store" in metafunc.fixturenames:
        metafunc.parametrize("store", ["exact", "milvus"], indirect=True)


@pytest.fixture(scope="session")
def lite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Milvus for all tests of this process: its client sleeps half a second whenever it makes a collection."""
    from milvus_lite.server_manager import server_manager_instance

    path = str(tmp_path_factory.mktemp("milvus") / "viva.db")
    yield path
    server_manager_instance.release_server(path)


def emptied(uri: str) -> None:
    """Leaves the collections, and nothing in them."""
    from pymilvus import MilvusClient

    client = MilvusClient(uri)
    for name in [folder.name for folder in Path(uri, "collections").iterdir()]:
        client.delete(name, filter="id >= 0")
        left = client.query(name, filter="", output_fields=["count(*)"], consistency_level="Strong")
        assert left[0]["count(*)"] == 0
    client.close()


@pytest.fixture
def store(request: pytest.FixtureRequest, settings: Any) -> str:
    """The kind of store that resumes are searched in: this process's memory unless a test says otherwise."""
    kind: str = getattr(request, "param", "exact")
    if kind == "milvus":
        settings.MILVUS_URI = request.getfixturevalue("lite")
        emptied(settings.MILVUS_URI)
    return kind


@pytest.fixture
def indexed(make_resume: MakeResume, store: str) -> Indexed:
    """`indexed(owner, "Backend developer", "Python", name="A")` is a resume that can be searched for."""
    settle()

    def make(owner: User, position: str, *skills: str, summary: str = "", **fields: Any) -> Resume:
        text = "\n".join([position, summary, ", ".join(skills)])
        resume = make_resume(owner, **{"text": text, "profile": profile(position, *skills, summary=summary), **fields})
        indexing.index(resume)
        return resume

    return make
