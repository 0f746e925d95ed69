from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker, Settings

from tests.interviews.live.virtual_time import VirtualLoop


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], VirtualLoop]]:
    return {"virtual": VirtualLoop}


@pytest.fixture(autouse=True)
def _layer_in_memory(settings: Settings) -> None:
    """Virtual time does not wait for a real Redis: its client's time-outs would all be over at once."""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One for all conversations, which never meet: emptying it after each would take as long as most of them do."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def _django_db_helper(database: None) -> None:
    """What pytest-django asks for where a test is marked `django_db`; its own empties the database each time."""
