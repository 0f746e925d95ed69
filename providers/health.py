"""Which engines failed lately, so that a dead server is not tried again for each sentence."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

REST_S = 30.0


class Named(Protocol):
    @property
    def name(self) -> str: ...


Engine = TypeVar("Engine", bound=Named)


class Health:
    """Shared by the fallbacks of one process. An engine that failed rests for 30 s, then is tried again."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}

    def failed(self, name: str) -> None:
        self._until[name] = self._clock() + REST_S

    def in_order(self, engines: Sequence[Engine]) -> list[Engine]:
        """The engines to try: the rested ones in their order, then the resting ones as the last hope."""
        now = self._clock()
        return sorted(engines, key=lambda engine: self._until.get(engine.name, 0.0) > now)
