from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.interviews.live.virtual_time import layer_in_memory, pytest_asyncio_loop_factories

__all__ = ["database", "layer_in_memory", "pytest_asyncio_loop_factories"]


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One for all conversations, which never meet: emptying it after each would take as long as most of them do."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def _django_db_helper(database: None) -> None:
    """What pytest-django asks for where a test is marked `django_db`; its own empties the database each time."""
