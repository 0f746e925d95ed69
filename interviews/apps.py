"""The interviews app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterviewsConfig(AppConfig):
    name = "interviews"
    verbose_name = _("Interviews")

    def ready(self) -> None:
        from interviews.domain.recording import ending
        from interviews.live import service

        service.register()
        ending.watch()
