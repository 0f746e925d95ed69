"""Proctoring: what the camera and the page noticed. It never touches a score."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProctoringConfig(AppConfig):
    name = "proctoring"
    verbose_name = _("Proctoring")

    def ready(self) -> None:
        from config.serve import hooks
        from proctoring.domain import evidence, frames

        hooks.on_ready.append(frames.run)
        hooks.on_shutdown.append(frames.stop)
        evidence.delete_files_with_rows()
