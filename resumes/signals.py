"""A deleted resume takes its file and its vectors with it, however it was deleted (a person's erasure cascades)."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from resumes.domain.original import pictures
from resumes.domain.search import indexing
from resumes.models import ImportItem, Resume


@receiver(post_delete, sender=Resume)
@receiver(post_delete, sender=ImportItem)
def delete_file(instance: Resume | ImportItem, **_kwargs: Any) -> None:
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
        transaction.on_commit(lambda: pictures.forget(name))


@receiver(post_delete, sender=Resume)
def forget_vectors(instance: Resume, **_kwargs: Any) -> None:
    indexing.forget(instance.pk)
