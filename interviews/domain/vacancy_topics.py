"""What of a vacancy is worth a question to one candidate. Its words are data, cleaned and cut like a resume's."""

from typing import Any

from interviews.domain import resume_topics
from interviews.domain.resume_topics import Topic
from resumes.models import Resume
from vacancies.domain.requirements import Need, NeedKind, understand
from vacancies.domain.showing import Shown
from vacancies.models import Vacancy

LONGEST = 100  # of a requirement in a question, which is spoken
TALKED_ABOUT = {NeedKind.SKILL, NeedKind.YEARS, NeedKind.OTHER}  # a degree that the resume shows is no question


def choose(vacancy: Vacancy, resume: Resume | None, limit: int) -> list[Topic]:
    """At most `limit` requirements: musts first, heavy ones first, of equals what the resume does not show.

    `kind` of a topic is `unshown`, or `shown` where the resume shows it.
    """
    candidate = Shown(resume) if resume else None
    rows = [row for row in vacancy.requirements if resume_topics.clean(row.get("text"), LONGEST)]
    asked = [(row, *_topic(row, understand(row["text"], vacancy.language), candidate)) for row in rows]
    kept = [(row, topic) for row, topic, worth in asked if worth]
    kept.sort(key=lambda one: _rank(*one))
    return [topic for _row, topic in kept][:limit]


def _topic(row: dict[str, Any], need: Need, candidate: Shown | None) -> tuple[Topic, bool]:
    shown = candidate is not None and candidate.shows(need)
    values = {"requirement": resume_topics.clean(row["text"], LONGEST)}
    return Topic("shown" if shown else "unshown", values), not shown or need.kind in TALKED_ABOUT


def _rank(row: dict[str, Any], topic: Topic) -> tuple[bool, float, bool]:
    """Sorting is stable: equals keep the vacancy's order."""
    return row.get("kind") != "must", -float(row.get("weight") or 0), topic.kind == "shown"
