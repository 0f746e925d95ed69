"""Answers by OpenAI or any server that speaks its chat completions."""

import json
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import httpx2

from providers.base import ProviderError
from providers.llm.base import Capabilities, LanguageModel, Request, Usage
from providers.llm.openai_stream import WHAT, ChatStreams
from providers.openai_client import blocking_client, translated

READ_S = 30.0  # for a server that has nothing to say; one that speaks has until the deadline
MOST_BYTES = 1024 * 1024


class OpenAILanguageModel(LanguageModel):
    """`model` as the server names it. A server that knows no JSON schema is asked for any JSON object."""

    capabilities = Capabilities(most_chars=100_000, local=False)

    def __init__(self, api_key: str, model: str, *, base_url: str = "", read_s: float = READ_S, **clock: Any) -> None:
        super().__init__(**clock)
        self.name = model
        self._read_s = read_s
        self._client = blocking_client(api_key, base_url, read_s)
        self._streams = ChatStreams(api_key, base_url, read_s)
        self._knows_schemas = True

    def _answer(self, request: Request, timeout_s: float) -> str:
        until = time.monotonic() + timeout_s
        if self._knows_schemas:
            try:
                return self._asked(request, until, with_schema=True)
            except ProviderError as error:
                if not _is_refusal(error):
                    raise
        answer = self._asked(request, until, with_schema=False)
        self._knows_schemas = False
        return answer

    async def warm(self) -> None:
        self._streams.connect()

    async def _stream(self, request: Request, timeout_s: float) -> AsyncGenerator[str | Usage, None]:
        """A server that refuses schemas or counting is asked again without them, and from then on."""
        if self._knows_schemas:
            try:
                fields = self._fields(request, with_schema=True) | {"stream_options": {"include_usage": True}}
                async with aclosing(self._streams.pieces(fields, timeout_s)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except ProviderError as error:
                if not _is_refusal(error):
                    raise
            self._knows_schemas = False
        async with aclosing(self._streams.pieces(self._fields(request, with_schema=False), timeout_s)) as pieces:
            async for piece in pieces:
                yield piece

    def _asked(self, request: Request, until: float, *, with_schema: bool) -> str:
        left_s = max(until - time.monotonic(), 0.1)
        with (
            translated(WHAT),
            self._client.chat.completions.with_streaming_response.create(
                **self._fields(request, with_schema=with_schema), timeout=min(left_s, self._read_s)
            ) as response,
        ):
            body = _within(response, until)
        return _text(body)

    def _fields(self, request: Request, *, with_schema: bool) -> dict[str, Any]:
        kind: dict[str, Any] = {"type": "json_object"}
        if with_schema:
            kind = {
                "type": "json_schema",
                "json_schema": {"name": request.name, "schema": request.schema, "strict": True},
            }
        rules = request.rules if with_schema else f"{request.rules}\nJSON schema: {json.dumps(request.schema)}"
        messages = [{"role": "system", "content": rules}, {"role": "user", "content": request.data}]
        return {"model": self.name, "messages": messages, "response_format": kind}


def _is_refusal(error: ProviderError) -> bool:
    """400 and 422: the server does not understand a field."""
    return getattr(error.__cause__, "status_code", None) in {400, 422}


def _within(response: Any, until: float) -> bytes:
    """A body that comes in drops, or without end, is not waited for."""
    body = bytearray()
    try:
        for piece in response.iter_bytes():
            body += piece
            if len(body) > MOST_BYTES:
                raise ProviderError(f"{WHAT} answered too much.", retryable=False)
            if time.monotonic() > until:
                raise ProviderError(f"{WHAT} did not answer in time.", retryable=True)
    except httpx2.HTTPError as error:  # the client translates errors only until the headers are there
        raise ProviderError(f"{WHAT} broke off: {type(error).__name__}.", retryable=True) from error
    return bytes(body)


def _text(body: bytes) -> str:
    """The words of the first choice. Raises ProviderError for another shape, a refusal, or half an answer."""
    try:
        choice = json.loads(body)["choices"][0]
        text, is_whole = choice["message"]["content"], choice.get("finish_reason") != "length"
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        text, is_whole = None, False
    if not isinstance(text, str) or not is_whole:
        raise ProviderError(f"{WHAT} answered something else than a completion.", retryable=False)
    return text
