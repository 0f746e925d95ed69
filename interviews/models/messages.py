"""What is on its way: to the candidate, and to the live session from other processes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models.interview import Interview


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
