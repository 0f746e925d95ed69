"""What is known of an event beyond its name, for a recruiter and in their language."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interviews.models import Interview
from proctoring.models import CODE_SIGNALS, ProctoringEvent, SignalName

WRITTEN = frozenset({SignalName.LARGE_PASTE, SignalName.FAST_TYPING})  # noticed in how code was written

SENTENCES = {
    SignalName.MULTIPLE_FACES: gettext_lazy("More than one person was in view."),
    SignalName.NO_FACE: gettext_lazy("Nobody was in view."),
    SignalName.CAMERA_COVERED: gettext_lazy("The camera showed nothing."),
    SignalName.TAB_HIDDEN: gettext_lazy("The candidate switched to another tab."),
    SignalName.WINDOW_BLUR: gettext_lazy("The candidate left the window."),
    SignalName.FULLSCREEN_EXIT: gettext_lazy("The candidate left full screen."),
    SignalName.PASTE: gettext_lazy("The candidate pasted text."),
    SignalName.COPY: gettext_lazy("The candidate copied text from the page."),
    SignalName.DEVICES_CHANGED: gettext_lazy("The candidate's camera or microphone changed."),
    SignalName.SCREEN_CHANGED: gettext_lazy("The candidate's screens changed."),
    SignalName.CAMERA_STOPPED: gettext_lazy("The candidate's camera was switched off."),
    SignalName.MICROPHONE_STOPPED: gettext_lazy("The candidate's microphone was switched off."),
}


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
    """Of the candidate, in the third person; `event.text` is what the candidate is told.

    A page's own report is not trusted to hold what it should.
    """
    detail = event.detail if isinstance(event.detail, dict) else {}
    match event.signal:
        case SignalName.LARGE_PASTE:
            words = _("The candidate's code got text at once: lines %(lines)s, characters %(characters)s.")
            return words % _numbers(detail, "lines", "characters")
        case SignalName.FAST_TYPING:
            words = _("The candidate typed %(characters)s characters in %(seconds)s seconds, faster than a person.")
            return words % _numbers(detail, "characters", "seconds")
        case SignalName.SIMILAR_CODE:
            words = _("The candidate's code is like another: %(share)s%% of the smaller of the two is in both.")
            return words % {"share": round(100 * _number(detail.get("share")))}
        case SignalName.PASTE if "length" in detail:
            return _pasted(round(_number(detail["length"])), str(detail.get("where", "")))
    return str(SENTENCES[SignalName(event.signal)])


def numbers(event: ProctoringEvent) -> str:
    """The sentence of what has more to say than its name."""
    counted = event.signal in CODE_SIGNALS or (event.signal == SignalName.PASTE and "length" in event.detail)
    return sentence(event) if counted else ""


def other_interview(event: ProctoringEvent) -> int | None:
    """The id of the interview whose submission is like this one's; it may be gone by now."""
    found = event.detail.get("interview") if event.signal == SignalName.SIMILAR_CODE else None
    return found if isinstance(found, int) else None


def _pasted(characters: int, where: str) -> str:
    match where:
        case "editor":
            words = ngettext(
                "The candidate pasted %(characters)s character into the editor.",
                "The candidate pasted %(characters)s characters into the editor.",
                characters,
            )
        case "answer":
            words = ngettext(
                "The candidate pasted %(characters)s character into an answer.",
                "The candidate pasted %(characters)s characters into an answer.",
                characters,
            )
        case _:
            words = ngettext(
                "The candidate pasted %(characters)s character.",
                "The candidate pasted %(characters)s characters.",
                characters,
            )
    return words % {"characters": number_format(characters)}


def _there(ids: list[int]) -> dict[int | None, int]:
    """Those that were not erased meanwhile."""
    found = Interview.objects.filter(pk__in=ids).values_list("pk", flat=True) if ids else ()
    return {pk: pk for pk in found}


def _numbers(detail: dict[str, Any], *names: str) -> dict[str, str]:
    return {name: number_format(_number(detail.get(name))) for name in names}


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) else 0
