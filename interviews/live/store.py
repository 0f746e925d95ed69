"""The only door from live sessions and consumers to the database: an executor of its own.

Channels' shared thread would let one slow query stall every socket (see the project's measurements); here one thread
writes to SQLite, which serialises writers anyway, another reads from it, and four share PostgreSQL's pool.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from typing import ParamSpec, TypeVar

from django.db import OperationalError, close_old_connections, connection

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

POSTGRESQL_THREADS = 4
ATTEMPTS = 3


class Store:
    """Runs functions of `interviews.live.records` (and other blocking ones) beside the event loop."""

    def __init__(self, threads: int, readers: int = 0) -> None:
        """`readers`: threads for what is only read; without any the others do that too."""
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="live-store")
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="live-reader") if readers else self._executor

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `function` in a writer thread. A lost or locked database is tried three times, then raises.

        `function` must be a whole transaction or change nothing, because it may run again.
        """
        return await asyncio.get_running_loop().run_in_executor(self._executor, lambda: _run(function, args, kwargs))

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `run`, for a function that writes nothing: no answer waits to be stored until it has read."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, lambda: _run(function, args, kwargs))

    def later(self, function: Callable[..., object], *args: object) -> None:
        """Call `function` when a writer thread is free, and wait for nothing. A fault is logged without its words."""
        future = self._executor.submit(_run, function, args, {})
        future.add_done_callback(partial(_noted, function.__name__))

    def close(self) -> None:
        """Let running jobs end; nothing may be run afterwards."""
        self._executor.shutdown(wait=True)
        self._readers.shutdown(wait=True)


@cache
def default() -> Store:
    """The process's store."""
    return Store(1, readers=1) if connection.vendor == "sqlite" else Store(POSTGRESQL_THREADS)


def _noted(name: str, future: Future[object]) -> None:
    if not future.cancelled() and (error := future.exception()) is not None:
        log.error("database: %s in %s, which nobody waits for", type(error).__name__, name)


def _run(function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return function(*args, **kwargs)
        except OperationalError as error:
            if attempt == ATTEMPTS:
                raise
            log.warning("database: %s in %s, trying again", type(error).__name__, function.__name__)
        finally:
            # Gives a pooled connection back and drops one that broke; SQLite's stays open (CONN_MAX_AGE).
            close_old_connections()
    raise AssertionError("unreachable")
