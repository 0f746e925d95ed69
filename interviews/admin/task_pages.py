"""Pages about code tasks for recruiters: the bank, one task as candidates see it, a try, and a pin on an interview."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config import admin
from interviews.admin.access import recruiters_only
from interviews.admin.task_forms import PinForm, TryForm
from interviews.coding import bank_format, offering, proving, sandboxes, tasks, wording
from interviews.coding.definitions import Kind, Task
from interviews.coding.judging import Verdict
from interviews.models import CodingTask, Interview, PositionType, Status
from interviews.room_texts import room_texts
from providers.sandbox.base import Language, Sandbox

page = partial(admin.page, CodingTask)


@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    """Every task of the bank, or those for a position."""
    recruiters_only(request)
    wanted = request.GET.get("position", "")
    rows = [
        _described(task)
        for task in tasks.bank().values()
        if wanted not in PositionType.values or wanted in task.position_types
    ]
    title = _("The bank of coding tasks")
    return page(
        request, "interviews/tasks/bank.html", title=title, rows=rows, kinds=PositionType.choices, wanted=wanted
    )


@require_safe
def show(request: HttpRequest, task_id: str) -> HttpResponse:
    """A task as the candidate's room shows it in the chosen language, and what is kept from them."""
    recruiters_only(request)
    task = _task(task_id)
    own = CodingTask.objects.filter(task_id=task_id).first()
    language = request.GET.get("language", "")
    if language not in bank_format.SPOKEN:
        language = offering.reader_language()
    context: dict[str, Any] = {
        "own": own,
        "state": proving.state(own) if own else "",
        "spoken": settings.LANGUAGES,
        "language": language,
        "shown": task.public(language),
        "points": task.points.get(language, []),
        "room_texts": room_texts(),
        "room_data": {},  # the room's script asks for it; there is no room here
    }
    return page(request, "interviews/tasks/show.html", **context, **_described(task))


@require_http_methods(["GET", "HEAD", "POST"])
def attempt(request: HttpRequest, task_id: str) -> HttpResponse:
    """Runs a program against all tests of a task, in the sandbox, as a candidate's would be."""
    recruiters_only(request)
    task = _task(task_id)
    if task.kind is Kind.WRITTEN:
        raise Http404
    sandbox = sandboxes.current()
    languages = _runnable(task, sandbox.languages())
    chosen = request.GET.get("language", "")
    form = TryForm(languages, request.POST or None, initial=_beginning(task, languages, chosen))
    verdict = _tried(task, form, sandbox) if request.method == "POST" and form.is_valid() else None
    context: dict[str, Any] = {
        "title": _("Try “%(title)s”") % {"title": task.title(offering.reader_language())},
        "task": task,
        "form": form,
        "reason": sandbox.reason,
        "languages": languages,
        "verdict": _shown(task, verdict) if verdict else None,
        "verdict_page": True,
    }
    return page(request, "interviews/tasks/attempt.html", 400 if form.errors else 200, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Which task an interview gives, as long as it has not begun."""
    recruiters_only(request)
    interview = get_object_or_404(Interview, pk=pk, status=Status.CREATED)
    form = PinForm(interview.code_task, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _pinned(request, interview, form.cleaned_data["code_task"])
        return redirect("admin:interviews_interview_change", interview.pk)
    context: dict[str, Any] = {"form": form, "interview": interview, "title": _("Coding task of an interview")}
    return page(request, "interviews/tasks/pin.html", 400 if form.errors else 200, **context)


def _task(task_id: str) -> Task:
    try:
        return tasks.find(task_id)[0]
    except tasks.UnknownTask:
        raise Http404 from None


def _described(task: Task) -> dict[str, Any]:
    """What heads a task, in the reader's words."""
    return {
        "task": task,
        "title": task.title(offering.reader_language()),
        "kind": offering.KINDS[task.kind],
        "positions": offering.positions(task),
    }


def _runnable(task: Task, here: Mapping[str, Language]) -> list[tuple[str, str]]:
    return [(name, here[name].label if name in here else name) for name in task.offered(here)]


def _beginning(task: Task, languages: list[tuple[str, str]], chosen: str) -> dict[str, str]:
    """The known solution, where there is one."""
    names = [name for name, _label in languages]
    solved = next((name for name in names if name in task.solutions), names[0])
    language = chosen if chosen in names else solved
    source = task.solutions.get(language) or task.starters[language][offering.reader_language()]
    return {"language": language, "source": source}


def _tried(task: Task, form: TryForm, sandbox: Sandbox) -> Verdict | None:
    verdict = proving.attempt(task, form.cleaned_data["source"], form.cleaned_data["language"], sandbox)
    if verdict is None:
        form.add_error(None, _("Somebody else is trying a task. Try again in a moment."))
    return verdict


def _shown(task: Task, verdict: Verdict) -> dict[str, Any]:
    """For the page: every test with its result in words."""
    expected = {test.name: test.expected for test in (*task.visible, *task.hidden)}
    tests = [
        {
            "name": test.name,
            "status": test.status,
            "word": wording.result(test.status),
            "time_ms": test.time_ms,
            "memory": filesizeformat(test.memory_kb * 1024),
            "stdout": test.stdout,
            "expected": "" if test.passed else expected[test.name],
        }
        for test in (*verdict.tests, *verdict.hidden)
    ]
    failed = [test for test in tests if test["status"] != "ok"]
    texts = {"compile_output": verdict.compile_output, "stderr": verdict.stderr, "available": verdict.available}
    return {"tests": tests, "failed": failed, **texts}


def _pinned(request: HttpRequest, interview: Interview, task_id: str) -> None:
    if tasks.pin(interview, task_id):
        messages.success(request, _("The interview gives this task now."))
        if doubt := offering.doubt(task_id):
            messages.warning(request, doubt)
    else:
        messages.error(request, _("The interview has begun. Its task stays as it is."))
