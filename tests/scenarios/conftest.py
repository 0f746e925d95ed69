from collections.abc import Callable

import pytest
from pytest_django import Settings

from tests.interviews.live.virtual_time import VirtualLoop


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], VirtualLoop]]:
    return {"virtual": VirtualLoop}


@pytest.fixture(autouse=True)
def _layer_in_memory(settings: Settings) -> None:
    """Virtual time does not wait for a real Redis: its client's time-outs would all be over at once."""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
