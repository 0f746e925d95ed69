"""What a candidate is told of each signal: calmly, and what to do."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from proctoring.models import SignalName

TEXTS = {
    # The protocol's exact words; nothing may be added to them.
    SignalName.MULTIPLE_FACES: _("More than one person is in view, which may be cheating."),
    SignalName.NO_FACE: _("We cannot see you. Please sit so that your face is in the picture."),
    SignalName.CAMERA_COVERED: _("The camera shows nothing. Please uncover it or turn on a light."),
    SignalName.TAB_HIDDEN: _("You switched to another tab. Please stay on this page until the interview ends."),
    SignalName.WINDOW_BLUR: _("You left this window. Please stay on this page until the interview ends."),
    SignalName.FULLSCREEN_EXIT: _("You left full screen. Please return to it."),
    SignalName.PASTE: _("Text was pasted. Please write your own answers."),
    SignalName.COPY: _("Text was copied from this page."),
    SignalName.DEVICES_CHANGED: _("Your camera or microphone changed. Please check that both still work."),
    SignalName.SCREEN_CHANGED: _("Your screens changed. Please use one screen during the interview."),
    SignalName.CAMERA_STOPPED: _("Your camera was switched off. Please switch it on again."),
    SignalName.MICROPHONE_STOPPED: _("Your microphone was switched off. Please switch it on again."),
    SignalName.LARGE_PASTE: _("Several lines were inserted into your code at once. Please write your own code."),
    SignalName.FAST_TYPING: _("Text appeared in your code faster than a person types."),
    SignalName.SIMILAR_CODE: _("Your code is much like another submission to the same task."),
}


def text(signal: str, language: str) -> str:
    """The words for `signal`. Raises `ValueError` for a signal that does not exist."""
    with translation.override(language):
        return str(TEXTS[SignalName(signal)])
