"""The app of uploaded resumes."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ResumesConfig(AppConfig):
    name = "resumes"
    verbose_name = _("Resumes")

    def ready(self) -> None:
        from resumes import fulltext, signals  # noqa: F401  # connects the receivers

        post_migrate.connect(fulltext.install, sender=self, dispatch_uid="resumes.fulltext")
