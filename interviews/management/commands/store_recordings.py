"""`manage.py store_recordings`: makes files of what was recorded, and stores them."""

import contextlib
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from config.serve.supervisor import say_ready
from interviews.domain.recording import keeping

POLL_S = 1.0
AWAY_S = 15.0  # between tries where the storage or the database is away


class Command(BaseCommand):
    help = "Stores what interviews recorded on this machine. `serve` runs it; by hand, after a server was killed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="goes on until it is stopped")

    def handle(self, *args: Any, watch: bool, **options: Any) -> None:
        with _stopped_in_order():
            say_ready()
            stored, failed = keeping.keep_all(settings.RECORDING_SPOOL)
            while watch:
                close_old_connections()
                time.sleep(AWAY_S if failed else POLL_S)
                _stored, failed = keeping.keep_all(settings.RECORDING_SPOOL)
        self.stdout.write(f"{stored} journals stored, {failed} left for later.")


@contextlib.contextmanager
def _stopped_in_order() -> Iterator[None]:
    """A stop is no fault of the journal that is being encoded: SIGTERM lets it be put back."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
