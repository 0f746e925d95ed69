"""How long a candidate waited for each reply, part by part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models.interview import Interview


class TurnTiming(models.Model):
    """From the last loud sample of an answer to the voice that followed it.

    Each `…_ms` counts from that sample; null where it did not happen (typed answers have no endpoint, a client that
    reports no playback no playback). An acknowledgement counts for `first_audio_ms` alone.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="timings")
    turn_number = models.PositiveIntegerField(_("turn"))
    endpoint_ms = models.PositiveIntegerField(_("answer taken as finished"), null=True, blank=True)
    recognised_ms = models.PositiveIntegerField(_("last words recognised"), null=True, blank=True)
    first_token_ms = models.PositiveIntegerField(_("first token"), null=True, blank=True)
    first_audio_ms = models.PositiveIntegerField(_("first audio"), null=True, blank=True)
    question_audio_ms = models.PositiveIntegerField(_("first audio of the question"), null=True, blank=True)
    playback_ms = models.PositiveIntegerField(_("heard by the candidate"), null=True, blank=True)
    tokens_in = models.PositiveIntegerField(_("tokens in"), null=True, blank=True)
    tokens_out = models.PositiveIntegerField(_("tokens out"), null=True, blank=True)
    cost = models.DecimalField(_("cost (USD)"), max_digits=10, decimal_places=6, null=True, blank=True)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("timing of a turn")
        verbose_name_plural = _("timings of turns")
        ordering = ["turn_number"]
        constraints = [models.UniqueConstraint(fields=["interview", "turn_number"], name="one_timing_a_turn")]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"#{self.turn_number}"
