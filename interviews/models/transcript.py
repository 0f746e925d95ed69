"""What was said: turns, and the candidate's utterances in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models.interview import Interview


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
