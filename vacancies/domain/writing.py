"""How vacancies come about and change, with the limits of their requirements."""

from datetime import datetime
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
    managers, status, reason = fields.pop("managers", []), fields.pop("status", Status.OPEN), fields.pop("reason", "")
    vacancy = Vacancy.objects.create(created_by=by, **fields)
    vacancy.managers.set(managers)
    lifecycle.reach(vacancy, status, by, reason)
    return vacancy


@transaction.atomic
def change(vacancy: Vacancy, by: User, fields: dict[str, Any], seen: datetime | None = None) -> None:
    """Store validated `fields`. `seen` is the `updated_at` that the person began from. Raises lifecycle.Superseded."""
    hold(vacancy.pk, seen)
    managers, status = fields.pop("managers", None), fields.pop("status", vacancy.status)
    reason = fields.pop("reason", "")
    for name, value in fields.items():
        setattr(vacancy, name, value)
    vacancy.save(update_fields=[*fields, "updated_at"])
    if managers is not None:
        vacancy.managers.set(managers)
    lifecycle.reach(vacancy, status, by, reason)


def hold(vacancy_id: int, seen: datetime | None) -> None:
    """Keep others from changing the vacancy until the transaction ends.

    Raises lifecycle.Superseded where somebody has changed it since `seen`; None asks nothing.
    """
    row = Vacancy.objects.select_for_update().filter(pk=vacancy_id).values_list("updated_at", flat=True)
    if seen is not None and list(row) != [seen]:
        raise lifecycle.Superseded(f"vacancy {vacancy_id} was changed after {seen}")
