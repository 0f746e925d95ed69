"""What an evaluation found. It is advice with evidence: only a named person decides."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Criterion(models.TextChoices):
    TECHNICAL_SKILLS = "technical_skills", _("Technical skills")
    EXPERIENCE_RELEVANCE = "experience_relevance", _("Relevance of experience")
    COMMUNICATION = "communication", _("Communication")
    PROBLEM_SOLVING = "problem_solving", _("Problem solving")
    CULTURAL_FIT = "cultural_fit", _("Cultural fit")


class Recommendation(models.TextChoices):
    STRONGLY_RECOMMEND = "strongly_recommend", _("Strongly recommend")
    RECOMMEND = "recommend", _("Recommend")
    CONSIDER = "consider", _("Consider")
    REJECT = "reject", _("Reject")


class Confidence(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Report(models.Model):
    """One interview's evaluation. `remarks` hold codes and numbers; their sentences are made for each reader."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Being written")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    interview = models.OneToOneField(
        "interviews.Interview", on_delete=models.CASCADE, related_name="report", verbose_name=_("interview")
    )
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.PENDING)
    scores = models.JSONField(_("scores"), default=dict, blank=True)  # {criterion: 0-100 or null}
    overall = models.PositiveSmallIntegerField(_("overall"), null=True, blank=True)
    recommendation = models.CharField(_("recommendation"), max_length=20, choices=Recommendation.choices, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence.choices, blank=True)
    remarks = models.JSONField(_("strengths and concerns"), default=dict, blank=True)
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)
    evaluator = models.JSONField(_("evaluator"), default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("requested"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["status", "updated_at"])]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.interview_id}"
