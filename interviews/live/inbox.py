"""Work that has to happen in the order in which a client sent it, and may have to wait."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Job = Callable[[], Awaitable[None]]

MAX_JOBS = 128  # 5 s of 40 ms frames
IN_ONE_GO = 8


class Inbox:
    """A bounded queue with a worker that lives only while there is work: an idle session costs no task.

    The receive path does quick work itself while the inbox is `idle`; what has to wait is `put` here, and all that
    comes later follows it. A full inbox makes the consumer wait, and with it the sender: nothing is dropped.
    """

    def __init__(self, run: Callable[[Job], Awaitable[None]]) -> None:
        """`run(job)` awaits a job and deals with its errors: it never raises."""
        self._run = run
        self._closed = False
        self._jobs: deque[Job] = deque()
        self._task: asyncio.Task[None] | None = None
        self._room = asyncio.Event()
        self._room.set()

    @property
    def idle(self) -> bool:
        return self._task is None

    async def put(self, job: Job) -> None:
        """Queue a job; waits while the inbox is full. A closed inbox forgets it."""
        while len(self._jobs) >= MAX_JOBS:
            self._room.clear()
            await self._room.wait()
        if not self._closed:
            self._jobs.append(job)
            self._start()

    def put_first(self, job: Job) -> None:
        """Queue a job before all that wait, full or not."""
        if not self._closed:
            self._jobs.appendleft(job)
            self._start()

    async def close(self) -> None:
        """Forget what waits and stop the job that runs (unless it is the one that closes)."""
        self._closed = True
        self._jobs.clear()
        self._room.set()
        task = self._task
        if task is not None and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _start(self) -> None:
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        try:
            done = 0
            while self._jobs:
                job = self._jobs.popleft()
                self._room.set()
                await self._run(job)
                done += 1
                if done % IN_ONE_GO == 0:
                    # Jobs that never wait give way too: seconds of audio must not keep other sockets waiting.
                    await asyncio.sleep(0)
        finally:
            self._task = None
