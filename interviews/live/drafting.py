"""What comes next, while it is being written."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from interviews.live.asking import Decided

Asked = AsyncGenerator[Decided | str, None]


class Draft:
    """What the interviewer says to an answer, as far as it is written."""

    def __init__(self, question_number: int, answer: str, asked: Asked) -> None:
        self.to = (question_number, answer)
        self.decided = Decided()
        self._pieces: list[str] = []
        self._news = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._asked_at = loop.time()
        self.begun_at = 0.0  # the loop's time of the first words
        self._task = loop.create_task(self._write(asked))
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

    async def begun(self, within_s: float) -> bool:
        """Wait for the first words, or for the news that there are none, but no longer than so long after asking."""
        until = self._asked_at + within_s
        if asyncio.get_running_loop().time() >= until:
            return self.has_begun
        try:
            async with asyncio.timeout_at(until):
                while not self.has_begun:
                    await self._change()
        except TimeoutError:
            return False
        return True

    @property
    def has_begun(self) -> bool:
        return bool(self._pieces) or self._task.done()

    @property
    def failed(self) -> bool:
        return self._task.done() and (self._task.cancelled() or self._task.exception() is not None)

    def cancel(self) -> None:
        self._task.cancel()

    async def _write(self, asked: Asked) -> None:
        async with aclosing(asked) as parts:
            async for part in parts:
                if isinstance(part, Decided):
                    self.decided = part
                elif part:
                    self.begun_at = self.begun_at or asyncio.get_running_loop().time()
                    self._pieces.append(part)
                    self._news.set()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._news.set()
        if not task.cancelled():
            task.exception()  # of a draft that nobody took: seen, and of no interest

    async def _change(self) -> None:
        self._news.clear()
        await self._news.wait()
