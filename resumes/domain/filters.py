"""Narrowing a list of resumes."""

from typing import Any

from django.db.models import Q, QuerySet

from resumes.domain.parser.skills import key_of
from resumes.models import Resume

ORDERINGS = ("updated_at", "created_at", "name", "years", "status")


def narrow(resumes: QuerySet[Resume], wanted: dict[str, Any]) -> QuerySet[Resume]:
    """Resumes that fit all of `wanted`: status, skill (a list, all of them), position, language, years_min, search."""
    for skill in wanted.get("skill", []):
        resumes = resumes.filter(skills__key=key_of(skill))
    if status := wanted.get("status"):
        resumes = resumes.filter(status=status)
    if language := wanted.get("language"):
        resumes = resumes.filter(language=language)
    if wanted.get("years_min") is not None:
        resumes = resumes.filter(years__gte=wanted["years_min"])
    if position := wanted.get("position"):
        resumes = resumes.filter(_contains(position, "expected_position"))
    if words := wanted.get("search"):
        resumes = resumes.filter(_contains(words, "name", "expected_position", "text"))
    return resumes.order_by(*_ordering(wanted.get("ordering", "")))


def _contains(words: str, *fields: str) -> Q:
    """Every word occurs in one of the fields. SQLite ignores case for English only, hence the spellings."""
    condition = Q()
    for word in words.split()[:10]:
        spellings = {word, word.lower(), word.upper(), word.capitalize()}
        condition &= Q(
            *((f"{field}__icontains", spelling) for field in fields for spelling in spellings), _connector=Q.OR
        )
    return condition


def _ordering(name: str) -> tuple[str, ...]:
    bare = name.removeprefix("-")
    return (name, "-id") if bare in ORDERINGS else ("-updated_at", "-id")
