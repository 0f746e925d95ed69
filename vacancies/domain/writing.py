"""How vacancies come about and change, with the limits of their requirements."""

from typing import Any

from django.db import transaction

from accounts.models import User
from vacancies.domain import lifecycle
from vacancies.models import Status, Vacancy

KINDS = ("must", "nice")
WEIGHTS: dict[str, float] = {"must": 3, "nice": 1}
MOST_REQUIREMENTS = 50
MOST_TEXT = 500
LEAST_WEIGHT, MOST_WEIGHT = 0.1, 100.0
MOST_DESCRIPTION = 20_000


def requirement(text: str, kind: str = "must", weight: float | None = None) -> dict[str, Any]:
    """A row of `Vacancy.requirements`: white space made single, the kind's own weight where none is given."""
    return {"text": " ".join(text.split())[:MOST_TEXT], "kind": kind, "weight": weight or WEIGHTS[kind]}


@transaction.atomic
def create(by: User, fields: dict[str, Any]) -> Vacancy:
    """A new vacancy of validated `fields`; `status` may be `closed` at once."""
    managers, status = fields.pop("managers", []), fields.pop("status", Status.OPEN)
    vacancy = Vacancy.objects.create(created_by=by, **fields)
    vacancy.managers.set(managers)
    lifecycle.reach(vacancy, status, by)
    return vacancy


@transaction.atomic
def change(vacancy: Vacancy, by: User, fields: dict[str, Any]) -> None:
    """Store validated `fields`. Raises lifecycle.Superseded."""
    managers, status = fields.pop("managers", None), fields.pop("status", vacancy.status)
    for name, value in fields.items():
        setattr(vacancy, name, value)
    vacancy.save(update_fields=[*fields, "updated_at"])
    if managers is not None:
        vacancy.managers.set(managers)
    lifecycle.reach(vacancy, status, by)
