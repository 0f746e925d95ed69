"""Things that belong to one event loop.

The server has one loop, but a synchronous view or a test may bring its own: a pool of children or connections made in
one loop cannot be used in another.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class PerLoop(Generic[Thing]):
    """Makes one `Thing` for each running loop that asks; `discard` is told of those whose loop was closed."""

    def __init__(self, make: Callable[[], Thing], discard: Callable[[Thing], None] = lambda thing: None) -> None:
        self._make = make
        self._discard = discard
        self._things: dict[asyncio.AbstractEventLoop, Thing] = {}

    def get(self) -> Thing:
        """The running loop's own."""
        for loop in [one for one in self._things if one.is_closed()]:
            self._discard(self._things.pop(loop))
        loop = asyncio.get_running_loop()
        if loop not in self._things:
            self._things[loop] = self._make()
        return self._things[loop]

    def pop(self) -> Thing | None:
        """The running loop's own, which is then forgotten; None when there was none."""
        return self._things.pop(asyncio.get_running_loop(), None)

    def all(self) -> list[Thing]:
        """Those of every loop; callable from any thread."""
        return list(self._things.values())
