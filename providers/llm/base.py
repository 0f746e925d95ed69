"""What a language model is: the public methods keep limits, the vendor class asks."""

import asyncio
import json
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from providers.base import BadInputError, ProviderError, UnavailableError

ATTEMPTS = 2
PAUSE_S = 1.0
LEAST_S = 1.0  # with less time left nobody is asked
MOST_STREAMED = 8_000  # characters of an answer that is read while it is written
REST_S = 30.0  # after FAILURES running that may pass nobody waits for the same again
FAILURES = 3


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


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a request and of its answer, as the server counts them."""

    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer that is read while it is written may take: to its first piece, between two, in all."""

    first_s: float = 1.5
    gap_s: float = 1.5
    whole_s: float = 15.0


class Resting(UnavailableError):
    """The model failed a moment ago and was not asked."""


class LanguageModel(ABC):
    """Answers in JSON. Neither requests nor answers get into a log or an error."""

    name: str
    capabilities: Capabilities

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        rest_s: float = REST_S,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._rest_s = rest_s
        self._failures = 0
        self._rests_until = 0.0

    def structured(self, request: Request, deadline_s: float) -> dict[str, Any]:
        """A JSON object, which may still break the schema: servers differ in how they keep to it.

        Tries again once what may pass. Takes at most `deadline_s` in all, and the time-out of one read. Raises
        BadInputError for a request that is too long, ProviderError for the rest.
        """
        self._check(request)
        until = self._clock() + deadline_s
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _object(self._answer(request, until - self._clock()), self.name)
            except ProviderError as error:
                if attempt == ATTEMPTS or not error.retryable or until - self._clock() < PAUSE_S + LEAST_S:
                    raise
                self._sleep(PAUSE_S)
        raise AssertionError("every attempt returns or raises")

    async def warm(self) -> None:  # noqa: B027  # most have nothing to get ready
        """Get ready, in the event loop that will ask, what the first request would wait for. Touches no network."""

    async def stream(self, request: Request, patience: Patience) -> AsyncGenerator[str | Usage, None]:
        """The answer's text (of a JSON object) in pieces as it is written, and a Usage where the server counts.

        Not tried again; after three failures running that may pass the model rests for 30 s of the loop's time. Raises
        BadInputError for a request that is too long, Resting, ProviderError for the rest: an answer that is late,
        empty, endless or broken off is an error too, when its first pieces are out already.
        """
        self._check(request)
        loop = asyncio.get_running_loop()
        if loop.time() < self._rests_until:
            raise Resting(f"{self.name} rests after a failure.")
        try:
            async with aclosing(self._watched(request, patience)) as pieces:
                async for piece in pieces:
                    yield piece
            self._failures = 0
        except ProviderError as error:
            self._failed(loop.time(), error)
            raise

    def _failed(self, now: float, error: ProviderError) -> None:
        """One failure may be chance. After a rest, one more is enough for the next."""
        self._failures += error.retryable
        if self._failures >= FAILURES:
            self._failures, self._rests_until = FAILURES - 1, now + self._rest_s

    async def _watched(self, request: Request, patience: Patience) -> AsyncGenerator[str | Usage, None]:
        loop, length = asyncio.get_running_loop(), 0
        until = loop.time() + patience.whole_s
        async with aclosing(self._stream(request, patience.whole_s)) as pieces:
            while (piece := await self._next(pieces, patience, until - loop.time(), begun=length > 0)) is not None:
                length += len(piece) if isinstance(piece, str) else 0
                if length > MOST_STREAMED:
                    raise ProviderError(f"{self.name} answered too much.", retryable=False)
                if piece:
                    yield piece
        if not length:
            raise ProviderError(f"{self.name} answered nothing.", retryable=True)

    async def _next(
        self, pieces: AsyncGenerator[str | Usage, None], patience: Patience, left_s: float, *, begun: bool
    ) -> str | Usage | None:
        wait_s = patience.gap_s if begun else patience.first_s
        try:
            async with asyncio.timeout(max(0.0, min(wait_s, left_s))):
                return await anext(pieces, None)
        except TimeoutError as error:
            raise ProviderError(f"{self.name} did not answer in time.", retryable=True) from error

    def _check(self, request: Request) -> None:
        if len(request.rules) + len(request.data) > self.capabilities.most_chars:
            raise BadInputError("The request is too long for the model.", code="too_long")

    @abstractmethod
    def _answer(self, request: Request, timeout_s: float) -> str:
        """The answer's text, within `timeout_s`. Raises ProviderError."""

    async def _stream(self, request: Request, timeout_s: float) -> AsyncGenerator[str | Usage, None]:
        """The answer's text in pieces, and a Usage; all at once where the vendor does not stream. Raises ProviderError.

        Whoever cancels it has nothing to clean up.
        """
        yield await asyncio.to_thread(self._answer, request, timeout_s)


def _object(answer: str, name: str) -> dict[str, Any]:
    """Raises ProviderError for anything but a JSON object. Its parser's own error would quote the answer."""
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise ProviderError(f"{name} answered something else than a JSON object.", retryable=False)
    return value
