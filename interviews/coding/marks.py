"""What happened beside the writing, for the replay's time line: in the reader's language, with its place."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.coding.placing import Placing
from interviews.models import CodeRun, Interview, RunKind, RunStatus
from proctoring.domain import findings
from proctoring.models import ProctoringEvent, SignalName

RUN, SUBMISSION, PASTE, FOCUS, TYPING, LIKE = "run", "submission", "paste", "focus", "typing", "like"
SHOWN = {
    SignalName.PASTE: PASTE,
    SignalName.LARGE_PASTE: PASTE,
    SignalName.TAB_HIDDEN: FOCUS,
    SignalName.WINDOW_BLUR: FOCUS,
    SignalName.FULLSCREEN_EXIT: FOCUS,
    SignalName.FAST_TYPING: TYPING,
    SignalName.SIMILAR_CODE: LIKE,
}
STATUSES = {
    "ok": gettext_lazy("The program ran to its end."),
    "wrong_answer": gettext_lazy("Wrong answer"),
    "time_limit": gettext_lazy("Time limit exceeded"),
    "memory_limit": gettext_lazy("Memory limit exceeded"),
    "output_limit": gettext_lazy("Too much output"),
    "runtime_error": gettext_lazy("Ended with an error"),
    "compile_error": gettext_lazy("Does not compile"),
    "unavailable": gettext_lazy("Not run"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the time line. `kind` as above; `ok` of runs: all went well."""

    kind: str
    at_ms: int
    title: str
    detail: str
    ok: bool | None = None

    def public(self) -> dict[str, Any]:
        return {"kind": self.kind, "at_ms": self.at_ms, "title": self.title, "detail": self.detail, "ok": self.ok}


def marks(interview: Interview, runs: list[CodeRun], placing: Placing, start_wall_ms: int) -> list[Mark]:
    """From the time when the task was given on, in order. One query."""
    events = ProctoringEvent.objects.filter(interview=interview, signal__in=SHOWN)
    found = [_of_event(event, placing) for event in events if _wall_ms(event) >= start_wall_ms]
    found += [_of_run(run, placing) for run in runs]
    return sorted(found, key=lambda mark: mark.at_ms)


def _of_run(run: CodeRun, placing: Placing) -> Mark:
    handed_in = run.kind == RunKind.SUBMISSION
    detail, ok = _result(run)
    return Mark(SUBMISSION if handed_in else RUN, placing.place(run.at_ms), _title(run), detail, ok)


def _title(run: CodeRun) -> str:
    if run.kind != RunKind.SUBMISSION:
        return _("Run")
    return _("Taken as it stood at the end; not handed in") if run.taken else _("Handed in")


def _result(run: CodeRun) -> tuple[str, bool | None]:
    if run.status != RunStatus.DONE or not run.result:
        return str(run.get_status_display()), None
    status, tests = run.result.get("status", ""), run.result.get("tests") or []
    passed = sum(test.get("status") == "ok" for test in tests)
    parts = []
    if tests:
        parts.append(_("Tests passed: {passed} of {total}.").format(passed=passed, total=len(tests)))
    if run.hidden_total:
        text = _("Hidden tests passed: {passed} of {total}.")
        parts.append(text.format(passed=run.hidden_passed, total=run.hidden_total))
    if status != "ok" or not parts:
        parts.insert(0, str(STATUSES.get(status, status)))
    return " · ".join(parts), status == "ok" and passed == len(tests) and run.hidden_passed == run.hidden_total


def _of_event(event: ProctoringEvent, placing: Placing) -> Mark:
    """What was noticed in the writing has its place; all else came when it came."""
    at_ms = event.detail.get("writing_ms")
    kind = SHOWN[SignalName(event.signal)]
    place = at_ms if isinstance(at_ms, int) and event.signal in findings.WRITTEN else placing.place(_wall_ms(event))
    return Mark(kind, place, str(event.get_signal_display()), findings.numbers(event))


def _wall_ms(event: ProctoringEvent) -> int:
    return event.at_ms if event.wall_ms is None else event.wall_ms
