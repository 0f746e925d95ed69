"""Pages of the interviews."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.domain import consents
from accounts.domain.languages import language_of_request
from accounts.models import ConsentKind
from config.api import key_of, person
from interviews.api.serializers import InterviewDetailSerializer
from interviews.domain import access, creation, lifecycle, written
from interviews.domain.recording import playing
from interviews.forms import NewInterviewForm, initial_for
from interviews.live.engines import speech_settings
from interviews.models import Interview
from interviews.room_texts import room_texts, streaming_texts
from providers import factory
from reports.domain.access import visible_to as visible_reports
from resumes.domain.access import owned_by, usable_by
from resumes.models import Resume

PAGE_SIZE = 20
SHOWN_AT_HOME = 5
STREAMING_PATH = "/api/v1/ai/ws/streaming-interview"
# The room may use the devices; nothing that it might embed may.
ROOM_HEADERS = {
    "Permissions-Policy": "camera=(self), microphone=(self), autoplay=(self), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Viva is; for a person signed in, where they were."""
    if not request.user.is_authenticated:
        return render(request, "interviews/welcome.html")
    user = person(request)
    recent = access.listed_for(user).select_related("owner")
    context = {
        "resumes": owned_by(user).defer("text", "profile")[:SHOWN_AT_HOME],
        "open": recent.filter(status__in=access.OPEN)[:SHOWN_AT_HOME],
        "past": recent.exclude(status__in=access.OPEN)[:SHOWN_AT_HOME],
    }
    return render(request, "interviews/home.html", context)


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = access.listed_for(person(request)).select_related("owner")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "interviews/list.html", {"page": page, "interviews": page.object_list})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """The form; `?resume=` chooses one, and its position, type and language are filled in."""
    user = person(request)
    form = NewInterviewForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := _save(form)):
        return redirect("interviews:room", made.pk)
    if request.method != "POST":
        chosen = _chosen(form, request.GET.get("resume", ""))
        form.initial = initial_for(chosen, language_of_request(request))
    return render(request, "interviews/create.html", {"form": form}, status=400 if form.errors else 200)


def _chosen(form: NewInterviewForm, raw_id: str) -> Resume | None:
    key = key_of(raw_id)
    return form.resumes.first() if key is None else form.resumes.filter(pk=key).first()


def _save(form: NewInterviewForm) -> Interview | None:
    """The new interview; None with the reason in the form."""
    try:
        return form.save()
    except creation.TooManyOpen as error:
        form.add_error(None, error.text)
    except creation.ResumeNotUsable as error:
        form.add_error("resume", error.text)
    return None


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said and written, for the candidate and for recruiters."""
    user = person(request)
    rows = access.visible_to(user).select_related("owner")
    rows = rows.prefetch_related("turns", "utterances", "documents", written.SUBMISSIONS)
    interview = get_object_or_404(rows, pk=pk)
    over = lifecycle.is_over(interview)
    shown = InterviewDetailSerializer(interview).data
    if may_play := playing.may_play(user, interview):
        shown["transcript"] = playing.beside(shown["transcript"], playing.pieces_of(interview))
    context = {
        "interview": interview,
        "over": over,
        "shown": shown,
        "may_play": may_play,
        "is_owner": interview.owner_id == user.pk,
        "has_report": over and visible_reports(user).filter(interview=interview).exists(),
    }
    return render(request, "interviews/detail.html", context)


@login_required
@never_cache
@require_safe
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the candidate talks; only theirs, and in the interview's language."""

    def render_room(interview: Interview, resume_id: int) -> HttpResponse:
        context = {"room_data": _room_data(request, interview, resume_id), "room_texts": room_texts()}
        return render(request, "interviews/room.html", context)

    return _to_talk(request, pk, render_room)


@login_required
@never_cache
@require_safe
def streaming(request: HttpRequest, pk: int) -> HttpResponse:
    """The same interview over the streaming protocol: by voice alone. In the room who has not agreed is asked, and
    who is not understood can write."""

    def render_page(interview: Interview, resume_id: int) -> HttpResponse:
        if not (consents.granted(person(request), ConsentKind.INTERVIEW) and _is_understood(interview)):
            return redirect("interviews:room", interview.pk)
        data = {
            "interview_id": str(interview.pk),
            "resume_id": str(resume_id),
            "language": interview.language,
            "path": STREAMING_PATH,
        }
        context = {
            "interview": interview,
            "recorded": consents.granted(person(request), ConsentKind.RECORDING),
            "streaming_data": data,
            "streaming_texts": streaming_texts(),
        }
        return render(request, "interviews/streaming.html", context)

    return _to_talk(request, pk, render_page)


def _to_talk(request: HttpRequest, pk: int, page: Callable[[Interview, int], HttpResponse]) -> HttpResponse:
    """`page(interview, resume_id)` of the caller's own interview, as long as there is something to talk about."""
    user = person(request)
    interview = get_object_or_404(access.own(user), pk=pk)
    if lifecycle.is_over(interview):
        return redirect("interviews:detail", pk)
    resume_id = interview.resume_id or usable_by(user).values_list("pk", flat=True).first()
    if resume_id is None:
        messages.info(request, _("Upload a resume first: some of the questions will be about it."))
        return redirect("resumes:upload")
    with translation.override(interview.language):
        response = page(interview, resume_id)
    for name, value in {**ROOM_HEADERS, "Content-Language": interview.language}.items():
        response.headers[name] = value
    return response


def _room_data(request: HttpRequest, interview: Interview, resume_id: int) -> dict[str, Any]:
    """What the room's script is told; `page.ts` has its type."""
    agreed = consents.overview(person(request))
    return {
        "interview_id": str(interview.pk),
        "resume_id": str(resume_id),
        "language": interview.language,
        "position_name": interview.position_name,
        "company_name": interview.company_name,
        "candidate_name": person(request).name,
        "ws_path": "/ws/webrtc/",
        "csrf": get_token(request),
        "urls": {
            "consents": reverse("consents"),
            "report": reverse("reports:detail", args=[interview.pk]),
            "home": reverse("interviews:home"),
        },
        "speech_available": _is_understood(interview),
        "consents": {"interview": agreed["interview"], "recording": agreed["recording"]},
    }


def _is_understood(interview: Interview) -> bool:
    """Whether anything here recognises its language."""
    return factory.build_stt(speech_settings(), interview.language) is not None
