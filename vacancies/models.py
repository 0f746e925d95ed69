"""Vacancies a recruiter prepares."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models import PositionType


class Status(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Vacancy(models.Model):
    """A position to fill. `requirements` is a list of `{text, kind: "must"|"nice", weight}`."""

    title = models.CharField(_("title"), max_length=200)
    company_name = models.CharField(_("company"), max_length=200, blank=True)
    position_type = models.CharField(_("position type"), max_length=16, choices=PositionType.choices)
    description = models.TextField(_("description"), blank=True)
    requirements = models.JSONField(_("requirements"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.OPEN)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="vacancies",
        editable=False,
        verbose_name=_("created by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        ordering = ["-updated_at", "-id"]

    def __str__(self) -> str:
        return self.title
