"""What is known of an event beyond its name, for a recruiter and in their language."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from proctoring.models import ProctoringEvent, SignalName

WRITTEN = frozenset({SignalName.LARGE_PASTE, SignalName.FAST_TYPING})  # noticed in how code was written


def sentence(event: ProctoringEvent) -> str:
    """Empty where the name says it all. A page's own report is not trusted to hold what it should."""
    detail = event.detail if isinstance(event.detail, dict) else {}
    match event.signal:
        case SignalName.LARGE_PASTE:
            return _("Lines: %(lines)s. Characters: %(characters)s.") % _numbers(detail, "lines", "characters")
        case SignalName.FAST_TYPING:
            return _("Characters: %(characters)s. Seconds: %(seconds)s.") % _numbers(detail, "characters", "seconds")
        case SignalName.SIMILAR_CODE:
            share = round(100 * _number(detail.get("share")))
            return _("%(share)s%% of the smaller of two programs is in both.") % {"share": share}
        case SignalName.PASTE if "length" in detail:
            return _("Characters: %(characters)s.") % {"characters": number_format(_number(detail["length"]))}
    return ""


def other_interview(event: ProctoringEvent) -> int | None:
    """The id of the interview whose submission is like this one's; it may be gone by now."""
    found = event.detail.get("interview") if event.signal == SignalName.SIMILAR_CODE else None
    return found if isinstance(found, int) else None


def _numbers(detail: dict[str, Any], *names: str) -> dict[str, str]:
    return {name: number_format(_number(detail.get(name))) for name in names}


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) else 0
