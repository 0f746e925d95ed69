"""Where turns end without buttons: at a pause in what the client sends, and at silence after what answers a task."""

import asyncio
from collections.abc import Callable
from functools import partial

from interviews.engine import Action, Control
from interviews.live.session import LiveSession

# The protocol: so long without a chunk, and what was said is the answer.
PAUSE_S = 1.5
# As in the introduction: so much silence after what was said about the task ends it.
SILENCE_BYTES = 15 * 32_000


class Pause:
    """Calls `over` once when nothing came for `PAUSE_S`. Time in which we are busy with a chunk does not count."""

    def __init__(self, over: Callable[[], None]) -> None:
        self._over = over
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        self.end()
        self._timer = asyncio.get_running_loop().call_later(PAUSE_S, self._over)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class SpokenTask:
    """Counts the silence after what was said in the code phase, in audio."""

    def __init__(self) -> None:
        self._silent = 0

    def is_over(self, session: LiveSession, size: int) -> bool:
        """Whether the task was answered, with the `size` bytes of audio that were heard now. True once."""
        state = session.state
        answered = state.at_task and state.said and not state.heard and not state.playing
        self._silent = self._silent + size if answered else 0
        if self._silent < SILENCE_BYTES:
            return False
        self._silent = 0
        return True


async def end_turn(session: LiveSession) -> None:
    """The candidate has stopped sending: what was said up to here is the whole answer."""
    if session.audio is not None:
        await session.audio.accept(b"", None, end=True)
    await session.queue(partial(answer_is_done, session))


async def answer_is_done(session: LiveSession) -> None:
    """Nothing happens where nothing was said since the prompt."""
    if not session.state.at_task:
        await session.requested(Control(Action.ANSWER_DONE))
    elif session.state.said:
        await session.requested(Control(Action.END_INTERVIEW))
