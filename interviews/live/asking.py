"""Asking the interviewer what comes next: first what it decided, then its words as they are written."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from interviews.coding.follow_ups.about import About
from interviews.domain import exchanges
from interviews.domain.interviewer.drafts import Choice
from interviews.live import code_reading, records
from interviews.live.authoring import Author
from interviews.live.store import Store
from interviews.live.telemetry import TurnMarks
from providers.llm.base import LanguageModel


@dataclass(frozen=True, slots=True)
class Decided:
    """What comes next: `kind` is question, follow_up, or empty where nothing more is asked and no words follow.

    `key` is the planned question's; a follow-up's is that of its question and what it asks about, joined by a plus.
    """

    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """What asking needs: the door to the database, the language model where there is one, and who counts its tokens."""

    store: Store
    model: LanguageModel | None = None
    marks: TurnMarks | None = None


async def ask(
    means: Means, interview_id: int, question_number: int, answer: str, *, speculative: bool = False
) -> AsyncGenerator[Decided | str, None]:
    """Yield one `Decided`, then the words in pieces that make one text when joined.

    `question_number` is that of the question just answered, 0 after the introduction; in the code phase the questions
    are about what was handed in. `speculative`: the answer may go on, and what comes may be dropped at any moment.
    Raises Superseded; a fault of the model is not the caller's: within 2 s the offline interviewer speaks in its place.
    """
    time = asyncio.get_running_loop().time
    found = await means.store.read(records.situation, interview_id, question_number, answer)
    read_from = time()
    situation = await code_reading.situation(found) if isinstance(found, About) else found
    if means.model is None or not situation.open:
        yield Decided(situation.step.kind, situation.step.key)
        if situation.step.text:
            yield situation.step.text
        return
    author = Author(means.model, situation, speculative=speculative, late_s=time() - read_from)
    async with aclosing(_written(means, author)) as parts:
        async for part in parts:
            yield Decided(part.kind, part.key) if isinstance(part, Choice) else part


async def _written(means: Means, author: Author) -> AsyncGenerator[Choice | str, None]:
    try:
        async with aclosing(author.parts()) as parts:
            async for part in parts:
                yield part
    finally:
        if author.record.asked:
            _keep(means, author)


def _keep(means: Means, author: Author) -> None:
    """Neither the reply nor a cancelled one waits for it."""
    exchange = author.exchange()
    means.store.later(exchanges.keep, exchange)
    if means.marks is not None and exchange.tokens_in is not None:
        means.marks.usage(exchange.tokens_in, exchange.tokens_out, exchange.cost)
