"""Sessions of the ai-interview document: a session is an interview, its id the interview's."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.domain.languages import language_of_request
from accounts.models import User
from config.api import LanguageField, Pages, person
from interviews.api.common import domain_errors, named_resume, visible_interview
from interviews.domain import access, creation, ending, transcript
from interviews.models import Interview, PositionType, Status
from reports.domain.access import visible_to as visible_reports
from reports.serializers import ReportSerializer
from resumes.domain.access import usable_by
from resumes.models import Resume


class MetadataSerializer(serializers.Serializer[Any]):
    """What a calling system may say of an interview; everything else is ignored."""

    position = serializers.CharField(required=False, allow_blank=True, max_length=200)
    position_type = serializers.ChoiceField(PositionType.choices, required=False)
    company = serializers.CharField(required=False, allow_blank=True, max_length=200)
    language = LanguageField(required=False)
    resume_id = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class StartSerializer(serializers.Serializer[Any]):
    """`user_id` is a label of the calling system, never an identity."""

    user_id = serializers.CharField(required=False, allow_blank=True, allow_null=True, max_length=200)
    metadata = MetadataSerializer(required=False, allow_null=True)


class SessionSerializer(serializers.Serializer[Any]):
    session_id = serializers.CharField(source="pk")
    user_id = serializers.CharField(source="external_user")
    status = serializers.CharField()
    phase = serializers.CharField()
    metadata = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    seconds_left = serializers.IntegerField(allow_null=True)

    def get_metadata(self, interview: Interview) -> dict[str, Any]:
        return {
            "position": interview.position_name,
            "position_type": interview.position_type,
            "company": interview.company_name,
            "language": interview.language,
            "resume_id": interview.resume_id,
        }


class StartedSerializer(serializers.Serializer[Interview]):
    session_id = serializers.CharField(source="pk")
    status = serializers.CharField()
    created_at = serializers.DateTimeField()


class SessionListSerializer(serializers.Serializer[Any]):
    sessions = SessionSerializer(many=True)
    total = serializers.IntegerField()


class SessionStatusSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField([Status.COMPLETED, Status.ABANDONED, Status.STOPPED])


class ResultsSerializer(serializers.Serializer[Any]):
    """`report` is null until there is one, and where the company does not share it."""

    session_id = serializers.CharField()
    status = serializers.CharField()
    transcript = serializers.ListField(child=serializers.DictField())
    analysis = serializers.DictField(child=serializers.IntegerField())
    report = ReportSerializer(allow_null=True)


class StartView(APIView):
    """Begins with the named resume, else with the caller's newest one that has been read, else without."""

    @extend_schema(request=StartSerializer, responses={201: StartedSerializer})
    def post(self, request: Request) -> Response:
        serializer = StartSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said: dict[str, Any] = serializer.validated_data.get("metadata") or {}
        fields = creation.position(said.get("position", ""))
        if "position_type" in said:
            fields["position_type"] = said["position_type"]
        with domain_errors():
            interview = creation.create(
                person(request),
                resume=_resume_for(person(request), said.get("resume_id")),
                language=said.get("language") or language_of_request(request),
                company_name=said.get("company", ""),
                external_user=serializer.validated_data.get("user_id") or "",
                **fields,
            )
        return Response(StartedSerializer(interview).data, status=201)


def _resume_for(user: User, resume_id: int | None) -> Resume | None:
    if resume_id is None:
        return usable_by(user).first()
    return named_resume(user, resume_id)


class SessionView(APIView):
    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request, session_id: str) -> Response:
        return Response(SessionSerializer(visible_interview(request, session_id)).data)


class SessionStatusView(APIView):
    """A candidate ends an own session (`completed`, or `abandoned`), a recruiter stops any (`stopped`)."""

    @extend_schema(request=SessionStatusSerializer, responses=SessionSerializer)
    def put(self, request: Request, session_id: str) -> Response:
        interview = visible_interview(request, session_id)
        serializer = SessionStatusSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        to, user = serializer.validated_data["status"], person(request)
        if (to == Status.STOPPED) != user.is_recruiter:
            raise PermissionDenied(_("A candidate completes or abandons an interview, the company stops it."))
        with domain_errors():
            ending.end(interview, to, f"by user {user.pk}")
        return Response(SessionSerializer(interview).data)


class SessionListView(APIView):
    @extend_schema(
        parameters=[OpenApiParameter("page", int), OpenApiParameter("page_size", int)], responses=SessionListSerializer
    )
    def get(self, request: Request) -> Response:
        pages = Pages()
        rows = access.listed_for(person(request)).order_by("-created_at", "-id")
        page = pages.paginate_queryset(rows, request, view=self) or []
        total = pages.page.paginator.count if pages.page else 0
        return Response({"sessions": SessionSerializer(page, many=True).data, "total": total})


class ResultsView(APIView):
    @extend_schema(responses=ResultsSerializer)
    def get(self, request: Request, session_id: str) -> Response:
        rows = access.visible_to(person(request)).prefetch_related("turns", "utterances")
        interview = visible_interview(request, session_id, rows)
        turns = transcript.turns(interview)
        report = visible_reports(person(request)).filter(interview=interview).first()
        return Response(
            {
                "session_id": str(interview.pk),
                "status": interview.status,
                "transcript": transcript.conversation(turns),
                "analysis": transcript.figures(turns),
                "report": ReportSerializer(report).data if report else None,
            }
        )
