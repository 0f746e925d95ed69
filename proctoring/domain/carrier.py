"""The way of frames to a worker and of answers back."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable

from proctoring.domain.latest import Frame
from proctoring.domain.looking import Answer

OnAnswer = Callable[[Answer], None]
OnLost = Callable[[], None]


class Carrier(ABC):
    """Everything happens on one event loop, and nothing here waits for a worker.

    `limit`: how many frames may be on their way at once. `spare`: how many interviews may wait for their turn before
    looks become quick ones, which take a quarter of the time and miss people far from the camera.
    """

    name: str
    limit: int
    spare: int = 8

    def __init__(self) -> None:
        self.up = asyncio.Event()
        self.detail = "starting"

    @property
    def ready(self) -> bool:
        """Whether a worker is there."""
        return self.up.is_set()

    def mark_up(self) -> None:
        self.up.set()
        self.detail = ""

    def mark_down(self, detail: str) -> None:
        """`detail` tells the operator what is wrong."""
        self.up.clear()
        self.detail = detail

    @abstractmethod
    async def run(self, on_answer: OnAnswer, on_lost: OnLost) -> None:
        """Carry until cancelled. `on_lost` says that no answer will come for anything sent so far."""

    @abstractmethod
    def send(self, ticket: int, frame: Frame, *, thorough: bool) -> bool:
        """Send without waiting; False if that is impossible now."""

    def stuck(self) -> None:  # noqa: B027  # only a carrier that owns its worker can do something about it
        """Called when a frame was not answered in time."""
