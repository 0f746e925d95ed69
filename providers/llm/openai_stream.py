"""Chat completions read while they are written, by OpenAI or a server that speaks its protocol."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeGuard

from openai import AsyncOpenAI
from openai.resources.chat import AsyncCompletions

from providers.base import ProviderError
from providers.llm.base import Usage
from providers.openai_client import client, translated

WHAT = "The language model"
MOST_TOKENS = 5_000_000  # of one request; more is no count


class ChatStreams:
    """Streams of one server. Its connections belong to an event loop: each loop has a client of its own."""

    def __init__(self, api_key: str, base_url: str, read_s: float) -> None:
        self._api_key = api_key
        self._base_url = base_url
        self._read_s = read_s
        self._client: AsyncOpenAI | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def pieces(self, fields: dict[str, Any], timeout_s: float) -> AsyncGenerator[str | Usage, None]:
        """The words of the first choice, and the usage where the server tells it. Raises ProviderError."""
        finish: str | None = None
        with translated(WHAT):
            try:
                stream = await self.connect().create(**fields, stream=True, timeout=timeout_s)
                async with stream, aclosing(_chunks(stream)) as chunks:
                    async for words, finish_reason, usage in chunks:
                        finish = finish_reason or finish
                        if words:
                            yield words
                        if usage is not None:
                            yield usage
            except (ValueError, LookupError, TypeError, AttributeError) as error:  # not a stream of completions
                raise ProviderError(f"{WHAT} answered something else than a completion.", retryable=False) from error
        if finish != "stop":
            raise ProviderError(f"{WHAT} broke off.", retryable=True)

    def connect(self) -> AsyncCompletions:
        """Of this event loop."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            # Who waits for a stream has no time for a second attempt.
            self._client, self._loop = client(self._api_key, self._base_url, self._read_s, retries=0), loop
        return self._client.chat.completions


async def _chunks(stream: Any) -> AsyncGenerator[tuple[str, str | None, Usage | None], None]:
    """Words, why the answer ended, and usage, each where a chunk has it."""
    async for chunk in stream:
        counted = _usage(getattr(chunk, "usage", None))
        if not chunk.choices:
            yield "", None, counted
            continue
        choice = chunk.choices[0]
        yield choice.delta.content or "", choice.finish_reason, counted


def _usage(given: Any) -> Usage | None:
    """None where the server counts strangely: that costs nobody an answer."""
    tokens_in, tokens_out = getattr(given, "prompt_tokens", None), getattr(given, "completion_tokens", None)
    return Usage(tokens_in, tokens_out) if _is_count(tokens_in) and _is_count(tokens_out) else None


def _is_count(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 <= value <= MOST_TOKENS
