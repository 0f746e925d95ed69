"""Vacancies a recruiter prepares, their history, and what matching keeps of each resume."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.history import StatusHistory
from interviews.models import PositionType


class Status(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Vacancy(models.Model):
    """A position to fill. `requirements` is a list of `{text, kind: "must"|"nice", weight}`.

    `status` is changed by `vacancies.domain.lifecycle` only. `managers` are the hiring managers who see it.
    """

    title = models.CharField(_("title"), max_length=200)
    company_name = models.CharField(_("company"), max_length=200, blank=True)
    position_type = models.CharField(_("position type"), max_length=16, choices=PositionType.choices)
    description = models.TextField(_("description"), blank=True, max_length=20_000)
    requirements = models.JSONField(_("requirements"), default=list, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.OPEN)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, blank=True)
    code_task = models.CharField(_("coding task"), max_length=100, blank=True)
    managers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="managed_vacancies",
        limit_choices_to={"role": "hiring_manager"},
        verbose_name=_("hiring managers"),
    )
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


class VacancyStatusChange(StatusHistory):
    """History of `Vacancy.status`."""

    STATES = Status

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="history")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )


class CandidateFeatures(models.Model):
    """What matching reads of one resume, made by `vacancies.domain.candidates` only.

    `blind` is the JSON of a `Blind`, `vectors` the float16 rows of its lines. Both are made anew when `version` is not
    today's, or `made_from` not the resume's own `updated_at`.
    """

    resume = models.OneToOneField("resumes.Resume", on_delete=models.CASCADE, primary_key=True, related_name="features")
    version = models.CharField(max_length=40)
    made_from = models.DateTimeField()
    blind = models.BinaryField()
    vectors = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)
