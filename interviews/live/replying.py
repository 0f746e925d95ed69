"""Asking the interviewer what comes next, and speaking its words while they are written."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Protocol

from interviews.engine import Event, QuestionReady, RequestQuestion
from interviews.live.asking import Decided
from interviews.live.telemetry import Mark, TurnMarks
from interviews.live.voice import Voice

Asked = AsyncGenerator[Decided | str, None]
# Asks for what follows the answer to the question of this number: `ask(question_number, answer, speculative)`.
Ask = Callable[[int, str, bool], Asked]


class Conversation(Protocol):
    """The session, as its replies see it."""

    marks: TurnMarks
    voice: Voice | None

    async def happened(self, event: Event) -> None:
        """Take one step of the engine."""


class Draft:
    """What the interviewer says to an answer, as far as it is written."""

    def __init__(self, question_number: int, answer: str, asked: Asked) -> None:
        self.to = (question_number, answer)
        self.decided = Decided()
        self._pieces: list[str] = []
        self._news = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._write(asked))
        self._task.add_done_callback(self._done)

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    async def pieces(self) -> AsyncGenerator[str, None]:
        """From the first, as they are written. Raises what asking raised."""
        number = 0
        while True:
            if number < len(self._pieces):
                yield self._pieces[number]
                number += 1
            elif self._task.done():
                break
            else:
                await self._change()
        self._task.result()

    def cancel(self) -> None:
        self._task.cancel()

    async def _write(self, asked: Asked) -> None:
        async with aclosing(asked) as parts:
            async for part in parts:
                if isinstance(part, Decided):
                    self.decided = part
                elif part:
                    self._pieces.append(part)
                    self._news.set()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._news.set()
        if not task.cancelled():
            task.exception()  # of a draft that nobody took: seen, and of no interest

    async def _change(self) -> None:
        self._news.clear()
        await self._news.wait()


class Replies:
    """One session's replies: one is made at a time."""

    def __init__(self, conversation: Conversation, ask: Ask) -> None:
        self._conversation = conversation
        self._ask = ask
        self.asking = ""  # the utterance that is being written

    async def reply(self, request: RequestQuestion) -> None:
        """Ask, speak what comes as it comes, and tell the engine the whole. Raises what asking raises."""
        draft = self._draft(request)
        utterance_id = self.asking = getattr(request, "utterance_id", "")
        voice = self._conversation.voice if utterance_id else None
        try:
            await self._speak(draft, utterance_id, voice)
            decided, text = draft.decided, draft.text
            await self._conversation.happened(
                QuestionReady(request.effect_id, text, decided.kind or "question", decided.key)
            )
        finally:
            self.asking = ""
            draft.cancel()
            if voice is not None:
                await voice.drop(utterance_id)  # where it is not what the interview goes on with

    def _draft(self, request: RequestQuestion) -> Draft:
        number, answer = request.question_number, request.answer
        return Draft(number, answer, self._ask(number, answer, False))

    async def _speak(self, draft: Draft, utterance_id: str, voice: Voice | None) -> None:
        spoken = voice.open(utterance_id) if voice is not None else None
        async for piece in draft.pieces():
            self._conversation.marks.mark(Mark.FIRST_TOKEN)
            if spoken is not None:
                spoken.write(piece)
        if spoken is not None and spoken.text:
            spoken.end()
