"""One session's runs: asked for, begun, and told of in the order in which they were asked for."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, Protocol, TypeVar

from interviews.coding import runs
from interviews.coding.runs import Asked
from interviews.live import records, run_results
from interviews.live.messages import Numbered
from interviews.live.running import Runner
from interviews.models import RunKind

P = ParamSpec("P")
T = TypeVar("T")


class Session(Protocol):
    """What of a session its runs need."""

    interview_id: int
    language: str

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of `records` beside the event loop."""

    async def tell(self, message: Numbered) -> None:
        """Number, store and send a message."""

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the conversation."""


class CodeRuns:
    """The runs themselves are the process's: they go on when the session ends."""

    def __init__(self, session: Session, runner: Runner) -> None:
        self._session = session
        self._runner = runner
        self._telling = asyncio.Lock()

    async def ask(self, asked: Asked) -> None:
        """Keep it, and have it judged; one that is known already is left alone.

        Raises LiveError where it does not fit the task, or a run comes too soon.
        """
        number = self._session.interview_id
        if asked.kind == RunKind.RUN and not await self._session.run(records.is_known_run, number, asked.run_id):
            self._runner.admit(number)
        pk = await self._session.run(records.ask_run, number, asked)
        if pk is not None:
            self._runner.listen(number, self._over)
            self._runner.start(pk, number)

    async def take_up(self) -> None:
        """Run what was taken at the time limit, or left by a crash; tell what was found out meanwhile."""
        number = self._session.interview_id
        self._runner.listen(number, self._over)
        for pk in await self._session.run(runs.unfinished, number):
            self._runner.start(pk, number)
        await self.tell()

    async def tell(self) -> None:
        """Send the results that the candidate does not know."""
        async with self._telling:
            for run in await self._session.run(run_results.untold, self._session.interview_id):
                await self._session.tell(run_results.message(run, self._session.language))

    def close(self) -> None:
        """Nobody is there to be told."""
        self._runner.forget(self._session.interview_id, self._over)

    def _over(self) -> None:
        self._session.spawn(self.tell())
