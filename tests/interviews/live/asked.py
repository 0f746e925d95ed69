"""An interview whose first question was answered, and what its interviewer says to it."""

import asyncio
import threading
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from interviews.domain import plan
from interviews.live import asking, store
from interviews.live.asking import Decided, Means
from interviews.models import Interview, ModelExchange
from providers.llm.scripted import ScriptedLanguageModel
from tests.interviews.domain.interviewer.briefs import THIN


@dataclass
class Reply:
    """`pieces` with the loop's time at which each came, counted from the asking."""

    decided: Decided = field(default_factory=Decided)
    pieces: list[tuple[float, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for _at, text in self.pieces)

    @property
    def first_s(self) -> float:
        return self.pieces[0][0]


def answered(interview: Interview, answer: str = THIN, language: str = "en", **fields: Any) -> Interview:
    """Begun, with a plan; question 1 was answered."""
    interview.language = language
    plan.store(interview, None)
    interview.status, interview.seconds_left = "active", 2_400
    for name, value in fields.items():
        setattr(interview, name, value)
    interview.save()
    rows = [("intro", "prompt", "intro_prompt", "Alice.", "", None)]
    first = interview.plan[0]
    rows.append(("question", "question", first["text"], answer, first["key"], 1))
    for number, (phase, kind, prompt, said, key, question) in enumerate(rows, 1):
        interview.turns.create(
            number=number,
            phase=phase,
            kind=kind,
            prompt=prompt,
            answer=said,
            question_key=key,
            question_number=question,
        )
    return interview


async def reply(interview: Interview, model: ScriptedLanguageModel | None, **options: Any) -> Reply:
    """Everything that comes, to the end."""
    time = asyncio.get_running_loop().time
    begun, said = time(), Reply()
    async for part in asking.ask(Means(store.default(), model), interview.pk, 1, THIN, **options):
        if isinstance(part, Decided):
            said.decided = part
        else:
            said.pieces.append((time() - begun, part))
    return said


async def kept(interview: Interview) -> list[ModelExchange]:
    """What was kept of the exchanges with the model, once all that was to be written is."""
    await all_written()
    return await store.default().run(lambda: list(interview.exchanges.all()))


async def all_written() -> None:
    """Each writer thread of the store is through with what it was given."""
    threads = 1 if connection.vendor == "sqlite" else store.POSTGRESQL_THREADS
    barrier = threading.Barrier(threads)
    await asyncio.gather(*(store.default().run(barrier.wait) for _ in range(threads)))
