"""Pages of resumes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from config.api import person
from resumes.domain import access, edits, handover, profiles, reasons, uploads
from resumes.domain.original import pictures, showing
from resumes.forms import CorrectionForm, HandOverForm, UploadForm
from resumes.models import Resume

PAGE_SIZE = 20


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Own resumes; for recruiters everybody's. The page loads itself again while one of them is being read."""
    resumes = access.visible_to(person(request)).select_related("owner").defer("text", "profile")
    page = Paginator(resumes, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(resume, reasons.text(resume.status_reason)) for resume in page.object_list]
    unfinished = any(resume.is_unfinished for resume, _reason in rows)
    context = {"rows": rows, "page": page, "unfinished": unfinished}
    return render(request, "resumes/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (resume := _store(request, form)):
        return redirect("resumes:detail", resume.pk)
    return render(request, "resumes/upload.html", {"form": form}, status=400 if form.errors else 200)


def _store(request: HttpRequest, form: UploadForm) -> Resume | None:
    """The new resume; None with the reason in the form."""
    if not UploadRate().allow_request(request, APIView()):  # type: ignore[arg-type]  # it asks for `user` alone
        form.add_error(None, _("That were many uploads in a short time. Wait a minute and try again."))
        return None
    try:
        return uploads.upload(person(request), **form.cleaned_data)
    except uploads.UploadRefused as error:
        form.add_error("file", str(error))
        return None


class UploadRate(UserRateThrottle):
    """The page and the API share one count a person."""

    scope = "upload"


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The file and what was read from it, side by side. `?edit=/work/0/name` opens one field."""
    user = person(request)
    resume = get_object_or_404(access.visible_to(user).select_related("owner"), pk=pk)
    return _detail(request, resume, editing=request.GET.get("edit", ""))


def _detail(
    request: HttpRequest, resume: Resume, editing: str = "", error: str = "", written: str = ""
) -> HttpResponse:
    user = person(request)
    may_edit = access.may_edit(user, resume)
    context = {
        "reason": reasons.text(resume.status_reason),
        "warnings": reasons.warnings(resume.warnings),
        "is_owner": resume.owner_id == user.pk,
        "may_edit": may_edit,
        "editing": editing if may_edit else "",
        "error": error,
        "written": written,
        **showing.beside(resume, is_recruiter=user.is_recruiter, may_edit=may_edit),
    }
    return render(request, "resumes/detail.html", context, status=400 if error else 200)


@login_required
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """One field, or an entry more or less."""
    user = person(request)
    resume = get_object_or_404(access.visible_to(user), pk=pk)
    if not access.may_edit(user, resume):
        raise Http404
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _detail(request, resume, form["pointer"].value() or "", _("This is too long for this field."))
    pointer, text = form.cleaned_data["pointer"], form.cleaned_data["text"]
    try:
        {"put": edits.put, "add": _add, "remove": _remove}[form.cleaned_data["do"]](resume, pointer, text)
    except edits.NotPossible as error:
        resume.refresh_from_db()
        return _detail(request, resume, pointer, str(error), text)
    except profiles.NotReadYet:
        messages.error(request, _("The resume is being read. Wait until that is done."))
    return redirect(reverse("resumes:detail", args=[pk]) + _anchor(form.cleaned_data["do"], pointer))


def _add(resume: Resume, pointer: str, _text: str) -> None:
    edits.add(resume, pointer)


def _remove(resume: Resume, pointer: str, _text: str) -> None:
    edits.remove(resume, pointer)


def _anchor(do: str, pointer: str) -> str:
    """Where the person was."""
    section = pointer.strip("/").split("/")[0]
    return f"#{pointer}" if do == "put" else f"#section-{section}"


@login_required
@require_safe
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the file as a picture."""
    resume = get_object_or_404(access.visible_to(person(request)).defer("text", "profile"), pk=pk)
    picture = pictures.page(resume, number)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": "private, max-age=3600"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; only who may edit gets here."""
    resume = get_object_or_404(access.editable_by(person(request)).defer("text"), pk=pk)
    if request.method != "POST":
        return render(request, "resumes/delete.html", {"resume": resume})
    resume.delete()
    messages.success(request, _("The resume and its file were deleted."))
    return redirect("resumes:list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A recruiter says whose an imported resume is."""
    user = person(request)
    if not user.is_recruiter:
        raise Http404
    resume = get_object_or_404(access.unowned().defer("text"), pk=pk)
    suggested = handover.suggested_for(resume)
    form = HandOverForm(request.POST or None, initial={"email": suggested.email if suggested else ""})
    if request.method == "POST" and form.is_valid() and _handed_over(request, form, resume):
        return redirect("resumes:detail", resume.pk)
    context = {"form": form, "resume": resume, "suggested": suggested}
    return render(request, "resumes/hand_over.html", context, status=400 if form.errors else 200)


def _handed_over(request: HttpRequest, form: HandOverForm, resume: Resume) -> bool:
    try:
        candidate = handover.hand_over(resume, form.cleaned_data["email"], person(request))
    except handover.NotHandedOver as error:
        form.add_error("email", str(error))
        return False
    messages.success(request, _("The resume now belongs to %(candidate)s.") % {"candidate": candidate})
    return True


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file as it was uploaded, always as a download: a stranger's document is not opened on this site."""
    resume = get_object_or_404(access.visible_to(person(request)).defer("text", "profile"), pk=pk)
    try:
        stream = resume.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        stream, as_attachment=True, filename=uploads.download_name(resume), content_type=resume.content_type
    )
