"""What every kind of provider shares: its errors, its capabilities and the news that a fallback took over."""

import re
from collections.abc import Callable
from dataclasses import dataclass


class ProviderError(Exception):
    """An engine could not do its work. `retryable` says whether the same call may succeed a little later."""

    def __init__(self, message: str, *, retryable: bool) -> None:
        super().__init__(message)
        self.retryable = retryable


class UnavailableError(ProviderError):
    """The engine cannot run here: a package, a model or a key is missing. The message says how to get it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, retryable=False)


class BadInputError(ProviderError, ValueError):
    """What was given cannot be processed by any engine.

    `code` is a stable machine word (`empty`, `too_long`, `too_large`, `no_audio`, `unreadable`, `silent`, `too_slow`,
    `too_heavy`); the message is English, for a person, and says what to do.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message, retryable=False)
        self.code = code


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do. `languages` holds our codes (en, zh-hans, ru, ko)."""

    name: str
    languages: frozenset[str]
    streaming: bool
    local: bool


@dataclass(frozen=True, slots=True)
class FallbackNotice:
    """One engine failed and another took over. Carries no words of anybody: it goes into logs and telemetry."""

    kind: str  # "stt" or "tts"
    failed: str
    chosen: str
    reason: str


OnFallback = Callable[[FallbackNotice], None]

LANGUAGES = frozenset({"en", "zh-hans", "ru", "ko"})
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL refuses NUL, UTF-8 halves of a surrogate pair
