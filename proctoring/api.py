"""The evidence timeline for those who review an interview."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proctoring.domain import access
from proctoring.models import ProctoringEvent, SignalName


def frame_address(event: ProctoringEvent) -> str | None:
    """Where a reviewer's browser gets the event's frame; None without one."""
    return reverse("event-frame", args=(event.interview_id, event.pk)) if event.frame else None


def timeline_of(request: Request, interview_id: int) -> QuerySet[ProctoringEvent]:
    """The events of an interview, oldest first. Raises Http404 for who may not read them; one query."""
    if not access.reviewed_by(request.user).filter(pk=interview_id).exists():
        raise Http404
    return ProctoringEvent.objects.filter(interview_id=interview_id).order_by("at_ms", "id")


class EventSerializer(serializers.ModelSerializer[ProctoringEvent]):
    event_id = serializers.IntegerField(source="pk", read_only=True)
    frame = serializers.SerializerMethodField()

    class Meta:
        model = ProctoringEvent
        fields = (
            "event_id",
            "signal",
            "source",
            "text",
            "at_ms",
            "until_ms",
            "detail",
            "frame",
            "notified",
            "created_at",
        )

    @extend_schema_field(OpenApiTypes.URI_REF)
    def get_frame(self, event: ProctoringEvent) -> str | None:
        return frame_address(event)


class TimelineSerializer(serializers.Serializer[Any]):
    events = EventSerializer(many=True)
    total = serializers.IntegerField()


class EventsView(APIView):
    """All events of an interview in the order they happened. For recruiters; to others it does not exist."""

    @extend_schema(
        parameters=[OpenApiParameter("signal", str, enum=SignalName.values, description="only events of this signal")],
        responses=TimelineSerializer,
    )
    def get(self, request: Request, interview_id: int) -> Response:
        events = timeline_of(request, interview_id)
        if signal := request.query_params.get("signal"):
            if signal not in SignalName.values:
                raise ValidationError({"signal": [_("There is no such event.")]})
            events = events.filter(signal=signal)
        rows = EventSerializer(events, many=True).data
        return Response({"events": rows, "total": len(rows)})


class FrameView(APIView):
    """The camera frame of an event, where the candidate agreed to recording."""

    @extend_schema(responses={(200, "image/jpeg"): OpenApiResponse(OpenApiTypes.BINARY)})
    def get(self, request: Request, interview_id: int, event_id: int) -> FileResponse:
        event = get_object_or_404(timeline_of(request, interview_id), pk=event_id)
        if not event.frame:
            raise Http404
        try:
            file = event.frame.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(file, content_type="image/jpeg")
        response["Cache-Control"] = "private, no-store"
        return response
