"""Interviews and everything that must survive a killed process: state, transcript, messages, code."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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


class StatusChange(models.Model):
    """History of `Interview.status`."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="history")
    before = models.CharField(_("before"), max_length=16, choices=Status.choices)
    after = models.CharField(_("after"), max_length=16, choices=Status.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_before_display()} → {self.get_after_display()}"


class Turn(models.Model):
    """A prompt of the interviewer and everything that answered it."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField(_("number"))
    phase = models.CharField(_("phase"), max_length=16)
    kind = models.CharField(_("kind"), max_length=16)
    question_number = models.PositiveIntegerField(_("question"), null=True, blank=True)
    question_key = models.CharField(_("key in the plan"), max_length=100, blank=True)
    prompt = models.TextField(_("said by the interviewer"))
    answer = models.TextField(_("answer"), blank=True)
    source = models.CharField(_("answered by"), max_length=8, blank=True)  # voice, text, mixed or nothing
    outcome = models.CharField(_("how it ended"), max_length=16, blank=True)  # answered, skipped, silent, time
    started_ms = models.PositiveIntegerField(_("begins at (ms)"), default=0)
    ended_ms = models.PositiveIntegerField(_("ends at (ms)"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["interview", "number"], name="one_turn_a_number")]

    def __str__(self) -> str:
        return f"#{self.number}"


class Utterance(models.Model):
    """What the candidate said or typed in one go; `start_ms` and `end_ms` count from the interview's first audio."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="utterances")
    utterance_id = models.CharField(max_length=40)
    turn_number = models.PositiveIntegerField(_("turn"))
    question_number = models.PositiveIntegerField(_("question"), null=True, blank=True)
    phase = models.CharField(_("phase"), max_length=16)
    text = models.TextField(_("text"))
    source = models.CharField(_("source"), max_length=8)  # voice or text
    engine = models.CharField(_("recognised by"), max_length=64, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    start_ms = models.PositiveIntegerField(_("from (ms)"), default=0)
    end_ms = models.PositiveIntegerField(_("to (ms)"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("utterance")
        verbose_name_plural = _("utterances")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["interview", "utterance_id"], name="one_utterance_an_id")]

    def __str__(self) -> str:
        return f"#{self.turn_number}"


class OutgoingMessage(models.Model):
    """A numbered message to the candidate, kept so that a reconnect can have it again."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=32)
    payload = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message to the candidate")
        verbose_name_plural = _("messages to the candidate")
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["interview", "seq"], name="one_message_a_seq")]

    def __str__(self) -> str:
        return f"#{self.seq}"


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


class OutboxMessage(models.Model):
    """What another process has to tell the live session of an interview, where there is no Redis."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE)
    kind = models.CharField(max_length=32)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message to the live session")
        verbose_name_plural = _("messages to the live session")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"#{self.pk}"
