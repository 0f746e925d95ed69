"""Runs that a worker judges: nobody else takes them meanwhile, and a worker that stops waits for none of them."""

import logging
import os
import threading
from multiprocessing.connection import wait
from typing import Self

from django.db import Error, connection

from interviews.coding import runs
from providers.sandbox.base import Sandbox

log = logging.getLogger(__name__)


class Flag:
    """Raised by a worker, seen by the processes that it has forked; no lock that a killed one may have left held."""

    def __init__(self) -> None:
        self.descriptor, self._write = os.pipe()  # readable once it is up

    def lift(self) -> None:
        os.write(self._write, b"1")

    @property
    def is_up(self) -> bool:
        return bool(wait([self.descriptor], 0))

    def close(self) -> None:
        os.close(self.descriptor)
        os.close(self._write)


stopping = Flag()  # of this worker; made before it forks


class Hold:
    """While it lasts, the run is said to be alive; where `stop` goes up, the sandbox breaks it off."""

    def __init__(self, pk: int, sandbox: Sandbox, stop: Flag = stopping, every_s: float = runs.ALIVE_EVERY_S) -> None:
        self._pk = pk
        self._sandbox = sandbox
        self._stop = stop
        self._every_s = every_s
        self._over = Flag()
        self._thread = threading.Thread(target=self._watch, name="code-run-hold", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.lift()
        self._thread.join()
        self._over.close()

    def _watch(self) -> None:
        over, stop = self._over.descriptor, self._stop.descriptor
        try:
            while not (raised := wait([over, stop], self._every_s)):
                self._keep()
        finally:
            connection.close()
        if over not in raised:
            self._sandbox.close()

    def _keep(self) -> None:
        try:
            runs.keep([self._pk])
        except Error as error:  # at worst another process runs it once more
            connection.close()  # the next one begins with another
            log.warning("code run %s: its claim was not renewed (%s)", self._pk, type(error).__name__)
