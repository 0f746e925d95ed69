"""What the vacancy calls take and give."""

import math
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import User
from config.api import LanguageField
from interviews.models import Interview, PositionType
from vacancies.domain import access, filters, matching, matching_notes, ranking, writing
from vacancies.models import Status, Vacancy


class RequirementSerializer(serializers.Serializer[Any]):
    """`weight` counts against the other requirements'; by default 3 for a must and 1 for a nice."""

    text = serializers.CharField(max_length=writing.MOST_TEXT)
    kind = serializers.ChoiceField(choices=writing.KINDS, default="must")
    weight = serializers.FloatField(
        min_value=writing.LEAST_WEIGHT, max_value=writing.MOST_WEIGHT, required=False, allow_null=True
    )

    def validate_weight(self, value: float | None) -> float | None:
        if value is not None and not math.isfinite(value):
            raise serializers.ValidationError(_("Enter a number."))
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return writing.requirement(**attrs)


class ManagerField(serializers.PrimaryKeyRelatedField[User]):
    """One of a vacancy's managers. A call that sends back whom it has is not refused."""

    def get_queryset(self) -> QuerySet[User]:
        vacancy = self.root.instance
        return access.possible_managers(vacancy if isinstance(vacancy, Vacancy) else None)


class VacancySerializer(serializers.ModelSerializer[Vacancy]):
    """A vacancy whole. `managers` are ids of the hiring managers who see it.

    `reason` is kept in the history where `status` changes. A PATCH that sends `updated_at` back is refused with 409
    where somebody else has changed the vacancy since.
    """

    requirements = serializers.ListField(
        child=RequirementSerializer(), required=False, max_length=writing.MOST_REQUIREMENTS
    )
    description = serializers.CharField(max_length=writing.MOST_DESCRIPTION, required=False, allow_blank=True)
    language = LanguageField(required=False)
    managers = ManagerField(many=True, required=False)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, write_only=True)
    updated_at = serializers.DateTimeField(required=False)

    class Meta:
        model = Vacancy
        fields = (
            "id",
            "title",
            "company_name",
            "position_type",
            "description",
            "requirements",
            "status",
            "reason",
            "language",
            "managers",
            "created_at",
            "updated_at",
        )
        read_only_fields = ("created_at",)


class FilterSerializer(serializers.Serializer[Any]):
    """The query of the list."""

    status = serializers.ChoiceField(choices=Status.choices, required=False)
    position_type = serializers.ChoiceField(choices=PositionType.choices, required=False)
    language = LanguageField(required=False, allow_blank=False)
    search = serializers.CharField(max_length=200, required=False)
    ordering = serializers.ChoiceField(
        choices=[sign + name for name in filters.ORDERINGS for sign in ("", "-")], required=False
    )


class FileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True)


class ImportSerializer(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True)
    dry_run = serializers.BooleanField(default=False)


class ImportedSerializer(serializers.Serializer[Any]):
    """`ids` are those of the new vacancies, in the file's order; empty after a dry run."""

    count = serializers.IntegerField()
    ids = serializers.ListField(child=serializers.IntegerField())


class ParsedSerializer(serializers.Serializer[Any]):
    """A vacancy that is not stored: what its text says, to be looked through."""

    title = serializers.CharField()
    company_name = serializers.CharField()
    position_type = serializers.ChoiceField(choices=PositionType.choices)
    description = serializers.CharField()
    language = LanguageField()
    requirements = serializers.ListField(child=RequirementSerializer())


class InvitationSerializer(serializers.Serializer[Any]):
    """Without a language the vacancy's is taken, else the resume's."""

    resume_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    interview_time = serializers.DateTimeField(required=False)
    language = LanguageField(required=False)

    def validate_interview_time(self, value: datetime) -> datetime:
        # Years at the ends of the calendar cannot be converted to another time zone.
        if not 2000 <= value.year < 2200:
            raise serializers.ValidationError(_("This date is too far away."))
        return value


class InvitedSerializer(serializers.ModelSerializer[Interview]):
    id = serializers.CharField()

    class Meta:
        model = Interview
        fields = ("id", "vacancy_id", "resume_id", "position_name", "position_type", "language", "status")
        read_only_fields = fields


class PlaceSerializer(serializers.Serializer[Any]):
    """Page from 1, offsets into the resume's text."""

    page = serializers.IntegerField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class PartSerializer(serializers.Serializer[Any]):
    """A requirement of a match. `points` of `possible` ones; `note` is a text in the reader's language, or empty."""

    text = serializers.CharField()
    kind = serializers.ChoiceField(choices=writing.KINDS)
    weight = serializers.FloatField()
    verdict = serializers.ChoiceField(choices=[verdict.value for verdict in matching.Verdict])
    points = serializers.FloatField()
    possible = serializers.FloatField()
    evidence = serializers.CharField()
    source = PlaceSerializer(allow_null=True)  # type: ignore[assignment]  # the name in the protocol
    note = serializers.SerializerMethodField()

    def get_note(self, part: matching.Part) -> str:
        return matching_notes.text(part.note)


class RankedSerializer(serializers.Serializer[Any]):
    """`total` is 0 to 100, the sum of the requirements' points."""

    resume_id = serializers.IntegerField(source="resume.pk")
    name = serializers.SerializerMethodField()
    total = serializers.FloatField(source="match.total")
    requirements = PartSerializer(source="match.parts", many=True)

    def get_name(self, ranked: ranking.Ranked) -> str:
        return ranking.name_for(ranked.resume, self.context["user"])


class OpeningSerializer(serializers.Serializer[Any]):
    """As a ranked candidate, from the other side."""

    vacancy_id = serializers.IntegerField(source="vacancy.pk")
    title = serializers.CharField(source="vacancy.title")
    company_name = serializers.CharField(source="vacancy.company_name")
    position_type = serializers.CharField(source="vacancy.position_type")
    total = serializers.FloatField(source="match.total")
    requirements = PartSerializer(source="match.parts", many=True)
