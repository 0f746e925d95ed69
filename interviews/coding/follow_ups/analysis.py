"""Reading a submission off the event loop: in a child that is killed at its limits, and kept warm for the next one."""

import atexit
import json
import logging
from functools import lru_cache

from interviews.coding.follow_ups import reading
from interviews.coding.follow_ups.sights import Sight
from providers.children.base import MEBIBYTE, Allowance, ChildError
from providers.children.runner import Child

log = logging.getLogger(__name__)
JOB = "interviews.coding.follow_ups.reading:job"
LIMITS = Allowance(seconds=1.0, memory=192 * MEBIBYTE)
REMEMBERED = 64  # submissions: each is read once, whatever number of questions follows

_child = Child()
atexit.register(_child.close)


def sights(source: str, language: str, starter: str = "", limits: Allowance = LIMITS) -> tuple[Sight, ...]:
    """What is worth asking about. Blocks for a second or so; where `limits` do not reach, words alone are read."""
    return _remembered(source, language, starter, limits)


def close() -> None:
    _child.close()


@lru_cache(maxsize=REMEMBERED)
def _remembered(source: str, language: str, starter: str, limits: Allowance) -> tuple[Sight, ...]:
    data = source[: reading.MOST_CHARS].encode(errors="replace")
    try:
        answer = _child.run(JOB, data, limits, language=language, starter=starter[: reading.MOST_CHARS])
    except (ChildError, OSError) as error:  # OSError: no process could be started
        log.info("code: a submission in %s is read by its words alone (%s)", language, _cause(error))
        return reading.roughly(source, language, starter)
    return tuple(Sight(**row) for row in json.loads(answer))


def _cause(error: ChildError | OSError) -> str:
    return error.cause.value if isinstance(error, ChildError) else type(error).__name__
