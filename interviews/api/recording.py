"""The pieces of a recording, for who may play them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config import ranges
from config.api import person
from interviews.api.common import visible_interview
from interviews.domain.recording import playing
from interviews.models import RecordingPiece


class PieceSerializer(serializers.ModelSerializer[RecordingPiece]):
    piece_id = serializers.IntegerField(source="pk", read_only=True)
    content_type = serializers.SerializerMethodField()
    file = serializers.SerializerMethodField()

    class Meta:
        model = RecordingPiece
        fields = ("piece_id", "side", "turn_number", "start_ms", "end_ms", "size", "content_type", "file")

    def get_content_type(self, piece: RecordingPiece) -> str:
        return playing.content_type(piece)

    @extend_schema_field(OpenApiTypes.URI_REF)
    def get_file(self, piece: RecordingPiece) -> str:
        return playing.address(piece)


class RecordingSerializer(serializers.Serializer[Any]):
    pieces = PieceSerializer(many=True)
    total = serializers.IntegerField()


class RecordingView(APIView):
    """What was recorded of an interview, in order; times are wall milliseconds of the interview."""

    @extend_schema(responses=RecordingSerializer)
    def get(self, request: Request, interview_id: int) -> Response:
        interview = visible_interview(request, interview_id)
        if not playing.may_play(person(request), interview):
            raise Http404
        rows = PieceSerializer(playing.pieces_of(interview), many=True).data
        return Response({"pieces": rows, "total": len(rows)})


class PieceView(APIView):
    """The file of a piece; answers range requests."""

    @extend_schema(
        operation_id="interview_recording_piece",
        parameters=[OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="as in `bytes=0-65535`")],
        responses={
            (200, "audio/flac"): OpenApiResponse(OpenApiTypes.BINARY),
            (206, "audio/flac"): OpenApiResponse(OpenApiTypes.BINARY),
        },
    )
    def get(self, request: Request, interview_id: int, piece_id: int) -> HttpResponse:
        interview = visible_interview(request, interview_id)
        if not playing.may_play(person(request), interview):
            raise Http404
        piece = get_object_or_404(playing.pieces_of(interview), pk=piece_id)
        try:
            with piece.file.open("rb") as file:
                return ranges.respond(request, file, piece.size, playing.content_type(piece))
        except FileNotFoundError as error:
            raise Http404 from error
