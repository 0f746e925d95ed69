"""Tells a recruiter whether their own task holds what it promises: after saving it, and whenever they ask."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interviews.admin.access import recruiters_only
from interviews.coding import proving, sandboxes
from interviews.models import CodingTask


@require_POST
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Tries an own task once more."""
    recruiters_only(request)
    task = get_object_or_404(CodingTask, pk=pk)
    tell(request, task)
    return redirect("admin:interviews_codingtask_show", task.task_id)


def tell(request: HttpRequest, task: CodingTask) -> None:
    """Tries the task, and says what came of it. Takes some seconds at most."""
    sandbox = sandboxes.current()
    if not proving.can_be_tried(task, sandbox):
        _tell_untried(request, task)
        return
    done = proving.prove_or_leave(task.pk, sandbox)
    task.refresh_from_db(fields=["proved_at", "faults"])
    if not done:
        words = _("Its solutions are still being tried. What comes of it will stand on its page.")
        messages.info(request, _linked(words, task))
    elif task.faults:
        words = _("“%(title)s” is saved, but it does not hold what it promises.") % {"title": task.title}
        messages.warning(request, format_html("{}{}", _linked(words, task), _listed(proving.problems(task))))
    else:
        messages.success(request, _("Its solutions pass every test, and its wrong ones fail."))


def _tell_untried(request: HttpRequest, task: CodingTask) -> None:
    if not proving.is_written(task):
        words = _("No solution of it could be run here: nothing shows that its tests can be passed.")
        messages.warning(request, _linked(words, task))


def _linked(words: str, task: CodingTask) -> str:
    address = reverse("admin:interviews_codingtask_try", args=[task.task_id])
    return format_html('{} <a href="{}">{}</a>', words, address, _("Try"))


def _listed(problems: list[str]) -> str:
    return format_html_join("", "<br>{}", ((problem,) for problem in problems))
