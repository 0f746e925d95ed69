"""The recording of an interview, where the candidate agreed to it."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from interviews.models.interview import Interview


def path_of(piece: "RecordingPiece", name: str) -> str:
    return f"recordings/{piece.interview_id}/{name}"


class RecordingPiece(models.Model):
    """One closed file: a side's sound in one turn, or a stretch of camera frames.

    `start_ms` and `end_ms` are wall milliseconds of the interview, as those of `Turn`. `marks` lead from its audio
    time, on which utterances lie, into the file: `[[audio ms, ms from the start], …]`, of a candidate's sound only.
    """

    class Side(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        INTERVIEWER = "interviewer", _("interviewer")
        CAMERA = "camera", _("camera")

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="recording")
    key = models.CharField(max_length=64)  # what it was made from: storing it twice makes one piece
    side = models.CharField(_("side"), max_length=16, choices=Side.choices)
    turn_number = models.PositiveIntegerField(_("turn"))
    start_ms = models.PositiveIntegerField(_("from (ms)"))
    end_ms = models.PositiveIntegerField(_("to (ms)"))
    marks = models.JSONField(default=list, blank=True)
    file = models.FileField(_("file"), upload_to=path_of)
    size = models.PositiveIntegerField(_("bytes"))
    created_at = models.DateTimeField(_("stored"), auto_now_add=True)

    if TYPE_CHECKING:
        interview_id: int

    class Meta:
        verbose_name = _("piece of a recording")
        verbose_name_plural = _("pieces of recordings")
        ordering = ["start_ms", "id"]
        indexes = [models.Index(fields=["interview", "start_ms"]), models.Index(fields=["created_at"])]
        constraints = [models.UniqueConstraint(fields=["interview", "key"], name="one_piece_a_key")]

    def __str__(self) -> str:
        return f"{self.side} #{self.turn_number}"
