from collections.abc import Iterator

import pytest

from tests.providers.llm.server import ChatServer, serving


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as made:
        yield made
