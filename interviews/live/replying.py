"""Asking the interviewer what comes next, and speaking its words while they are written."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from typing import Any, Protocol

from interviews.engine import (
    Event,
    PauseSpeaking,
    QuestionReady,
    RequestQuestion,
    ResumeSpeaking,
    SpeakingStarted,
    SpeakingStopped,
    State,
    StopSpeaking,
)
from interviews.live.asking import Decided
from interviews.live.effects import OfTheVoice, Speak
from interviews.live.telemetry import Mark, TurnMarks
from interviews.live.voice import Voice

Asked = AsyncGenerator[Decided | str, None]
# Asks for what follows the answer to the question of this number: `ask(question_number, answer, speculative)`.
Ask = Callable[[int, str, bool], Asked]


class Conversation(Protocol):
    """The session, as its replies see it."""

    marks: TurnMarks
    voice: Voice | None
    state: State

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the conversation."""

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
    """One session's replies, one made at a time, and its voice."""

    def __init__(self, conversation: Conversation, ask: Ask) -> None:
        self._conversation = conversation
        self._ask = ask
        self._asking = ""  # the utterance that is being written
        if conversation.voice is not None:
            conversation.voice.on_sent = self._sent

    async def carry_out(self, action: OfTheVoice) -> None:
        """Without a voice there is nothing to do."""
        voice = self._conversation.voice
        if voice is None:
            return
        match action:
            case Speak(utterance_id, text):
                voice.say(utterance_id, text)
            case PauseSpeaking():
                await voice.pause()
            case ResumeSpeaking():
                await voice.resume()
            case StopSpeaking():
                await voice.stop()

    async def reply(self, request: RequestQuestion) -> None:
        """Ask, speak what comes as it comes, and tell the engine the whole. Raises what asking raises."""
        draft = self._draft(request)
        utterance_id = self._asking = request.utterance_id
        voice = self._conversation.voice if utterance_id else None
        try:
            await self._speak(draft, utterance_id, voice)
            decided, text = draft.decided, draft.text
            await self._conversation.happened(
                QuestionReady(request.effect_id, text, decided.kind or "question", decided.key)
            )
        finally:
            self._asking = ""
            draft.cancel()
            if voice is not None:
                await self._drop(voice, utterance_id)

    def _sent(self, utterance_id: str, index: int, _pcm: bytes) -> None:
        if index:
            return
        prompt = self._conversation.state.prompt
        asked = utterance_id == self._asking or (prompt is not None and utterance_id == prompt.utterance_id)
        self._conversation.marks.mark(Mark.QUESTION_AUDIO if asked else Mark.FIRST_AUDIO)
        if utterance_id == self._asking:
            self._conversation.spawn(self._conversation.happened(SpeakingStarted(utterance_id)))

    async def _drop(self, voice: Voice, utterance_id: str) -> None:
        """Nothing is left to drop of what the interview goes on with, unless it was cut while it was written."""
        cut = await voice.drop(utterance_id)
        if cut is not None:
            await self._conversation.happened(SpeakingStopped(cut.utterance_id, cut.heard_text))

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
