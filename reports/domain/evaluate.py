"""Evaluating an interview and storing the report. Runs in a Celery task; running it twice changes nothing."""

import logging
from typing import Any

from django.db.models import F

from interviews.models import Interview, RunKind, RunStatus
from reports.domain import dialogue, evidence, remarks, scoring
from reports.models import Report

log = logging.getLogger(__name__)
EVALUATOR = {"name": "viva-offline", "model": "", "rubric_version": scoring.RUBRIC_VERSION, "prompt_version": ""}


def evaluate(interview: Interview) -> dict[str, Any]:
    """The report's values, from the interview's turns, utterances, plan and code alone."""
    read = dialogue.read(interview)
    verdict = scoring.judge(read)
    return {
        "scores": verdict.scores,
        "overall": verdict.overall,
        "recommendation": verdict.recommendation,
        "confidence": verdict.confidence,
        "remarks": remarks.find(read, verdict),
        "evidence": evidence.collect(read),
        "evaluator": EVALUATOR,
    }


def _is_being_judged(interview: Interview) -> bool:
    """Whether the solution is still run. It ends, if only by being given up, and then the report is asked for again."""
    return interview.code_runs.filter(kind=RunKind.SUBMISSION).exclude(status=RunStatus.DONE).exists()


def write_report(interview_id: int) -> None:
    """Fill the pending report of an interview; one that is not pending is left as it is, and so is one that waits for
    the tests of the solution."""
    report = (
        Report.objects.select_related("interview")
        .filter(interview_id=interview_id, status=Report.Status.PENDING)
        .first()
    )
    if report is None or _is_being_judged(report.interview):
        return
    Report.objects.filter(pk=report.pk).update(attempts=F("attempts") + 1)
    values = evaluate(report.interview)
    for name, value in values.items():
        setattr(report, name, value)
    report.status = Report.Status.READY
    report.save(update_fields=[*values, "status", "updated_at"])
    log.info("report of interview %s is ready", interview_id)
