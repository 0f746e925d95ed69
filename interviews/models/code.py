"""The code phase: documents, how they were written, and what was handed in."""

from django.db import models
from django.utils import timezone
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
    """One change of a code document, as CodeMirror's ChangeSet JSON (UTF-16 offsets).

    `t_ms`: the editor's clock, which begins anew with each reload. `wall_ms`: the interview's wall clock when it came.
    `at_ms`: its place on the time line of the document that `interviews.coding.writing_time` makes of both.
    """

    document = models.ForeignKey(CodeDocument, on_delete=models.CASCADE, related_name="operations")
    seq = models.PositiveIntegerField()
    t_ms = models.PositiveIntegerField()
    wall_ms = models.PositiveIntegerField(default=0)
    at_ms = models.PositiveIntegerField(default=0)
    language = models.CharField(_("language"), max_length=32, blank=True)
    changes = models.JSONField()

    class Meta:
        verbose_name = _("editor operation")
        verbose_name_plural = _("editor operations")
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["document", "seq"], name="one_operation_a_seq")]

    def __str__(self) -> str:
        return f"#{self.seq}"


class RunKind(models.TextChoices):
    RUN = "run", _("Run")
    SUBMISSION = "submission", _("Submission")


class RunStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")


class CodeRun(models.Model):
    """A program that the candidate ran or handed in, and what became of it.

    `stdin` is None for a run of the visible tests. `at_ms`: interview wall clock when it was asked for. `result`: what
    `interviews.coding.judging.Verdict` keeps, {} until `status` is done. `hidden_passed` of `hidden_total` hidden
    tests passed; None until judged, and for a run. `attempts`: how often it was begun. `alive_at`: when a
    process last said that it has the run in its queue; a sweep takes over what nobody has. `taken`: a submission that
    nobody handed in: what was written when the task or the interview ended.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="code_runs")
    task_id = models.CharField(_("task"), max_length=100)
    run_id = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=16, choices=RunKind.choices)
    language = models.CharField(_("language"), max_length=32)
    source = models.TextField(_("source"))
    stdin = models.TextField(_("input"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=RunStatus.choices, default=RunStatus.QUEUED)
    result = models.JSONField(_("result"), default=dict, blank=True)
    hidden_passed = models.PositiveSmallIntegerField(_("hidden tests passed"), null=True, blank=True)
    hidden_total = models.PositiveSmallIntegerField(_("hidden tests"), null=True, blank=True)
    at_ms = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    alive_at = models.DateTimeField(default=timezone.now, editable=False)
    taken = models.BooleanField(default=False, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("code run")
        verbose_name_plural = _("code runs")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "run_id"], name="one_code_run_an_id"),
            models.UniqueConstraint(
                fields=["interview", "task_id"], condition=models.Q(kind="submission"), name="one_submission_a_task"
            ),
        ]
        indexes = [models.Index(fields=["status", "alive_at"], name="unfinished_code_runs")]

    def __str__(self) -> str:
        return self.task_id

    @property
    def hidden(self) -> dict[str, int] | None:
        """All that a candidate may know of the hidden tests: `{passed, total}`; None where nothing was judged."""
        if self.hidden_passed is None or self.hidden_total is None:
            return None
        return {"passed": self.hidden_passed, "total": self.hidden_total}
