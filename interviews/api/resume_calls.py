"""Calls of the LiveKit documents: they start from a resume and mean its latest unfinished interview, or a new one."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.api import person
from config.errors import NotConfigured
from interviews.api.common import domain_errors
from interviews.api.serializers import (
    ResumeInterviewStatusSerializer,
    TokenSerializer,
    ValidationResultSerializer,
)
from interviews.domain import access, creation
from interviews.livekit import tokens
from interviews.models import Interview
from resumes.domain import access as resume_access
from resumes.models import Resume


def visible_resume(request: Request, resume_id: int) -> Resume:
    resume = resume_access.visible_to(person(request)).select_related("owner").filter(pk=resume_id).first()
    if resume is None:
        raise Http404
    return resume


class ValidateView(APIView):
    """Whether an interview can be held on a resume. One of the documents says GET, the other POST."""

    @extend_schema(responses={200: ValidationResultSerializer, 400: ValidationResultSerializer})
    def get(self, request: Request, resume_id: int) -> Response:
        resume = visible_resume(request, resume_id)
        if resume.owner is None:
            return Response({"canInterview": False, "message": creation.NobodysResume().text}, status=400)
        if resume.is_usable:
            return Response({"canInterview": True, "message": _("The resume is ready for an interview.")})
        message = _("The resume is not ready: wait until it has been read, or upload another file.")
        return Response({"canInterview": False, "message": message}, status=400)

    @extend_schema(request=None, responses={200: ValidationResultSerializer, 400: ValidationResultSerializer})
    def post(self, request: Request, resume_id: int) -> Response:
        return self.get(request, resume_id)


class TokenView(APIView):
    """A ticket into the LiveKit room of the candidate's own interview."""

    @extend_schema(request=None, responses=TokenSerializer)
    def post(self, request: Request, resume_id: int) -> Response:
        resume = visible_resume(request, resume_id)
        if resume.owner is None:
            raise ValidationError(creation.NobodysResume().text)
        if resume.owner_id != person(request).pk:
            raise PermissionDenied(_("Only the candidate joins an interview."))
        if not tokens.is_configured():
            raise NotConfigured(_("LiveKit is not set up on this installation: set LIVEKIT_URL and its keys."))
        if not resume.is_usable:
            raise ValidationError(_("The resume is not ready: wait until it has been read, or upload another file."))
        with domain_errors():
            interview = creation.open_for_resume(resume)
        ticket = tokens.candidate_ticket(interview)
        answer = {"token": ticket.token, "roomName": ticket.room, "serverUrl": ticket.server_url}
        return Response({**answer, "interview_id": str(interview.pk)})


class StatusView(APIView):
    """Where the resume's interview stands: the latest unfinished one, else the latest."""

    @extend_schema(responses=ResumeInterviewStatusSerializer)
    def get(self, request: Request, resume_id: int) -> Response:
        resume = visible_resume(request, resume_id)
        rows = list(Interview.objects.filter(resume=resume).order_by("-created_at", "-id")[:50])
        latest = next((row for row in rows if row.status in access.OPEN), rows[0] if rows else None)
        return Response(ResumeInterviewStatusSerializer(self.row(resume, latest)).data)

    @staticmethod
    def row(resume: Resume, interview: Interview | None) -> dict[str, Any]:
        names = ("status", "phase", "started_at", "completed_at", "seconds_left")
        return {
            "resume_id": resume.pk,
            "interview_id": interview.pk if interview else None,
            **{name: getattr(interview, name, None) for name in names},
        }
