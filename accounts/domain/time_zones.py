"""In which time zone a person reads."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(user: Any) -> ZoneInfo | None:
    """The zone that a person signed in has chosen; None for anybody else, and for a name that is no zone."""
    name = user.time_zone if user is not None and user.is_authenticated else ""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the admin takes any text; "../" and folders raise others
        return None
