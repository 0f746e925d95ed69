"""Candidates' programs beside the sockets: so many at once, the rest in a queue, nothing of it in the receive path.

What runs belongs to the process, not to a session: a candidate may leave and come back meanwhile. A row tells what was
asked for before it is queued here, so that a sweep finds what a crash left behind (`interviews.coding.sweeping`).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.conf import settings

from interviews.coding import runs, sandboxes
from interviews.live import store
from interviews.live.errors import ErrorCode, LiveError
from interviews.live.faults import log_fault
from interviews.live.store import Store
from providers.sandbox.base import Sandbox

log = logging.getLogger(__name__)

MOST_WAITING = 64
MOST_A_MINUTE = 20  # of one interview


class Runner:
    """One a process. `sandbox()` is asked for in a thread at the first run, because finding one takes a while."""

    def __init__(self, door: Store, sandbox: Callable[[], Sandbox], at_once: int, waiting: int = MOST_WAITING) -> None:
        self._most = waiting
        self._store = door
        self._sandbox = sandbox
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="code-run")
        self._room = asyncio.Semaphore(at_once)
        self._jobs: dict[int, asyncio.Task[None]] = {}  # by the run's key
        self._looks: set[asyncio.Task[None]] = set()  # for what is to be judged
        self._begun: set[int] = set()  # of those, by this process
        self._closed = False
        self._found: Sandbox | None = None
        self._busy: set[int] = set()  # interviews
        self._asked: dict[int, deque[float]] = {}  # by interview: when
        self._heart: asyncio.Task[None] | None = None
        self._listeners: dict[int, Callable[[], None]] = {}  # by interview
        self._languages: tuple[str, ...] | None = None

    async def languages(self) -> tuple[str, ...]:
        """What can be run here. To find out may take a second or two, once."""
        if not self._languages:  # a runner on another machine may come later
            self._languages = await asyncio.to_thread(lambda: tuple(self._place().languages()))
        return self._languages

    def listen(self, interview_id: int, over: Callable[[], None]) -> None:
        """Call `over` in the loop whenever a run of the interview is done. The newest listener has it."""
        self._listeners[interview_id] = over

    def forget(self, interview_id: int, over: Callable[[], None]) -> None:
        if self._listeners.get(interview_id) == over:
            del self._listeners[interview_id]

    def admit(self, interview_id: int) -> None:
        """Count a run that is asked for. Raises LiveError, with what to do, where it is one too many."""
        if interview_id in self._busy:
            raise LiveError(ErrorCode.RUN_UNDER_WAY)
        if len(self._jobs) >= self._most:
            raise LiveError(ErrorCode.RUNS_WAIT)
        now = asyncio.get_running_loop().time()
        self._forget_before(now - 60)
        asked = self._asked.setdefault(interview_id, deque())
        if len(asked) >= MOST_A_MINUTE:
            raise LiveError(ErrorCode.TOO_MANY_RUNS)
        asked.append(now)

    def start(self, pk: int, interview_id: int) -> None:
        """Judge the run of this key when there is room, unless that is so already."""
        if pk in self._jobs:
            return
        self._busy.add(interview_id)
        task = asyncio.get_running_loop().create_task(self._guarded(pk, interview_id))
        self._jobs[pk] = task
        if self._heart is None:
            self._heart = asyncio.get_running_loop().create_task(self._stay_alive())

    def take_up(self, interview_id: int) -> asyncio.Task[None]:
        """Judge what nobody has of the interview; the session that asks need not live until it is found."""
        look = asyncio.get_running_loop().create_task(self._take_up(interview_id))
        self._looks.add(look)
        look.add_done_callback(self._looks.discard)
        return look

    async def settled(self) -> None:
        """Until nothing waits or runs."""
        while tasks := (*self._looks, *self._jobs.values()):
            await asyncio.wait(tasks)

    async def close(self) -> None:
        """Break off what runs and forget what waits: their rows are taken up by another process, or the next one.

        Python ends only when its threads do, so a program that sleeps would keep a stopped server from ending.
        """
        self._closed = True
        begun, waiting = tuple(self._begun), tuple(self._jobs.keys() - self._begun)
        tasks = [*self._looks, *self._jobs.values(), *([self._heart] if self._heart else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._found is not None:
            await asyncio.to_thread(self._found.close)
        self._threads.shutdown(wait=False, cancel_futures=True)
        if begun or waiting:
            await self._store.run(runs.hand_back, begun, waiting)

    def _place(self) -> Sandbox:
        """In a thread."""
        self._found = self._sandbox()
        if self._closed:
            self._found.close()
        return self._found

    async def _take_up(self, interview_id: int) -> None:
        try:
            for pk in await self._store.run(runs.unfinished, interview_id):
                self.start(pk, interview_id)
        except Exception as error:  # noqa: BLE001  # logged; the sweep finds the rows
            log_fault(log, interview_id, error)

    async def _guarded(self, pk: int, interview_id: int) -> None:
        try:
            if await self._judge(pk) and interview_id in self._listeners:
                self._listeners[interview_id]()
        except Exception as error:  # noqa: BLE001  # logged; the row is not done, so the sweep tries it again
            log_fault(log, interview_id, error)
        finally:
            del self._jobs[pk]
            self._begun.discard(pk)
            self._busy.discard(interview_id)
            if not self._jobs and self._heart is not None:
                self._heart.cancel()
                self._heart = None

    async def _judge(self, pk: int) -> bool:
        async with self._room:
            job = await self._store.run(runs.begin, pk)
            if job is None:
                return False
            self._begun.add(pk)
            loop = asyncio.get_running_loop()
            verdict = await loop.run_in_executor(self._threads, lambda: runs.verdict_of(job, self._place()))
        if verdict is None:
            return False
        await self._store.run(runs.finish, pk, verdict)
        return True

    async def _stay_alive(self) -> None:
        while True:
            await asyncio.sleep(runs.ALIVE_EVERY_S)
            try:
                await self._store.run(runs.keep, tuple(self._jobs))
            except Exception as error:  # noqa: BLE001  # logged; at worst another process runs it once more
                log_fault(log, 0, error)

    def _forget_before(self, moment: float) -> None:
        for interview_id, asked in list(self._asked.items()):
            while asked and asked[0] <= moment:
                asked.popleft()
            if not asked:
                del self._asked[interview_id]


@cache
def default() -> Runner:
    """The process's runner."""
    return Runner(store.default(), sandboxes.current, settings.SANDBOX_CONCURRENCY)


async def close() -> None:
    """At shutdown; makes none where none was needed."""
    if default.cache_info().currsize:
        await default().close()
