"""What apps have to do when the server starts and stops; they append to these lists in `AppConfig.ready()`."""

from collections.abc import Callable, Coroutine
from typing import Any

Hook = Callable[[], Coroutine[Any, Any, None]]

# Each runs as its own task on the server's event loop. It may run for ever: it is cancelled at shutdown, and
# started again (with growing pauses) when it raises.
on_ready: list[Hook] = []
# Awaited at shutdown while the sockets are still open, all together at most 5 s: for what must not wait until a
# socket's application has worked through all that its client sent before.
on_stopping: list[Hook] = []
# Awaited at shutdown after the sockets were closed, all together at most 5 s.
on_shutdown: list[Hook] = []

# Names of the parts that this process leaves to separate services (`serve --without NAME`).
left_out: set[str] = set()


def wanted(part: str) -> bool:
    """Whether `serve` should start `part` ("celery", "speech", "proctoring") itself."""
    return part not in left_out
