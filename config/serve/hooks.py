"""What apps have to do when the server starts and stops; they append to these lists in `AppConfig.ready()`."""

from collections.abc import Callable, Coroutine
from typing import Any

Hook = Callable[[], Coroutine[Any, Any, None]]

# Each runs as its own task on the server's event loop, may run for ever, and is cancelled at shutdown.
on_ready: list[Hook] = []
# Awaited at shutdown, after the sockets were closed, together at most a few seconds.
on_shutdown: list[Hook] = []
