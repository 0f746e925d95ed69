"""The page on which a recruiter looks on while code is written. It shows; nothing on it changes anything."""

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from config.api import person
from interviews.coding import player
from interviews.domain import access, written
from interviews.models import Interview
from vacancies.domain import ranking

SPEEDS = (1, 2, 4, 8, 16)


def urls() -> list[URLPattern]:
    """For the admin of interviews, before its own: Django's take every path that remains."""
    return [path("<int:pk>/replay/", page, name="interviews_interview_replay")]


def address(interview: Interview) -> str:
    return reverse("admin:interviews_interview_replay", args=[interview.pk])


@login_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Recruiters', and the hiring managers' of the vacancy. 404 for everybody else, and where nothing was written."""
    interview = get_object_or_404(access.reviewed_by(person(request)).select_related("owner"), pk=pk)
    document = player.document_of(interview, request.GET.get("task_id", "")[:100])
    if document is None:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": _("Replay of the code"),
        "interview": interview,
        "who": _who(interview, person(request)),
        "documents": written.code(interview),
        "task_id": document.task_id,
        "speeds": SPEEDS,
        "page": {"source": _source(interview, document.task_id), "texts": texts()},
    }
    return TemplateResponse(request, "admin/interviews/interview/replay.html", context)


def _who(interview: Interview, reader: User) -> str:
    """An account without a name is told by its e-mail, which is for recruiters alone."""
    return str(interview.owner) if reader.is_recruiter else ranking.without_contacts(interview.owner.name, reader)


def texts() -> dict[str, str]:
    """What the page's script says, in the reader's language; `{name}` marks what it fills in."""
    return {
        "code": _("The code at the chosen moment"),
        "play": _("Play"),
        "pause": _("Pause"),
        "playing": _("It plays."),
        "paused": _("It is paused."),
        "time": _("{at} of {all}"),
        "loading": _("Loading: {done} of {all} changes"),
        "failed": _("The replay could not be loaded. Open the page again."),
        "not_handed_in": _("Nothing was handed in."),
        "not_compared": _("The end of the replay has not been compared with what was handed in yet."),
        "equal": _("The end of the replay is what was handed in, byte for byte."),
        "different": _(
            "The end of the replay is not what was handed in: they part in line {line}, column {column} (byte {byte})."
        ),
        "broken": _(
            "Change {seq} cannot be replayed. Up to there, replay and what was handed in are the same to line {line}, "
            "column {column} (byte {byte})."
        ),
    }


def _source(interview: Interview, task_id: str) -> dict[str, str]:
    query = urlencode({"task_id": task_id})
    names = {"description": "replay", "operations": "replay-operations"}
    return {key: f"{reverse(name, args=[interview.pk])}?{query}" for key, name in names.items()}
