"""What a language model is: the public method keeps limits, the vendor class asks."""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from providers.base import BadInputError, ProviderError

ATTEMPTS = 2
PAUSE_S = 1.0
LEAST_S = 1.0  # with less time left nobody is asked


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`most_chars`: what a request may hold; `local`: it needs no network."""

    most_chars: int
    local: bool


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the rules, the data, and the JSON schema of the answer. Its words stay out of its `repr`."""

    rules: str = field(repr=False)
    data: str = field(repr=False)
    name: str
    schema: dict[str, Any] = field(repr=False)


class LanguageModel(ABC):
    """Answers in JSON. Neither requests nor answers get into a log or an error."""

    name: str
    capabilities: Capabilities

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep

    def structured(self, request: Request, deadline_s: float) -> dict[str, Any]:
        """A JSON object, which may still break the schema: servers differ in how they keep to it.

        Tries again once what may pass. Takes at most `deadline_s` in all, and the time-out of one read. Raises
        BadInputError for a request that is too long, ProviderError for the rest.
        """
        if len(request.rules) + len(request.data) > self.capabilities.most_chars:
            raise BadInputError("The request is too long for the model.", code="too_long")
        until = self._clock() + deadline_s
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _object(self._answer(request, until - self._clock()), self.name)
            except ProviderError as error:
                if attempt == ATTEMPTS or not error.retryable or until - self._clock() < PAUSE_S + LEAST_S:
                    raise
                self._sleep(PAUSE_S)
        raise AssertionError("every attempt returns or raises")

    @abstractmethod
    def _answer(self, request: Request, timeout_s: float) -> str:
        """The answer's text, within `timeout_s`. Raises ProviderError."""


def _object(answer: str, name: str) -> dict[str, Any]:
    """Raises ProviderError for anything but a JSON object. Its parser's own error would quote the answer."""
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ProviderError(f"{name} answered something else than a JSON object.", retryable=False)
    return value
