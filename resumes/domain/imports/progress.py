"""How far an import is, in numbers and in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resumes.domain.imports.leases import STALE
from resumes.models import ImportBatch

ENOUGH = 5  # files, before a time is foretold


@dataclass(frozen=True)
class Progress:
    batch: ImportBatch

    @property
    def settled(self) -> int:
        return self.batch.done + self.batch.duplicates + self.batch.failed

    @property
    def finished(self) -> bool:
        return self.batch.status == ImportBatch.Status.FINISHED

    @property
    def percent(self) -> int:
        return 100 if self.finished else min(99, self.settled * 100 // max(self.batch.total, 1))

    def line(self, now: datetime | None = None) -> str:
        """One sentence for the active language."""
        now = now or timezone.now()
        if self.finished:
            return _("The import has finished.")
        if now - self.batch.moved_at > 3 * STALE:
            return _("Nothing has moved for a while. The import goes on by itself as soon as the server can.")
        counted = _("%(settled)d of %(total)d files") % {"settled": self.settled, "total": self.batch.total}
        left = self.seconds_left(now)
        return counted if left is None else f"{counted}, {_duration(left)}"

    def seconds_left(self, now: datetime) -> float | None:
        """None while there is too little to go by."""
        if self.settled < ENOUGH:
            return None
        passed = (now - self.batch.created_at).total_seconds()
        return passed / self.settled * (self.batch.total - self.settled)

    def as_json(self) -> dict[str, Any]:
        return {
            "finished": self.finished,
            "percent": self.percent,
            "line": self.line(),
            "total": self.batch.total,
            "settled": self.settled,
            "done": self.batch.done,
            "duplicates": self.batch.duplicates,
            "failed": self.batch.failed,
        }


def _duration(seconds: float) -> str:
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    text = ngettext("about %(minutes)d minute left", "about %(minutes)d minutes left", minutes)
    return text % {"minutes": minutes}
