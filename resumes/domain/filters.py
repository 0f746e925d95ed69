"""Narrowing a list of resumes."""

from typing import Any

from django.db.models import QuerySet

from resumes import fulltext
from resumes.domain import words
from resumes.domain.parser.skills import key_of
from resumes.models import Resume

ORDERINGS = ("updated_at", "created_at", "name", "years", "status")
#: What is asked of a column as it is.
CONDITIONS = {
    "status": "status",
    "language": "language",
    "years_min": "years__gte",
    "updated_after": "updated_at__gte",
    "updated_before": "updated_at__lt",
}


def narrow(resumes: QuerySet[Resume], wanted: dict[str, Any]) -> QuerySet[Resume]:
    """Resumes that fit all of `wanted`: status, skill (a list, all of them), position, language, years_min, search,
    updated_after, updated_before. Each word of `position` and `search` begins a word of theirs, in any case.
    """
    for skill in wanted.get("skill", []):
        resumes = resumes.filter(skills__key=key_of(skill))
    for name, condition in CONDITIONS.items():
        if wanted.get(name) not in {None, ""}:
            resumes = resumes.filter(**{condition: wanted[name]})
    resumes = _having(resumes, wanted.get("position", ""), words.POSITION)
    resumes = _having(resumes, wanted.get("search", ""))
    return resumes.order_by(*_ordering(wanted.get("ordering", "")))


def _having(resumes: QuerySet[Resume], text: str, prefix: str = "") -> QuerySet[Resume]:
    if not text:
        return resumes
    asked = words.asked(text, prefix)
    return resumes.filter(pk__in=fulltext.beginning(asked)) if asked else resumes.none()


def _ordering(name: str) -> tuple[str, ...]:
    bare = name.removeprefix("-")
    return (name, "-id") if bare in ORDERINGS else ("-updated_at", "-id")
