"""The live sessions of this process, by interview."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

from interviews.live import metrics
from interviews.live.session import GOING_AWAY, LiveSession

Announce = Callable[[int], Awaitable[None]]


class Registry:
    def __init__(self) -> None:
        self._sessions: dict[int, LiveSession] = {}
        # Set by the mailbox where sessions have to be announced to a channel layer.
        self.on_enter: Announce | None = None
        self.on_leave: Announce | None = None

    def __len__(self) -> int:
        return len(self._sessions)

    def __iter__(self) -> Iterator[LiveSession]:
        return iter(tuple(self._sessions.values()))

    def find(self, interview_id: int) -> LiveSession | None:
        return self._sessions.get(interview_id)

    async def enter(self, session: LiveSession) -> None:
        """The session has opened its interview: the older of two gives way."""
        other = self._sessions.get(session.interview_id)
        if other is not None and other.epoch > session.epoch:
            await session.supersede()
            return
        self._sessions[session.interview_id] = session
        if other is not None:
            await other.supersede()
        elif self.on_enter is not None:
            await self.on_enter(session.interview_id)

    async def leave(self, session: LiveSession) -> None:
        """Does nothing for a session that was superseded already."""
        if self._sessions.get(session.interview_id) is session:
            del self._sessions[session.interview_id]
            if self.on_leave is not None:
                await self.on_leave(session.interview_id)

    async def close_all(self) -> None:
        """At shutdown: every interview is kept, every client told to come back."""
        await asyncio.gather(*(session.close(GOING_AWAY) for session in self))


sessions = Registry()
metrics.SESSIONS.set_function(lambda: len(sessions))
