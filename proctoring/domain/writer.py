"""The one thread that writes proctoring rows: neither the event loop nor Channels' shared thread waits for them."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class WriterBusy(Exception):
    """The database has not kept up for a long time; this row is given up."""


class Writer:
    """Runs functions one after the other in the order given. At most `limit` wait; safe to call from any thread."""

    def __init__(self, limit: int = 512) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="proctoring-writer")
        self._places = threading.BoundedSemaphore(limit)

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Never blocks. The future holds `WriterBusy` when too much is waiting."""
        if not self._places.acquire(blocking=False):
            logger.error("Proctoring events are given up: the database does not keep up")
            refused: Future[T] = Future()
            refused.set_exception(WriterBusy())
            return refused
        future = self._executor.submit(_with_connection, partial(function, *args, **kwargs))
        future.add_done_callback(self._done)
        return future

    def flush(self) -> None:
        """Block until everything submitted so far is written."""
        self._executor.submit(lambda: None).result()

    def _done(self, future: "Future[T]") -> None:
        self._places.release()
        if not future.cancelled() and (error := future.exception()) is not None:
            # Not its message: a database's error may quote the row.
            logger.error("A proctoring event was not stored: %s", type(error).__name__)


def _with_connection(function: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return function()
    finally:
        close_old_connections()


writer = Writer()
