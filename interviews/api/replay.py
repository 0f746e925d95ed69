"""How code was written, for recruiters and the vacancy's hiring managers. For everybody else it does not exist."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.api import person
from interviews.api.common import visible_interview
from interviews.coding import player
from interviews.domain import access
from interviews.models import CodeDocument, Interview

TASK = OpenApiParameter("task_id", str, description="of the document; without it the newest")
AFTER = OpenApiParameter("after", int, description="the last operation that is known; without it from the first on")


class LanguageSerializer(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    at_ms = serializers.IntegerField()
    language = serializers.CharField()


class MarkSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(["run", "submission", "paste", "focus", "typing", "like"])
    at_ms = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField()
    ok = serializers.BooleanField(allow_null=True)


class ReplaySubmissionSerializer(serializers.Serializer[Any]):
    run_id = serializers.CharField()
    at_ms = serializers.IntegerField()
    language = serializers.CharField()
    text = serializers.CharField()


class ComparisonSerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(["equal", "different", "broken"])
    byte = serializers.IntegerField(allow_null=True)
    line = serializers.IntegerField(allow_null=True)
    column = serializers.IntegerField(allow_null=True)
    seq = serializers.IntegerField(allow_null=True)


class ReplaySerializer(serializers.Serializer[Any]):
    task_id = serializers.CharField()
    title = serializers.CharField()
    operations = serializers.IntegerField()
    piece = serializers.IntegerField()
    start_ms = serializers.IntegerField()
    end_ms = serializers.IntegerField()
    languages = LanguageSerializer(many=True)
    marks = MarkSerializer(many=True)
    submission = ReplaySubmissionSerializer(allow_null=True)
    comparison = ComparisonSerializer(allow_null=True)


class OperationsSerializer(serializers.Serializer[Any]):
    operations = serializers.ListField(child=serializers.ListField(), help_text="`[seq, at_ms, changes]` of each")
    next = serializers.IntegerField(allow_null=True)


@method_decorator(gzip_page, "dispatch")
class ReplayView(APIView):
    """The time line of a document: when it began and ended, what happened beside it, what was handed in."""

    @extend_schema(parameters=[TASK], responses=ReplaySerializer)
    def get(self, request: Request, interview_id: int) -> Response:
        interview, document = _document(request, interview_id)
        return Response(player.description(interview, document))


@method_decorator(gzip_page, "dispatch")
class OperationsView(APIView):
    """The operations of a document as CodeMirror's ChangeSets, at most 5,000 at once."""

    @extend_schema(parameters=[TASK, AFTER], responses=OperationsSerializer)
    def get(self, request: Request, interview_id: int) -> HttpResponse:
        _interview, document = _document(request, interview_id)
        return HttpResponse(player.operations(document, _after(request)), content_type="application/json")


def _document(request: Request, interview_id: int) -> tuple[Interview, CodeDocument]:
    rows = access.reviewed_by(person(request))
    interview = visible_interview(request, interview_id, rows)
    document = player.document_of(interview, request.query_params.get("task_id", "")[:100])
    if document is None:
        raise Http404
    return interview, document


def _after(request: Request) -> int:
    text = request.query_params.get("after", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
