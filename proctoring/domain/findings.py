"""What is known of an event beyond its name, for a recruiter and in their language."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from interviews.models import Interview
from proctoring.models import CODE_SIGNALS, ProctoringEvent, SignalName

WRITTEN = frozenset({SignalName.LARGE_PASTE, SignalName.FAST_TYPING})  # noticed in how code was written


@dataclass(frozen=True, slots=True)
class Finding:
    """An event as a report shows it. `other` is the id of the interview whose submission is alike, if it is there."""

    at_ms: int
    title: str
    detail: str
    other: int | None


def of_code(interview: Interview) -> list[Finding]:
    """What was noticed in how code was written, in order; for those who may read a timeline. At most two queries."""
    events = list(ProctoringEvent.objects.filter(interview=interview, signal__in=CODE_SIGNALS))
    there = _there([other for event in events if (other := other_interview(event)) is not None])
    return [
        Finding(event.at_ms, str(event.get_signal_display()), sentence(event), there.get(other_interview(event)))
        for event in events
    ]


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


def _there(ids: list[int]) -> dict[int | None, int]:
    """Those that were not erased meanwhile."""
    found = Interview.objects.filter(pk__in=ids).values_list("pk", flat=True) if ids else ()
    return {pk: pk for pk in found}


def _numbers(detail: dict[str, Any], *names: str) -> dict[str, str]:
    return {name: number_format(_number(detail.get(name))) for name in names}


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) else 0
