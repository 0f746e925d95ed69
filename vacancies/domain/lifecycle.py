"""The one place where a vacancy's status changes: a table, a compare-and-set, a history row."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from vacancies.models import Status, Vacancy, VacancyStatusChange

TRANSITIONS: dict[str, frozenset[str]] = {
    Status.OPEN: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset({Status.OPEN}),
}


class IllegalTransition(Exception):
    """The table has no such step."""


class Superseded(Exception):
    """Somebody else changed the status first; nothing was written."""


def move(vacancy: Vacancy, to: str, by: User | None, reason: str = "") -> None:
    """Close an open vacancy or reopen a closed one; interviews that have begun go on. `reason`: 200 characters.

    Raises IllegalTransition, Superseded.
    """
    before = vacancy.status
    if to not in TRANSITIONS[before]:
        raise IllegalTransition(f"{before} -> {to}")
    now = timezone.now()
    with transaction.atomic():
        row = Vacancy.objects.filter(pk=vacancy.pk, status=before)
        if not row.update(status=to, updated_at=now):
            raise Superseded(f"vacancy {vacancy.pk} is no longer {before}")
        VacancyStatusChange.objects.create(vacancy=vacancy, before=before, after=to, by=by, reason=reason)
    vacancy.status, vacancy.updated_at = to, now


def reach(vacancy: Vacancy, to: str, by: User | None, reason: str = "") -> None:
    """As `move`, or nothing where the vacancy is there already. Raises Superseded."""
    if vacancy.status != to:
        move(vacancy, to, by, reason)
