"""Files that belong to event rows."""

from django.db.models.signals import post_delete

from accounts.domain import files
from proctoring.models import ProctoringEvent


def delete_files_with_rows() -> None:
    """From now on a deleted event takes its camera frame along: Django would leave the file behind."""
    post_delete.connect(_delete_frame, sender=ProctoringEvent, dispatch_uid="proctoring.frame")


def _delete_frame(sender: type[ProctoringEvent], instance: ProctoringEvent, **kwargs: object) -> None:
    if instance.frame:
        files.delete(str(instance.frame.name))
