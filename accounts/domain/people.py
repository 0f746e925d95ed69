"""Making people: candidates who sign up, and the demo accounts of a new installation."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.domain.languages import normalise
from accounts.models import Role, User

TAKEN = _("An account with this e-mail exists. Sign in instead.")
DEMO = {
    Role.CANDIDATE: ("candidate@example.com", "Alex Morgan"),
    Role.RECRUITER: ("recruiter@example.com", "Robin Reyes"),
    Role.ADMINISTRATOR: ("admin@example.com", "Sam Park"),
}


class EmailTaken(Exception):
    """Somebody has registered with this address meanwhile."""


def register(email: str, password: str, name: str = "", language: str = "") -> User:
    """A new candidate: nobody signs up as anything else. Raises EmailTaken."""
    with unique_email():
        return User.objects.create_user(email, password, name=name, language=normalise(language), role=Role.CANDIDATE)


def choose_language(user: User, language: str) -> None:
    """What the person reads from now on; `language` as `normalise` spells it."""
    User.objects.filter(pk=user.pk).update(language=language)


@contextmanager
def unique_email() -> Iterator[None]:
    """Of two who register one address at once the database lets one through; the other gets EmailTaken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise EmailTaken from error


def email_taken(email: str) -> bool:
    return User.objects.filter(email=User.objects.normalise(email)).exists()


@transaction.atomic
def make_demo_accounts(path: Path) -> list[tuple[str, str, str]]:
    """`(role, e-mail, password)` of the demo accounts, made once; `path` keeps the passwords, mode 0600."""
    known = read_passwords(path)
    rows = []
    for role, (email, name) in DEMO.items():
        password = known.get(email) or secrets.token_urlsafe(9)
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, None, name=name, role=role)
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
        rows.append((role.value, email, password))
    write_passwords(path, rows)
    return rows


def read_passwords(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    columns = (line.split("\t") for line in path.read_text().splitlines() if line)
    return {email: password for _role, email, password in columns}


def write_passwords(path: Path, rows: list[tuple[str, str, str]]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)
