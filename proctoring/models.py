"""The evidence timeline of an interview."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalName(models.TextChoices):
    """What can be noticed: by the camera, by the candidate's page of itself, and in how code was written."""

    MULTIPLE_FACES = "multiple_faces", _("More than one person in view")
    NO_FACE = "no_face", _("Nobody in view")
    CAMERA_COVERED = "camera_covered", _("Camera covered or dark")
    TAB_HIDDEN = "tab_hidden", _("Switched to another tab")
    WINDOW_BLUR = "window_blur", _("Left the window")
    FULLSCREEN_EXIT = "fullscreen_exit", _("Left full screen")
    PASTE = "paste", _("Pasted text")
    COPY = "copy", _("Copied text")
    DEVICES_CHANGED = "devices_changed", _("Camera or microphone changed")
    SCREEN_CHANGED = "screen_changed", _("Screens changed")
    CAMERA_STOPPED = "camera_stopped", _("Camera switched off")
    MICROPHONE_STOPPED = "microphone_stopped", _("Microphone switched off")
    LARGE_PASTE = "large_paste", _("Several lines inserted at once")
    FAST_TYPING = "fast_typing", _("Faster than a person types")
    SIMILAR_CODE = "similar_code", _("Code like another submission")


VISION_SIGNALS = frozenset({SignalName.MULTIPLE_FACES, SignalName.NO_FACE, SignalName.CAMERA_COVERED})
CODE_SIGNALS = frozenset({SignalName.LARGE_PASTE, SignalName.FAST_TYPING, SignalName.SIMILAR_CODE})
CLIENT_SIGNALS = frozenset(SignalName) - VISION_SIGNALS - CODE_SIGNALS


class Source(models.TextChoices):
    VISION = "vision", _("Camera")
    CLIENT = "client", _("Candidate's page")
    EDITOR = "editor", _("Code editor")
    SERVER = "server", _("Comparison of submissions")


def frame_path(event: "ProctoringEvent", filename: str) -> str:
    """A name nobody can guess: storages may be shared with a web server."""
    return f"proctoring/{event.interview_id}/{uuid.uuid4().hex}.jpg"


class ProctoringEvent(models.Model):
    """One episode that a recruiter may want to look at. Times count from the interview's first audio.

    `wall_ms` is the interview's wall clock when a report of the candidate's page came: their clock, which `at_ms` is,
    begins anew with each reload. `frame` is filled only where the candidate agreed to recording.
    Nothing here enters a score.
    """

    interview = models.ForeignKey(
        "interviews.Interview", on_delete=models.CASCADE, related_name="proctoring_events", verbose_name=_("interview")
    )
    signal = models.CharField(_("signal"), max_length=32, choices=SignalName.choices)
    source = models.CharField(_("noticed by"), max_length=8, choices=Source.choices)
    text = models.CharField(_("text"), max_length=300)
    at_ms = models.PositiveIntegerField(_("from (ms)"))
    until_ms = models.PositiveIntegerField(_("until (ms)"), null=True, blank=True)
    wall_ms = models.PositiveIntegerField(null=True, blank=True, editable=False)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    frame = models.FileField(_("camera frame"), upload_to=frame_path, blank=True)
    notified = models.BooleanField(_("candidate was told"), default=False)
    created_at = models.DateTimeField(_("stored"), auto_now_add=True)

    class Meta:
        verbose_name = _("proctoring event")
        verbose_name_plural = _("proctoring events")
        ordering = ["at_ms", "id"]
        indexes = [models.Index(fields=["interview", "at_ms"])]

    def __str__(self) -> str:
        return str(self.get_signal_display())
