"""One session's runs: asked for, begun, and told of in the order in which they were asked for."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, Protocol, TypeVar

from interviews.coding.definitions import Task
from interviews.coding.runs import Asked
from interviews.engine import CodeSubmitted, Event, State, TaskReady
from interviews.live import code_records, records, run_results
from interviews.live.messages import Numbered
from interviews.live.running import Runner
from interviews.models import RunKind

P = ParamSpec("P")
T = TypeVar("T")


class Session(Protocol):
    """What of a session its runs need."""

    interview_id: int
    language: str
    state: State

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of `records` beside the event loop."""

    async def happened(self, event: Event) -> None:
        """Take one step of the engine."""

    async def tell(self, message: Numbered) -> None:
        """Number, store and send a message."""

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the conversation."""


class CodeRuns:
    """The runs themselves are the process's: they go on when the session ends."""

    def __init__(self, session: Session, runner: Runner, task: Task | None) -> None:
        """`task` is the interview's, where it is in the code phase already."""
        self.task = task
        self._session = session
        self._runner = runner
        self._telling = asyncio.Lock()
        self.runnable: tuple[str, ...] = ()

    async def choose(self, effect_id: str, *, editor: bool) -> None:
        """Answer `RequestTask`; without an `editor` with a task that can be told aloud. Raises Superseded."""
        session = self._session
        self.task = task = await session.run(records.choose_task, session.interview_id, editor)
        if task is None:
            await session.happened(TaskReady(effect_id))
            return
        await self.look_around()
        await session.happened(TaskReady(effect_id, task.task_id, task.title(session.language), task.limit_ms))

    async def look_around(self) -> None:
        """Find the languages that can be run, before a task is shown."""
        self.runnable = await self._runner.languages()

    async def ask(self, asked: Asked) -> None:
        """Keep it, and have it judged; one that is known already is left alone.

        Raises LiveError where it does not fit the task, or a run comes too soon.
        """
        number = self._session.interview_id
        if asked.kind == RunKind.RUN and not await self._session.run(code_records.is_known_run, number, asked.run_id):
            self._runner.admit(number)
        pk = await self._session.run(code_records.ask_run, number, asked)
        if pk is not None:
            self._runner.listen(number, self._over)
            self._runner.start(pk, number)

    def judge(self) -> asyncio.Task[None]:
        """Run what waits to be run, such as what was just taken as it stands. It goes on without the session."""
        self._runner.listen(self._session.interview_id, self._over)
        return self._runner.take_up(self._session.interview_id)

    async def take_up(self) -> None:
        """Run what a crash left; tell what was found out meanwhile."""
        await asyncio.shield(self.judge())
        await self._go_on()
        await self.tell()

    async def tell(self) -> None:
        """Send the results that the candidate does not know."""
        async with self._telling:
            for run in await self._session.run(run_results.untold, self._session.interview_id):
                await self._session.tell(await self._session.run(run_results.message, run, self._session.language))

    async def _go_on(self) -> None:
        """A connection that is lost after the submission was stored takes the step that belongs to it along."""
        task_id = self._session.state.task_id
        if self._session.state.at_task:
            run_id = await self._session.run(code_records.handed_in, self._session.interview_id, task_id)
            if run_id is not None:
                await self._session.happened(CodeSubmitted(task_id, run_id))

    def close(self) -> None:
        """Nobody is there to be told."""
        self._runner.forget(self._session.interview_id, self._over)

    def _over(self) -> None:
        self._session.spawn(self.tell())
