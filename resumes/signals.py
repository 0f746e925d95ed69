"""A deleted resume takes its file and its vectors with it, however it was deleted (a person's erasure cascades)."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from accounts.domain import files
from resumes.domain.original import pictures
from resumes.domain.search import indexing
from resumes.models import ImportItem, Resume


@receiver(post_delete, sender=Resume)
@receiver(post_delete, sender=ImportItem)
def delete_file(instance: Resume | ImportItem, **_kwargs: Any) -> None:
    if instance.file.name:
        files.delete(instance.file.name, pictures.folder(instance.file.name))


@receiver(post_delete, sender=Resume)
def forget_vectors(instance: Resume, **_kwargs: Any) -> None:
    indexing.forget(instance.pk)
