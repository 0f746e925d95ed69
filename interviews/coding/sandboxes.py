"""Which sandbox runs candidates' programs, as the settings name it."""

from functools import cache
from typing import Any

from django.conf import settings

from providers.sandbox import bubblewrap
from providers.sandbox.base import NoSandbox, Sandbox
from providers.sandbox.piston import Piston

NO_URL = "Programs cannot be run: SANDBOX is set to piston, and PISTON_URL names none."
SWITCHED_OFF = "Programs are not run here: SANDBOX is set to none."


def current() -> Sandbox:
    """`auto`: the runner at PISTON_URL where one is named, else bubblewrap where it works, else none, with its reason.

    The first call in a process starts a tiny program in bubblewrap, which takes some 100 ms.
    """
    return _chosen(settings.SANDBOX, settings.PISTON_URL)


@cache
def _chosen(kind: str, url: str) -> Sandbox:
    if kind == "none":
        return NoSandbox(SWITCHED_OFF)
    if kind == "piston" or (kind == "auto" and url):
        return Piston(url) if url else NoSandbox(NO_URL)
    return bubblewrap.detect()


def status() -> dict[str, Any]:
    """What runs candidates' programs, for `GET /api/ai/models/status`."""
    sandbox = current()
    languages = sandbox.languages()  # first: a runner that is away is found to be so
    detail = sandbox.reason or ", ".join(f"{one.label} {one.version}" for one in languages.values())
    return {"provider": sandbox.name, "loaded": True, "ready": not sandbox.reason, "detail": detail}
