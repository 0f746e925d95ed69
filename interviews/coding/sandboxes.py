"""Which sandbox runs candidates' programs, as the settings name it."""

from functools import cache
from typing import Any

from django.conf import settings

from providers.sandbox import bubblewrap
from providers.sandbox.base import NoSandbox, Sandbox

SWITCHED_OFF = "Programs are not run here: SANDBOX is set to none."


def current() -> Sandbox:
    """`auto`: bubblewrap where it works, else none, with its reason.

    The first call in a process starts a tiny program in bubblewrap, which takes some 100 ms.
    """
    return _chosen(settings.SANDBOX)


@cache
def _chosen(kind: str) -> Sandbox:
    return NoSandbox(SWITCHED_OFF) if kind == "none" else bubblewrap.detect()


def status() -> dict[str, Any]:
    """What runs candidates' programs, for `GET /api/ai/models/status`."""
    sandbox = current()
    detail = sandbox.reason or ", ".join(f"{one.label} {one.version}" for one in sandbox.languages().values())
    return {"provider": sandbox.name, "loaded": True, "ready": not sandbox.reason, "detail": detail}
