"""An interview, its status and its history."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.history import StatusHistory


class PositionType(models.TextChoices):
    BACKEND = "backend", _("Backend developer")
    FRONTEND = "frontend", _("Frontend developer")
    PM = "pm", _("Product manager")
    QA = "qa", _("Quality assurance")
    ALGO = "algo", _("Algorithms")


class Status(models.TextChoices):
    CREATED = "created", _("Created")
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped by the company")
    ABANDONED = "abandoned", _("Abandoned")


class Phase(models.TextChoices):
    """What people call the phases of `interviews.engine`."""

    WAITING = "waiting", _("Not begun")
    INTRO = "intro", _("Introduction")
    QUESTION = "question", _("Questions")
    CODE = "code", _("Coding task")
    FINISHED = "finished", _("Completed")
    ABANDONED = "abandoned", _("Abandoned")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped by the company")


class Interview(models.Model):
    """One interview of one candidate.

    `engine_state` is what `interviews.engine` serialises. `version` grows by one with every stored step and
    `owner_epoch` with every opening: a write whose pair is not the row's own changes nothing, so of two live
    sessions only the newest can go on (see `interviews.live.store`).
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="interviews", verbose_name=_("candidate")
    )
    resume = models.ForeignKey(
        "resumes.Resume", models.SET_NULL, null=True, related_name="interviews", verbose_name=_("resume")
    )
    vacancy = models.ForeignKey("vacancies.Vacancy", models.SET_NULL, null=True, blank=True, verbose_name=_("vacancy"))
    position_name = models.CharField(_("position"), max_length=200)
    position_type = models.CharField(_("position type"), max_length=16, choices=PositionType.choices)
    position_description = models.TextField(_("description"), blank=True)
    position_requirements = models.TextField(_("requirements"), blank=True)
    company_name = models.CharField(_("company"), max_length=200, blank=True)
    interview_time = models.DateTimeField(_("planned for"), default=timezone.now)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    external_user = models.CharField(_("label given by the calling system"), max_length=200, blank=True)

    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.CREATED)
    phase = models.CharField(_("phase"), max_length=16, choices=Phase.choices, default=Phase.WAITING)
    plan = models.JSONField(_("plan"), default=list, blank=True)
    code_task = models.CharField(_("coding task"), max_length=100, blank=True)
    # As it was when it was chosen: neither edits nor a later release change a running interview.
    code_task_document = models.JSONField(_("coding task, as chosen"), null=True, blank=True, editable=False)
    engine_state = models.JSONField(_("engine state"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    owner_epoch = models.PositiveIntegerField(default=0)
    last_seq = models.PositiveIntegerField(default=0)
    seconds_left = models.PositiveIntegerField(_("seconds left"), null=True, blank=True)
    speech_engine = models.CharField(_("speech recognition used"), max_length=64, blank=True)
    voice_engine = models.CharField(_("voice used"), max_length=64, blank=True)

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    last_seen_at = models.DateTimeField(_("candidate last seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "-created_at"]),
            models.Index(fields=["resume", "-created_at"]),
            models.Index(fields=["status", "last_seen_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.position_name} #{self.pk}"


class StatusChange(StatusHistory):
    """History of `Interview.status`."""

    STATES = Status

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="history")
