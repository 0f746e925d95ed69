"""What a person agreed to: rows are only added, the newest of a kind holds."""

from accounts.models import Consent, ConsentKind, User

# Shown beside each text; a new wording gets a new version.
VERSION = "2026-11"


def record(user: User, kind: str, granted: bool) -> Consent:
    return Consent.objects.create(user=user, kind=kind, granted=granted, version=VERSION)


def granted(user: User, kind: str) -> bool:
    newest = (
        Consent.objects.filter(user=user, kind=kind).order_by("-created_at", "-id").values_list("granted", flat=True)
    )
    return bool(newest.first())


def overview(user: User) -> dict[str, bool]:
    """`{kind: granted}` for every kind; one query."""
    rows = Consent.objects.filter(user=user).order_by("created_at", "id").values_list("kind", "granted")
    return dict.fromkeys(ConsentKind.values, False) | dict(rows)
