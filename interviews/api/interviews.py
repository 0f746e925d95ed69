"""Interviews: made by candidates, read by both sides, stopped by recruiters."""

from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.languages import language_of_request
from accounts.models import User
from config.api import Pages, person
from interviews.api.common import domain_errors, named_resume, visible_interview
from interviews.api.serializers import (
    CreatedInterviewSerializer,
    InterviewDetailSerializer,
    InterviewQuerySerializer,
    InterviewSerializer,
    NewInterviewSerializer,
    StopSerializer,
)
from interviews.domain import access, creation, ending, written
from interviews.models import Interview, Status


class CreateInterviewView(APIView):
    """The WebRTC guide's call. The page for people is `interviews:create`, where a browser's GET is sent."""

    @extend_schema(request=NewInterviewSerializer, responses={201: CreatedInterviewSerializer})
    def post(self, request: Request) -> Response:
        serializer = NewInterviewSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with domain_errors():
            interview = creation.create(person(request), **self.fields(request, dict(serializer.validated_data)))
        with translation.override(interview.language):
            message = _("Interview created")
        return Response({**CreatedInterviewSerializer(interview).data, "msg": message}, status=201)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Any:
        return redirect("interviews:create")

    @staticmethod
    def fields(request: Request, values: dict[str, Any]) -> dict[str, Any]:
        """What `creation.create` takes: the resume itself, and a language in any case."""
        if (resume_id := values.pop("resume_id", None)) is not None:
            values["resume"] = named_resume(person(request), resume_id)
        values["language"] = values.get("language") or language_of_request(request)
        return values


class InterviewListView(ListAPIView[Interview]):
    """The caller's interviews, a recruiter's all; newest first."""

    serializer_class = InterviewSerializer
    pagination_class = Pages

    @extend_schema(parameters=[InterviewQuerySerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Interview]:
        query = InterviewQuerySerializer(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        wanted: dict[str, Any] = dict(query.validated_data)
        search, ordering = wanted.pop("search", ""), wanted.pop("ordering", "-created_at")
        rows = access.listed_for(person(self.request)).select_related("owner").filter(**wanted)
        if search:
            rows = rows.filter(Q(position_name__icontains=search) | Q(company_name__icontains=search))
        return rows.order_by(ordering, "-id")


class InterviewDetailView(RetrieveAPIView[Interview]):
    """One interview: where it stands, the transcript, the code, which engine listens."""

    serializer_class = InterviewDetailSerializer

    def get_object(self) -> Interview:
        rows = access.visible_to(person(self.request)).select_related("owner")
        rows = rows.prefetch_related("turns", "utterances", "documents", written.SUBMISSIONS)
        return visible_interview(self.request, self.kwargs["pk"], rows)


class StopInterviewView(APIView):
    """A recruiter ends an interview; its candidate is told."""

    @extend_schema(request=StopSerializer, responses=InterviewSerializer)
    def post(self, request: Request, pk: int) -> Response:
        interview = visible_interview(request, pk)
        recruiter: User = person(request)
        if not recruiter.is_recruiter:
            raise PermissionDenied(_("Only the company stops an interview."))
        serializer = StopSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        reason = serializer.validated_data.get("reason") or f"stopped by user {recruiter.pk}"
        with domain_errors():
            ending.end(interview, Status.STOPPED, reason)
        return Response(InterviewSerializer(interview).data)
