"""Shapes of the interviews' calls."""

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from config.api import LanguageField
from interviews.domain import transcript, written
from interviews.models import Interview, PositionType, Status

LONGEST_TEXT = 10_000


class NewInterviewSerializer(serializers.Serializer[Interview]):
    """The WebRTC guide's `POST /interviews/create/`."""

    position_name = serializers.CharField(max_length=200)
    position_type = serializers.CharField(max_length=50)
    position_description = serializers.CharField(max_length=LONGEST_TEXT, allow_blank=True)
    company_name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    position_requirements = serializers.CharField(max_length=LONGEST_TEXT, required=False, allow_blank=True)
    interview_time = serializers.DateTimeField(required=False)
    language = LanguageField(required=False)
    resume_id = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def validate_position_type(self, value: str) -> str:
        if value not in PositionType.values:
            text = _("Choose one of these position types: %(types)s.")
            raise serializers.ValidationError(text % {"types": ", ".join(PositionType.values)})
        return value

    def validate_interview_time(self, value: datetime) -> datetime:
        # Years at the ends of the calendar cannot be converted to another time zone.
        if not 2000 <= value.year < 2200:
            raise serializers.ValidationError(_("This date is too far away."))
        return value.astimezone(UTC)


class CreatedInterviewSerializer(serializers.Serializer[Interview]):
    """The guide's answer; `id` is a string there."""

    id = serializers.CharField()
    interview_time = serializers.DateTimeField()
    position_name = serializers.CharField()
    company_name = serializers.CharField()
    position_type = serializers.CharField()
    msg = serializers.CharField(read_only=True, default="")


class InterviewSerializer(serializers.ModelSerializer[Interview]):
    """A row of the list."""

    id = serializers.CharField()
    candidate = serializers.CharField(source="owner")

    class Meta:
        model = Interview
        fields = [
            "id",
            "resume_id",
            "vacancy_id",
            "candidate",
            "position_name",
            "position_type",
            "company_name",
            "language",
            "status",
            "phase",
            "interview_time",
            "created_at",
            "started_at",
            "completed_at",
            "seconds_left",
        ]


class InterviewDetailSerializer(InterviewSerializer):
    """One interview with everything that was said and written."""

    question_count = serializers.SerializerMethodField()
    transcript = serializers.SerializerMethodField()
    code = serializers.SerializerMethodField()

    class Meta(InterviewSerializer.Meta):
        fields = [
            *InterviewSerializer.Meta.fields,
            "position_description",
            "position_requirements",
            "speech_engine",
            "voice_engine",
            "question_count",
            "transcript",
            "code",
        ]

    def get_question_count(self, interview: Interview) -> int:
        return len(interview.plan)

    def get_transcript(self, interview: Interview) -> list[dict[str, Any]]:
        return transcript.turns(interview)

    def get_code(self, interview: Interview) -> list[dict[str, Any]]:
        return written.code(interview)


class InterviewQuerySerializer(serializers.Serializer[Any]):
    """Filters of the list."""

    ORDERS = ("created_at", "-created_at", "interview_time", "-interview_time", "completed_at", "-completed_at")

    status = serializers.ChoiceField(Status.choices, required=False)
    position_type = serializers.ChoiceField(PositionType.choices, required=False)
    language = LanguageField(required=False, allow_blank=False)
    resume_id = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    search = serializers.CharField(required=False, max_length=200, help_text="In the position's and company's name.")
    ordering = serializers.ChoiceField(ORDERS, required=False)


class StopSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ValidationResultSerializer(serializers.Serializer[Any]):
    canInterview = serializers.BooleanField()  # noqa: N815  # the document's own spelling
    message = serializers.CharField()


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField()
    roomName = serializers.CharField()  # noqa: N815  # the document's own spelling
    serverUrl = serializers.CharField()  # noqa: N815  # the document's own spelling
    interview_id = serializers.CharField()


class ResumeInterviewStatusSerializer(serializers.Serializer[Any]):
    """All but `resume_id` are null where the resume has no interview yet."""

    resume_id = serializers.IntegerField()
    interview_id = serializers.CharField(allow_null=True)
    status = serializers.CharField(allow_null=True)
    phase = serializers.CharField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    seconds_left = serializers.IntegerField(allow_null=True)
