"""People, their clients, and marks that every test shares."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import RefreshToken

from accounts.models import Role, User
from tests.server import Databases, LiveServer, environment
from tests.translations import compile_stale

PASSWORD = "correct horse battery staple"
SERVER_FIXTURES = {"start_server", "start_shared_server"}
SERVER_TIMEOUT_S = 400  # of which a server's start is a part
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"} | SERVER_FIXTURES


# Properties have no deadline: a neighbour on the machine would decide. What failed once is printed to be tried again.
hypothesis.settings.register_profile("viva", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("viva")


def pytest_configure() -> None:
    compile_stale()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that it can be run again on PostgreSQL."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        fixtures = DATABASE_FIXTURES.intersection(names)
        if fixtures or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if SERVER_FIXTURES & fixtures:
            item.add_marker("server")
        if (SERVER_FIXTURES & fixtures or "browser" in names) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SERVER_TIMEOUT_S))


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Throttling counts in the cache: a test must not pay for the one before."""
    yield
    cache.clear()


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """A folder of its own for the files of a test, which those of no other test are in."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def closed_port(unused_tcp_port: int) -> str:
    """An address at which nobody listens."""
    return f"http://127.0.0.1:{unused_tcp_port}/v1"


def person(name: str, role: Role = Role.CANDIDATE) -> User:
    return User.objects.create_user(f"{name.lower()}@example.com", PASSWORD, name=name, role=role)


@pytest.fixture
def owner(db: None) -> User:
    """The candidate whose things a test is about."""
    return person("Alice")


@pytest.fixture
def colleague(db: None) -> User:
    """Another candidate who has things of the same kind."""
    return person("Bob")


@pytest.fixture
def outsider(db: None) -> User:
    """A candidate who has nothing."""
    return person("Charlie")


@pytest.fixture
def recruiter(db: None) -> User:
    return person("Rita", Role.RECRUITER)


@pytest.fixture
def manager(db: None) -> User:
    """A hiring manager."""
    return person("Mona", Role.HIRING_MANAGER)


@pytest.fixture
def administrator(db: None) -> User:
    return person("Ada", Role.ADMINISTRATOR)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="accounts.domain.roles.RoleBackend")
    return client


@pytest.fixture
def owner_client(owner: User) -> Client:
    return signed_in(owner)


@pytest.fixture
def colleague_client(colleague: User) -> Client:
    return signed_in(colleague)


@pytest.fixture
def outsider_client(outsider: User) -> Client:
    return signed_in(outsider)


@pytest.fixture
def recruiter_client(recruiter: User) -> Client:
    return signed_in(recruiter)


@pytest.fixture
def manager_client(manager: User) -> Client:
    return signed_in(manager)


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    return signed_in(administrator)


def access_token(user: User) -> str:
    return str(RefreshToken.for_user(user).access_token)


@pytest.fixture
def token() -> Callable[[User], str]:
    """`token(user)` is an access token as `/api/v1/auth/token/` gives it."""
    return access_token


@pytest.fixture
def api() -> Callable[[User | None], APIClient]:
    """`api(user)` is an API client with the user's bearer token; `api(None)` is a stranger's."""

    def client(user: User | None) -> APIClient:
        made = APIClient()
        if user is not None:
            made.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")
        return made

    return client


@pytest.fixture(scope="session")
def server_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "servers"
    shared.mkdir(exist_ok=True)
    databases = Databases(shared)
    yield databases
    databases.drop()


@contextmanager
def servers(base: Path, databases: Databases) -> Iterator[Callable[..., LiveServer]]:
    """Each has its own folder, database and port; all are killed in the end."""
    started: list[LiveServer] = []

    def start(*arguments: str, wait: bool = True, **variables: str) -> LiveServer:
        folder = base / f"server{len(started)}"
        folder.mkdir()
        extra = {**databases.prepare(folder), **variables}
        server = LiveServer(folder, environment(folder, extra), arguments)
        started.append(server)
        server.start(wait=wait)
        return server

    try:
        yield start
    finally:
        for server in started:
            server.close()


@pytest.fixture
def start_server(tmp_path: Path, server_databases: Databases) -> Iterator[Callable[..., LiveServer]]:
    """`start_server("--without", "celery", STT_PROVIDER="none")` is a running, ready `manage.py serve`.

    `wait=False` returns at once. All are killed after the test.
    """
    with servers(tmp_path, server_databases) as start:
        yield start


@pytest.fixture(scope="module")
def start_shared_server(
    tmp_path_factory: pytest.TempPathFactory, server_databases: Databases
) -> Iterator[Callable[..., LiveServer]]:
    """As `start_server`, for servers that several tests of a module use and none ends or changes."""
    with servers(tmp_path_factory.mktemp("shared"), server_databases) as start:
        yield start


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """pytest-django's helper of its own `live_server`, a thread, which ours, a process, takes the name of."""


@pytest.fixture
def live_server(start_server: Callable[..., LiveServer]) -> LiveServer:
    """A real server without Celery: `.url`, `.ws_url`, `.kill()`, `.terminate()`, `.restart()`, `.log`, `.manage()`."""
    return start_server("--without", "celery")
