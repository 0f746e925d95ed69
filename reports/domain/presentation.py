"""A report as pages show it: labels beside numbers, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.domain import remarks
from reports.models import Criterion, Report


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion: `score` is None where it could not be told."""

    label: str
    score: int | None
    quotes: list[dict[str, Any]]


def rows(report: Report) -> list[Row]:
    return [
        Row(str(criterion.label), report.scores.get(criterion.value), quotes(report, criterion))
        for criterion in Criterion
    ]


def quotes(report: Report, criterion: Criterion) -> list[dict[str, Any]]:
    """The evidence with `at`, the time at which it was heard: empty for what was not said aloud, which has none."""
    return [{**worded(row), "at": heard_at(row)} for row in report.evidence.get(criterion.value, [])]


def evidence(report: Report) -> dict[str, list[dict[str, Any]]]:
    return {criterion: [worded(row) for row in rows] for criterion, rows in report.evidence.items()}


def worded(row: dict[str, Any]) -> dict[str, Any]:
    """What the tests found in the reader's language; what somebody said stays as it was said."""
    if row.get("source") != "tests":
        return row
    counts = {"passed": row["passed"], "total": row["total"]}
    return {**row, "quote": _("Solution: %(passed)s of %(total)s hidden tests passed") % counts}


def heard_at(row: dict[str, Any]) -> str:
    seconds = row["start_ms"] // 1000
    return "" if row.get("source") in {"text", "tests"} else f"{seconds // 60}:{seconds % 60:02d}"


def remark_lists(report: Report) -> dict[str, list[str]]:
    return {
        kind: [remarks.sentence(remark) for remark in report.remarks.get(kind, [])]
        for kind in ("strengths", "concerns")
    }


def context(report: Report | None) -> dict[str, Any]:
    if report is None or report.status != Report.Status.READY:
        return {"report": report}
    return {"report": report, "rows": rows(report), **remark_lists(report)}
