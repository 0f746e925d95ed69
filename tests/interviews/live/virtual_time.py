"""An event loop whose time passes only when nothing else is left to do: tests of hours take no sleep."""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.fixtures import Settings

# Before a long leap, threads that were not started through the loop (asgiref joins one so) get a real moment.
LONG_S, GRACE_S = 60, 0.05
# As long as it takes to look at the clock: who waits for a rest too small to be added to the time gets through it.
LOOK_S = 1e-9


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` as good as stands still while callbacks are ready or a thread works, then leaps to the next timer."""

    def __init__(self) -> None:
        self.virtual_now = 1_000.0
        self.threads_at_work = 0
        super().__init__(LeapingSelector(self))

    def time(self) -> float:
        self.virtual_now += LOOK_S
        return self.virtual_now

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> asyncio.Future[Any]:  # type: ignore[override]
        self.threads_at_work += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._thread_done)
        return future

    def _thread_done(self, _future: object) -> None:
        self.threads_at_work -= 1


class LeapingSelector(selectors.DefaultSelector):  # type: ignore[valid-type,misc]  # the platform's class
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self.loop = loop

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None or self.loop.threads_at_work:
            return super().select(1)  # real time: a thread wakes the loop when it is done
        if timeout > LONG_S and (ready := super().select(GRACE_S)):
            return ready
        self.loop.virtual_now += timeout + 1e-6
        return ready


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], VirtualLoop]]:
    """pytest-asyncio's hook: where it is imported, tests run on this loop."""
    return {"virtual": VirtualLoop}


@pytest.fixture(autouse=True)
def layer_in_memory(settings: Settings) -> None:
    """Virtual time does not wait for a real Redis: its client's time-outs would all be over at once."""
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
