"""One worker at a time has an import: who holds its last `moved_at` may go on."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from resumes.models import ImportBatch

BEAT_S = 10.0
STALE = timedelta(seconds=30)  # three beats: whoever worked on it is gone


@dataclass
class Lease:
    batch_id: int
    turn: datetime
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def renew(self, **changes: object) -> bool:
        """A sign of life, with `changes` to the import; False where somebody else has it, or it was deleted."""
        with self.lock:
            now = max(timezone.now(), self.turn + timedelta(microseconds=1))
            rows = ImportBatch.objects.filter(pk=self.batch_id, status=ImportBatch.Status.RUNNING, moved_at=self.turn)
            if not rows.update(moved_at=now, **changes):
                return False
            self.turn = now
            return True


@contextmanager
def kept(lease: Lease) -> Iterator[None]:
    """Renew the lease now and then: a scan is read for minutes."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(lease, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(lease: Lease, done: threading.Event) -> None:
    try:
        while not done.wait(BEAT_S):
            if not lease.renew():
                return
    finally:
        connection.close()


def stale(now: datetime | None = None) -> list[Lease]:
    """Of each import that nobody works on, a lease that is now the caller's."""
    now = now or timezone.now()
    rows = ImportBatch.objects.filter(status=ImportBatch.Status.RUNNING, moved_at__lt=now - STALE)
    leases = [Lease(pk, turn) for pk, turn in rows.values_list("pk", "moved_at").order_by("moved_at")[:100]]
    return [lease for lease in leases if lease.renew()]
