"""Reports for apps: asked for by resume, as the HR document has it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.api import key_of, person
from config.errors import Conflict
from interviews.models import Interview, Status
from reports.domain import access, start
from reports.models import Report
from reports.serializers import ReportSerializer

WHICH = OpenApiParameter("interview_id", int, description="Another than the resume's latest interview.")
ENDED = (Status.COMPLETED, Status.STOPPED, Status.ABANDONED)


def interview_of(request: Request, resume_id: int) -> Interview:
    """The resume's latest interview whose report the caller may see, or the one that `?interview_id=` names.

    By the interview alone, as on the report's page: a hiring manager sees no resume.
    """
    found = access.interviews_of(person(request)).filter(resume_id=key_or_404(str(resume_id)))
    chosen = request.query_params.get("interview_id")
    if chosen is not None:
        found = found.filter(pk=key_or_404(chosen))
    interview = found.order_by("-created_at", "-id").first()
    if interview is None:
        raise Http404
    return interview


def key_or_404(text: str) -> int:
    key = key_of(text)
    if key is None:
        raise Http404
    return key


class RequestReportView(APIView):
    @extend_schema(parameters=[WHICH], request=None, responses={202: ReportSerializer})
    def post(self, request: Request, resume_id: int) -> Response:
        interview = interview_of(request, resume_id)
        if interview.status not in ENDED:
            raise Conflict(_("The interview has not ended yet."))
        report = start.request_report(interview, again=person(request).is_recruiter)
        get_object_or_404(access.visible_to(request.user), pk=report.pk)
        return Response(ReportSerializer(report).data, status=202)


class ReportView(APIView):
    @extend_schema(parameters=[WHICH], responses=ReportSerializer)
    def get(self, request: Request, resume_id: int) -> Response:
        reports = access.visible_to(request.user)
        interview = interview_of(request, resume_id)
        report: Report = get_object_or_404(reports, interview=interview)
        return Response(ReportSerializer(report).data)
