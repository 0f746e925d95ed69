"""Typed readers of environment variables that fail loudly, naming the variable and the fix."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """An empty value is no value: containers and makefiles pass on what nobody set."""
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool = False) -> bool:
    value = text(name, str(default)).lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is not a yes or no: set it to 1 or 0.")


def number(name: str, default: float, *, least: float = 0, most: float = 1e9) -> float:
    value = os.environ.get(name, "").strip() or str(default)
    try:
        parsed = float(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a number: set it to one.") from None
    if not least <= parsed <= most:
        raise ImproperlyConfigured(f"{name}={value} is out of range: set it from {least:g} to {most:g}.")
    return parsed


def integer(name: str, default: int, *, least: int = 0, most: int = 1_000_000_000) -> int:
    value = number(name, default, least=least, most=most)
    if value != int(value):
        raise ImproperlyConfigured(f"{name}={value} is not a whole number: set it to one.")
    return int(value)


def listing(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is unknown: set it to one of {', '.join(allowed)}.")
    return value


def url(name: str, schemes: tuple[str, ...], default: str = "") -> str:
    """A URL without a SQLAlchemy driver suffix: `postgresql+asyncpg://` is read as `postgresql://`."""
    value = text(name, default)
    if not value:
        return ""
    scheme = urlsplit(value).scheme
    plain = scheme.split("+")[0]
    if plain not in schemes:
        # The value may hold a password: only its scheme is named.
        raise ImproperlyConfigured(f"{name} begins with {scheme!r}: it must be one of {', '.join(schemes)}.")
    return plain + value[len(scheme) :]


def secret_key(folder: Path) -> str:
    """SECRET_KEY, or one generated once into the data folder, readable by its owner only."""
    if value := text("SECRET_KEY"):
        return value
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(value := secrets.token_urlsafe(50))
    return value
