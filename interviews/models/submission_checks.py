"""What is found in a submission after it came in: whether it can be replayed, and what it is like."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models.code import CodeRun


class SubmissionCheck(models.Model):
    """The look that `interviews.coding.checking` takes at a submission, once.

    `comparison`: what `interviews.coding.replay.compare` says of the operations and the submission, {} until done.
    `fingerprints`: of `interviews.coding.similarity`, eight bytes each. `attempts`: how often it was begun.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        DONE = "done", _("Done")

    run = models.OneToOneField(CodeRun, on_delete=models.CASCADE, related_name="submission_check")
    task_id = models.CharField(_("task"), max_length=100)
    family = models.CharField(max_length=32)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.PENDING)
    comparison = models.JSONField(default=dict, blank=True)
    fingerprints = models.BinaryField(blank=True, default=bytes)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("check of a submission")
        verbose_name_plural = _("checks of submissions")
        ordering = ["id"]
        indexes = [models.Index(fields=["task_id", "family", "-id"], name="checks_of_a_task")]

    def __str__(self) -> str:
        return self.task_id
