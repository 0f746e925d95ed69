"""What `serve` knows about itself, for `/readyz/`."""

import asyncio
import threading
from contextlib import suppress

LOOK_AGAIN = 0.1  # seconds

_lock = threading.Lock()
_waiting: dict[str, str] = {}


def waits_for(part: str, reason: str) -> None:
    """Not ready until `is_up(part)`; `reason` is shown to the operator."""
    with _lock:
        _waiting[part] = reason


def is_up(part: str) -> None:
    with _lock:
        _waiting.pop(part, None)


def problem() -> str:
    """Why the workers are not ready, or an empty string (also outside `serve`, which has no workers of its own)."""
    with _lock:
        return " ".join(_waiting.values())


async def settled(patience: float) -> None:
    """Wait until nothing is waited for, at most `patience` seconds: for what can start later than the rest."""
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            while problem():  # noqa: ASYNC110  # parts are reported by several threads, once a start
                await asyncio.sleep(LOOK_AGAIN)
