"""A language model that says what a script tells it to: for tests and for the benchmarks."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from providers.base import ProviderError
from providers.llm.base import Capabilities, LanguageModel, Request, Usage

TOKEN = re.compile(r"\s*\S{1,4}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model makes of one request.

    `first_ms` pass before its first token, `token_ms` before each further one; `error` comes after the last of them.
    """

    text: str = ""
    first_ms: int = 0
    token_ms: int = 0
    error: ProviderError | None = None
    usage: Usage | None = None


Script = Sequence[str | Reply] | Callable[[Request], str | Reply]


class ScriptedLanguageModel(LanguageModel):
    """Gives the n-th request the n-th reply, and from the last on that one; or what a function makes of the request.

    `wait(seconds)` can be replaced by a virtual clock. `requests` holds all that was asked, `cancelled` counts answers
    that were given up before their end.
    """

    capabilities = Capabilities(most_chars=100_000, local=True)

    def __init__(
        self,
        script: Script,
        *,
        name: str = "scripted",
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
        **clock: Any,
    ) -> None:
        super().__init__(**clock)
        self.name = name
        self.requests: list[Request] = []
        self.cancelled = 0
        self._script = script
        self._wait = wait

    def _answer(self, request: Request, timeout_s: float) -> str:
        reply = self._reply(request)
        if reply.error is not None:
            raise reply.error
        return reply.text

    async def _stream(self, request: Request, timeout_s: float) -> AsyncGenerator[str | Usage, None]:
        reply, whole = self._reply(request), False
        try:
            await self._wait(reply.first_ms / 1000)
            for number, token in enumerate(_tokens(reply.text)):
                if number and reply.token_ms:
                    await self._wait(reply.token_ms / 1000)
                yield token
            whole = True
        finally:
            self.cancelled += not whole
        if reply.error is not None:
            raise reply.error
        if reply.usage is not None:
            yield reply.usage

    def _reply(self, request: Request) -> Reply:
        number = len(self.requests)
        self.requests.append(request)
        made = self._script(request) if callable(self._script) else self._script[min(number, len(self._script) - 1)]
        return made if isinstance(made, Reply) else Reply(made)


def decision(words: str, *, next_: str = "question") -> str:
    """An answer as the interviewer wants it; `next_` is question (the planned one), question_2, follow_up or end."""
    return json.dumps({"next": next_, "words": words}, ensure_ascii=False)


def _tokens(text: str) -> list[str]:
    """Whatever it is cut into, together it is the text."""
    tokens = TOKEN.findall(text)
    return [*tokens, text[sum(map(len, tokens)) :]] if sum(map(len, tokens)) < len(text) else tokens
