"""What was asked of a language model about an interview, and what it answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models.interview import Interview


class ModelExchange(models.Model):
    """One request to a language model with its answer. It holds the words of a candidate: no log does.

    `tokens_in` and `tokens_out` are as the server counts them, `cost` by the price that is set; null when unknown.
    """

    class Outcome(models.TextChoices):
        USED = "used", _("used")
        DROPPED = "dropped", _("dropped: the candidate spoke on")
        REFUSED = "refused", _("not usable")
        FAILED = "failed", _("failed")

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="exchanges")
    turn_number = models.PositiveIntegerField(_("after turn"))
    purpose = models.CharField(_("purpose"), max_length=32)
    model = models.CharField(_("model"), max_length=100)
    request = models.JSONField(_("request"))
    answer = models.TextField(_("answer"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    detail = models.CharField(_("why"), max_length=200, blank=True)
    first_token_ms = models.PositiveIntegerField(_("first token after (ms)"), null=True, blank=True)
    duration_ms = models.PositiveIntegerField(_("took (ms)"), default=0)
    tokens_in = models.PositiveIntegerField(_("tokens in"), null=True, blank=True)
    tokens_out = models.PositiveIntegerField(_("tokens out"), null=True, blank=True)
    cost = models.DecimalField(_("cost (USD)"), max_digits=10, decimal_places=6, null=True, blank=True)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("exchange with a language model")
        verbose_name_plural = _("exchanges with a language model")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"#{self.turn_number} {self.purpose}"
