"""Uploaded resumes and what was read out of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    PENDING = "pending", _("Waiting")
    PARSING = "parsing", _("Being read")
    PARSED = "parsed", _("Ready")
    INTERVIEW_SCHEDULED = "interview_scheduled", _("Interview begun")
    INTERVIEWED = "interviewed", _("Interviewed")
    FAILED = "failed", _("Not readable")


#: What protocols.md means by "parsed" in any check.
USABLE = (Status.PARSED, Status.INTERVIEW_SCHEDULED, Status.INTERVIEWED)
UNFINISHED = (Status.PENDING, Status.PARSING)


def path_of(resume: "Resume", _filename: str) -> str:
    """Where a file is stored: nothing of the person's own file name, which may hold their name."""
    return f"resumes/{uuid.uuid4().hex}"


class Resume(models.Model):
    """One uploaded document. `status` is changed by `resumes.domain.lifecycle` only.

    `status_reason` holds a machine code (see `resumes.domain.reasons`); a person reads its translated text.
    `profile` is JSON Resume v1. `years` (of work) and `ResumeSkill` repeat parts of it for filters.
    `attempts` counts readings: a result is kept only if no later reading has begun.
    `sources` tells of each value of the profile where it came from, by its JSON pointer: `{page, start, end, box}` with
    offsets into `text` (see `resumes.domain.sources`), or `{"corrected": true}` for what its owner wrote.
    `read_by` is `offline`, `ocr` or a model's name. `findings` quote what `flagged` a resume, for recruiters only.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resumes", verbose_name=_("candidate")
    )
    name = models.CharField(_("name"), max_length=200)
    expected_position = models.CharField(_("expected position"), max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to=path_of)
    file_name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("content type"), max_length=100)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.PENDING)
    status_reason = models.CharField(_("reason"), max_length=64, blank=True)
    status_changed_at = models.DateTimeField(_("status since"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("readings"), default=0)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, blank=True)
    text = models.TextField(_("text"), blank=True)
    profile = models.JSONField(_("profile"), default=dict, blank=True)
    years = models.FloatField(_("years of work"), null=True, blank=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    sources = models.JSONField(_("where from"), default=dict, blank=True)
    read_by = models.CharField(_("read by"), max_length=100, blank=True)
    flagged = models.BooleanField(_("flagged"), default=False, db_index=True)
    findings = models.JSONField(_("suspicious text"), default=list, blank=True)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("resume")
        verbose_name_plural = _("resumes")
        ordering = ["-updated_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "-updated_at"]),
            models.Index(fields=["status", "status_changed_at"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_usable(self) -> bool:
        """Whether an interview can be held on it."""
        return self.status in USABLE

    @property
    def is_unfinished(self) -> bool:
        """Whether its reading is still to come or going on."""
        return self.status in UNFINISHED


class ResumeSkill(models.Model):
    """One skill of a resume: `key` is the taxonomy's key, or the skill in lower case where the taxonomy lacks it."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="skills")
    key = models.CharField(_("skill"), max_length=100, db_index=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["resume", "key"], name="one_skill_a_resume")]

    def __str__(self) -> str:
        return self.key


class ResumeStatusChange(models.Model):
    """History of `Resume.status`."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="history")
    before = models.CharField(_("before"), max_length=20, choices=Status.choices)
    after = models.CharField(_("after"), max_length=20, choices=Status.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"
