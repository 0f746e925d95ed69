"""What the histories of several apps' statuses share."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusHistory(models.Model):
    """One change of a status. A subclass names the row it belongs to, and the `STATES` that its status can have."""

    STATES: ClassVar[type[models.TextChoices]]

    before = models.CharField(_("before"), max_length=20)
    after = models.CharField(_("after"), max_length=20)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        abstract = True
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering: ClassVar[list[str]] = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.STATES(self.before).label} → {self.STATES(self.after).label}"
