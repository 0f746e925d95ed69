"""A report as the API gives it."""

from typing import Any

from rest_framework import serializers

from reports.domain import presentation, remarks
from reports.models import Criterion, Report


class ReportSerializer(serializers.ModelSerializer[Report]):
    interview_id = serializers.CharField()
    scores = serializers.SerializerMethodField()
    strengths = serializers.SerializerMethodField()
    concerns = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = [
            "interview_id",
            "status",
            "scores",
            "overall",
            "recommendation",
            "confidence",
            "strengths",
            "concerns",
            "evidence",
            "evaluator",
            "updated_at",
        ]

    def get_scores(self, report: Report) -> dict[str, int | None]:
        return {name: report.scores.get(name) for name in Criterion.values}

    def get_strengths(self, report: Report) -> list[str]:
        return sentences(report.remarks, "strengths")

    def get_concerns(self, report: Report) -> list[str]:
        return sentences(report.remarks, "concerns")

    def get_evidence(self, report: Report) -> dict[str, list[dict[str, Any]]]:
        return presentation.evidence(report)


def sentences(found: dict[str, list[dict[str, Any]]], kind: str) -> list[str]:
    return [remarks.sentence(remark) for remark in found.get(kind, [])]
