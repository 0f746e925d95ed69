"""The code phase: documents, how they were written, and what was handed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models.interview import Interview


class CodeDocument(models.Model):
    """The candidate's text of one task, as of editor operation `seq`."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="documents")
    task_id = models.CharField(_("task"), max_length=100)
    language = models.CharField(_("language"), max_length=32)
    text = models.TextField(_("text"), blank=True)
    seq = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("code document")
        verbose_name_plural = _("code documents")
        constraints = [models.UniqueConstraint(fields=["interview", "task_id"], name="one_document_a_task")]

    def __str__(self) -> str:
        return self.task_id


class EditorOperation(models.Model):
    """One change of a code document, as CodeMirror's ChangeSet JSON (UTF-16 offsets)."""

    document = models.ForeignKey(CodeDocument, on_delete=models.CASCADE, related_name="operations")
    seq = models.PositiveIntegerField()
    t_ms = models.PositiveIntegerField()
    changes = models.JSONField()

    class Meta:
        verbose_name = _("editor operation")
        verbose_name_plural = _("editor operations")
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["document", "seq"], name="one_operation_a_seq")]

    def __str__(self) -> str:
        return f"#{self.seq}"


class CodeSubmission(models.Model):
    """A solution handed in. Running it comes with the sandbox."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="submissions")
    task_id = models.CharField(_("task"), max_length=100)
    language = models.CharField(_("language"), max_length=32)
    source = models.TextField(_("source"))
    run_id = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("submitted"), auto_now_add=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["interview", "run_id"], name="one_submission_a_run")]

    def __str__(self) -> str:
        return self.task_id
