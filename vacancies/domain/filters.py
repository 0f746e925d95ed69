"""Narrowing a list of vacancies."""

from typing import Any

from django.db.models import Q, QuerySet

from vacancies.models import Vacancy

ORDERINGS = ("updated_at", "created_at", "title", "status")


def narrow(vacancies: QuerySet[Vacancy], wanted: dict[str, Any]) -> QuerySet[Vacancy]:
    """Vacancies that fit all of `wanted`: status, position_type, language, search; in the order it names."""
    for name in ("status", "position_type", "language"):
        if wanted.get(name):
            vacancies = vacancies.filter(**{name: wanted[name]})
    for word in wanted.get("search", "").split()[:10]:
        vacancies = vacancies.filter(_contains(word))
    ordering = wanted.get("ordering", "")
    chosen = ordering if ordering.removeprefix("-") in ORDERINGS else "-updated_at"
    return vacancies.order_by(chosen, "-id")


def _contains(word: str) -> Q:
    """In one of the texts. SQLite ignores case for English only, hence the spellings."""
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    fields = ("title", "company_name", "description")
    return Q(*((f"{field}__icontains", one) for field in fields for one in spellings), _connector=Q.OR)
