"""Asking the interviewer what comes next: first what it decided, then its words as they are written."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from interviews.live import records
from interviews.live.store import Store
from providers.llm.base import LanguageModel


@dataclass(frozen=True, slots=True)
class Decided:
    """What comes next: `kind` is question, follow_up, or empty where nothing more is asked and no words follow.

    `key` is the planned question's; a follow-up's is that of its question and what it asks about, joined by a plus.
    """

    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What asking needs: the door to the database, and the language model where there is one."""

    store: Store
    model: LanguageModel | None = None


async def ask(
    house: House, interview_id: int, question_number: int, answer: str, *, speculative: bool = False
) -> AsyncGenerator[Decided | str, None]:
    """Yield one `Decided`, then the words in pieces that make one text when joined.

    `question_number` is that of the question just answered, 0 after the introduction. `speculative`: the answer may go
    on, and what comes may be dropped at any moment. Raises Superseded; a fault of the model is not the caller's.
    """
    del speculative
    situation = await house.store.run(records.situation, interview_id, question_number, answer)
    yield Decided(situation.step.kind, situation.step.key)
    if situation.step.text:
        yield situation.step.text
