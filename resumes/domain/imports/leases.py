"""One worker at a time has an import: who holds its last `moved_at` may go on."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from config import later
from resumes.models import ImportBatch

logger = logging.getLogger(__name__)
TASK = "resumes.tasks.run_import"
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


def ask_for_turn(batch_id: int, turn: datetime, delay_s: float | None = None) -> None:
    """Have the import worked on once its row is committed. `turn` is its `moved_at`: an earlier one is void."""
    later.ask_after_commit(TASK, batch_id, turn.isoformat(), countdown=delay_s)


@contextmanager
def kept(lease: Lease, beat_s: float = BEAT_S) -> Iterator[None]:
    """Renew the lease now and then: a scan is read for minutes."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(lease, done, beat_s), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(lease: Lease, done: threading.Event, beat_s: float) -> None:
    try:
        while not done.wait(beat_s):
            if not _renewed(lease):
                return
    finally:
        connection.close()


def _renewed(lease: Lease) -> bool:
    """False only where the lease is lost: a database that is away now may be there at the next beat."""
    try:
        return lease.renew()
    except (OperationalError, InterfaceError) as error:
        logger.warning("a sign of life of import %d failed: %s", lease.batch_id, type(error).__name__)
        connection.close()  # the next beat opens one that works
        return True


def stale(now: datetime | None = None) -> list[Lease]:
    """Of each import that nobody works on, a lease that is now the caller's."""
    now = now or timezone.now()
    rows = ImportBatch.objects.filter(status=ImportBatch.Status.RUNNING, moved_at__lt=now - STALE)
    leases = [Lease(pk, turn) for pk, turn in rows.values_list("pk", "moved_at").order_by("moved_at")[:100]]
    return [lease for lease in leases if lease.renew()]
