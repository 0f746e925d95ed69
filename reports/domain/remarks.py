"""Strengths and concerns: stored as codes and numbers, worded in each reader's language."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.domain.dialogue import Dialogue
from reports.domain.scoring import Verdict
from reports.models import Criterion

STRONG, WEAK = 75, 45
Remark = dict[str, Any]


def find(dialogue: Dialogue, verdict: Verdict) -> dict[str, list[Remark]]:
    strengths = [about(name, score) for name, score in verdict.scores.items() if score is not None and score >= STRONG]
    concerns = [about(name, score) for name, score in verdict.scores.items() if score is not None and score < WEAK]
    concerns += [{"code": "unknown", "criterion": name} for name, score in verdict.scores.items() if score is None]
    covered = [point for answer in dialogue.answers for point in answer.analysis.covered]
    missing = [
        point for answer in dialogue.answers if answer.outcome == "answered" for point in answer.analysis.missing
    ]
    strengths += [{"code": "covered", "points": covered[:5]}] if covered else []
    concerns += [{"code": "missing", "points": missing[:5]}] if missing else []
    concerns += unanswered(dialogue)
    return {"strengths": strengths, "concerns": concerns}


def about(criterion: str, score: int) -> Remark:
    return {"code": "score", "criterion": criterion, "score": score}


def unanswered(dialogue: Dialogue) -> list[Remark]:
    count = sum(answer.outcome in ("skipped", "silent") for answer in dialogue.answers)
    return [{"code": "unanswered", "count": count}] if count else []


def sentence(remark: Remark) -> str:
    match remark:
        case {"code": "score", "criterion": criterion, "score": score}:
            return _("%(criterion)s: %(score)d of 100") % {"criterion": Criterion(criterion).label, "score": score}
        case {"code": "unknown", "criterion": criterion}:
            return _("%(criterion)s: too little was said to tell") % {"criterion": Criterion(criterion).label}
        case {"code": "covered", "points": points}:
            return _("Mentioned: %(points)s") % {"points": " · ".join(points)}
        case {"code": "missing", "points": points}:
            return _("Not mentioned: %(points)s") % {"points": " · ".join(points)}
        case {"code": "unanswered", "count": count}:
            return ngettext("%(count)d question was not answered", "%(count)d questions were not answered", count) % {
                "count": count
            }
    return ""
