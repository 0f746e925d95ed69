"""How recordings end: with their interview, with the candidate's consent, and with time. Files go with their rows."""

from datetime import timedelta

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from accounts.domain import files
from accounts.models import Consent, ConsentKind
from interviews.domain import outbox
from interviews.models import Interview, RecordingPiece, Status

WITHDRAWN = "recording_withdrawn"
BATCH = 500


def watch() -> None:
    """From now on a deleted piece takes its file along, and who withdraws consent is not recorded any longer."""
    post_delete.connect(_delete_file, sender=RecordingPiece, dispatch_uid="recording.file")
    post_save.connect(_consent_decided, sender=Consent, dispatch_uid="recording.consent")


def forget_old() -> int:
    """Delete what was stored more than RETENTION_DAYS ago, some hundreds at a time; how many. 0 days: all is kept."""
    if not settings.RETENTION_DAYS:
        return 0
    old = RecordingPiece.objects.filter(created_at__lt=timezone.now() - timedelta(days=settings.RETENTION_DAYS))
    count = 0
    while pieces := list(old.order_by("pk")[:BATCH]):
        for piece in pieces:
            piece.delete()
        count += len(pieces)
    return count


def _delete_file(sender: type[RecordingPiece], instance: RecordingPiece, **kwargs: object) -> None:
    files.delete(str(instance.file.name))


def _consent_decided(sender: type[Consent], instance: Consent, **kwargs: object) -> None:
    if instance.kind != ConsentKind.RECORDING or instance.granted:
        return
    running = Interview.objects.filter(owner_id=instance.user_id, status=Status.ACTIVE)
    for interview_id in running.values_list("pk", flat=True):
        outbox.send(interview_id, WITHDRAWN)
