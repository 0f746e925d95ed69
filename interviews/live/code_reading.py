"""Reading a submission beside the event loop, so that the interviewer can ask about it."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from interviews.coding.follow_ups import analysis
from interviews.coding.follow_ups.about import About
from interviews.coding.follow_ups.sights import Sight
from interviews.coding.follow_ups.situation import CodeSituation
from interviews.coding.follow_ups.situation import situation as situation_of

log = logging.getLogger(__name__)
READ_S = 1.2  # of the two seconds within which the interviewer asks

# They wait for one child, each in its turn.
_readers = ThreadPoolExecutor(2, thread_name_prefix="code-reading")


async def situation(about: About) -> CodeSituation:
    """Where reading takes too long the questions are general ones."""
    seen: tuple[Sight, ...] = ()
    if not about.empty and about.adaptive:
        seen = await _sights(about)
    return situation_of(about, seen)


async def _sights(about: About) -> tuple[Sight, ...]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(READ_S):
            return await loop.run_in_executor(
                _readers, analysis.sights, about.source, about.code_language, about.starter
            )
    except TimeoutError:
        log.info("interview %s: the submission was not read in time", about.interview_id)
        return ()
