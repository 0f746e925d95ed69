"""What `serve` knows about itself, for `/readyz/`."""

import threading

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
