"""Who is to be told of an interview's signals. Used on the event loop only."""

import logging
from collections import defaultdict
from collections.abc import Callable

from proctoring.domain.timeline import Signal

logger = logging.getLogger(__name__)

Callback = Callable[[Signal], None]


class Subscriptions:
    def __init__(self) -> None:
        self._callbacks: defaultdict[int, list[Callback]] = defaultdict(list)

    def add(self, interview_id: int, callback: Callback) -> None:
        self._callbacks[interview_id].append(callback)

    def remove(self, interview_id: int, callback: Callback) -> None:
        """Does nothing for a callback that is not there (any more)."""
        remaining = [other for other in self._callbacks.get(interview_id, []) if other != callback]
        if remaining:
            self._callbacks[interview_id] = remaining
        else:
            self._callbacks.pop(interview_id, None)

    def has(self, interview_id: int) -> bool:
        return interview_id in self._callbacks

    def deliver(self, signal: Signal) -> None:
        for callback in tuple(self._callbacks.get(signal.interview_id, ())):
            try:
                callback(signal)
            except Exception:  # one session's fault must not keep others from being told
                logger.exception("A session failed to take a proctoring signal")


subscriptions = Subscriptions()
