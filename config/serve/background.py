"""Tasks beside the sockets: restarted when they fail, cancelled at the end."""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from typing import Any

from config.serve.hooks import Hook

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
HOOK_SECONDS = 5.0
CANCEL_SECONDS = 2.0


def next_pause(pause: float) -> float:
    return min(pause * 2, LONGEST_PAUSE)


async def run_on(job: Hook) -> None:
    """Run `job` until it returns; after an error again, with growing pauses."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await job()
        except Exception:  # one app's task must not end another's, and the log has the reason
            logger.exception("The background task %s failed; again in %s s", name_of(job), pause)
        await asyncio.sleep(pause)
        pause = next_pause(pause)


def name_of(job: Hook) -> str:
    return getattr(job, "__qualname__", type(job).__name__)


async def finish(work: Iterable[Coroutine[Any, Any, None]]) -> None:
    """Await all of `work` together, at most `HOOK_SECONDS`; errors are logged."""
    tasks = [asyncio.ensure_future(item) for item in work]
    if not tasks:
        return
    done, late = await asyncio.wait(tasks, timeout=HOOK_SECONDS)
    for task in done:
        if error := task.exception():
            logger.error("A shutdown hook failed", exc_info=error)
    await cancel(late)


async def cancel(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel and wait for the cancelled, at most `CANCEL_SECONDS`."""
    pending = [task for task in tasks if not task.done()]
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending, timeout=CANCEL_SECONDS)
