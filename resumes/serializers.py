"""What the resume calls take and give."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.api import LanguageField, person
from providers.base import UNSTORABLE
from resumes.domain import filters, reasons, schema
from resumes.models import Resume, Status


def is_storable(value: Any) -> bool:
    """Whether every text in a validated profile can be kept by any database."""
    if isinstance(value, dict):
        return all(map(is_storable, value.values()))
    if isinstance(value, list):
        return all(map(is_storable, value))
    return not isinstance(value, str) or not UNSTORABLE.search(value)


class ResumeListItemSerializer(serializers.ModelSerializer[Resume]):
    """A resume as the interview clients list it."""

    resume_id = serializers.IntegerField(source="pk")
    resume_name = serializers.CharField(source="name")
    completed = serializers.BooleanField(source="is_usable")

    class Meta:
        model = Resume
        fields = ("resume_id", "resume_name", "expected_position", "updated_at", "completed")


class ResumeListSerializer(serializers.Serializer[Any]):
    success = serializers.BooleanField()
    resumes = ResumeListItemSerializer(many=True)
    total = serializers.IntegerField()


class UploadSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True)
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    expected_position = serializers.CharField(max_length=200, required=False, allow_blank=True)
    language = LanguageField(required=False)


class UploadedSerializer(serializers.ModelSerializer[Resume]):
    class Meta:
        model = Resume
        fields = ("id", "name", "status")


@extend_schema_field({"type": "object", "description": "JSON Resume v1, https://jsonresume.org/schema"})
class ProfileField(serializers.Field[Any, Any, Any, Any]):
    """A whole JSON Resume v1: unknown fields are refused, each text and list has its limit."""

    default_error_messages = {"invalid": _("This is not a JSON Resume: {detail}")}

    def to_internal_value(self, data: Any) -> schema.Profile:
        try:
            profile = schema.from_json(data)
        except msgspec.ValidationError as error:
            self.fail("invalid", detail=str(error))
        if not is_storable(data):
            self.fail("invalid", detail=_("it holds a character that cannot be stored."))
        return profile

    def to_representation(self, value: Any) -> Any:
        return value


class WarningSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()
    page = serializers.IntegerField(required=False)


class ResumeSerializer(serializers.ModelSerializer[Resume]):
    """A resume whole. `status_reason` and the warnings' messages are texts in the reader's language."""

    status_reason = serializers.SerializerMethodField()
    status_code = serializers.CharField(source="status_reason", read_only=True)
    profile = ProfileField(required=False)
    warnings = serializers.SerializerMethodField()

    class Meta:
        model = Resume
        fields = (
            "id",
            "name",
            "expected_position",
            "status",
            "status_reason",
            "status_code",
            "language",
            "years",
            "profile",
            "warnings",
            "flagged",
            "read_by",
            "file_name",
            "created_at",
            "updated_at",
        )
        read_only_fields = (
            *("status", "language", "years", "flagged", "read_by"),
            *("file_name", "created_at", "updated_at"),
        )

    def get_status_reason(self, resume: Resume) -> str:
        return reasons.text(resume.status_reason)

    @extend_schema_field(WarningSerializer(many=True))
    def get_warnings(self, resume: Resume) -> list[dict[str, Any]]:
        return reasons.warnings(resume.warnings)


class SourceSerializer(serializers.Serializer[Any]):
    """Where a value stands: page from 1, offsets into the text, its box (left, bottom, right, top; points).

    Or `corrected`: a person wrote it.
    """

    page = serializers.IntegerField(required=False)
    start = serializers.IntegerField(required=False)
    end = serializers.IntegerField(required=False)
    box = serializers.ListField(child=serializers.FloatField(), allow_null=True, required=False)
    corrected = serializers.BooleanField(required=False)


class FindingSerializer(serializers.Serializer[Any]):
    """What flagged a resume, in its own words. `why` says how hidden text was hidden."""

    code = serializers.CharField()
    page = serializers.IntegerField()
    excerpt = serializers.CharField()
    why = serializers.CharField()


class WholeResumeSerializer(ResumeSerializer):
    """With the sources of the profile's values by JSON pointer; recruiters also read what flagged it."""

    sources = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()

    class Meta(ResumeSerializer.Meta):
        fields = (*ResumeSerializer.Meta.fields, "sources", "findings")  # type: ignore[assignment]  # two more of them

    @extend_schema_field(serializers.DictField(child=SourceSerializer()))
    def get_sources(self, resume: Resume) -> dict[str, Any]:
        return dict(resume.sources)

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, resume: Resume) -> list[dict[str, Any]]:
        return list(resume.findings) if person(self.context["request"]).is_recruiter else []


DATES = ["iso-8601", "%Y-%m-%d"]  # a date is its first moment, UTC


class WantedSerializer(serializers.Serializer[Any]):
    """What both lists are narrowed by. `skill` may be repeated or hold several divided by commas: all must be there."""

    status = serializers.ChoiceField(choices=Status.choices, required=False)
    skill = serializers.ListField(child=serializers.CharField(max_length=200), max_length=20, required=False)
    position = serializers.CharField(max_length=200, required=False)
    language = LanguageField(required=False, allow_blank=False)
    years_min = serializers.FloatField(min_value=0, max_value=100, required=False)
    updated_after = serializers.DateTimeField(input_formats=DATES, required=False)
    updated_before = serializers.DateTimeField(input_formats=DATES, required=False)

    def validate_skill(self, value: list[str]) -> list[str]:
        return [name.strip() for item in value for name in item.split(",") if name.strip()][:20]


class FilterSerializer(WantedSerializer):
    """The query of the list."""

    search = serializers.CharField(max_length=200, required=False)
    ordering = serializers.ChoiceField(
        choices=[sign + name for name in filters.ORDERINGS for sign in ("", "-")], required=False
    )


class SearchSerializer(WantedSerializer):
    """The query of the search by meaning."""

    q = serializers.CharField(max_length=500)


class FoundSerializer(ResumeSerializer):
    """A resume of a search: `score` is 0 to 1, `excerpt` the line that shows best why it was found."""

    score = serializers.FloatField(read_only=True)
    excerpt = serializers.CharField(read_only=True)

    class Meta(ResumeSerializer.Meta):
        fields = (*ResumeSerializer.Meta.fields, "score", "excerpt")  # type: ignore[assignment]  # two more of them

    def to_representation(self, instance: Any) -> dict[str, Any]:
        resume = ResumeSerializer(instance.resume, context=self.context).data
        return {**resume, "score": instance.score, "excerpt": instance.excerpt}
