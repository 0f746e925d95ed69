"""Recognition children, owned by one event loop: started lazily, one a core, sticky by utterance."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from providers.base import ProviderError
from providers.stt.seat import Seat, Utterance

log = logging.getLogger(__name__)

# So long without a sign of life while there is work means that a child hangs.
STALL_S = 60.0
# A model that is being read from a slow disk gives none.
LOADING_S = 300.0
# After a child that would not start, so long passes before another is tried.
RETRY_S = 60.0
# More open utterances than this in one child cannot be caught up with.
OPEN_A_CHILD = 64
_SPEAKERS_REMEMBERED = 1_000


class ChildPool:
    """`size` children with the same `options` (see `decoders.build`)."""

    def __init__(self, options: dict[str, Any], size: int, *, stall_s: float = STALL_S) -> None:
        self._options = options
        self._size = size
        self._stall_s = stall_s
        self._seats: list[Seat] = []
        self._memories: OrderedDict[str, str] = OrderedDict()
        self._count = 0

    @property
    def pids(self) -> list[int]:
        """Of the children that live now."""
        return [seat.process.pid for seat in self._seats if seat.process is not None]

    @property
    def open_utterances(self) -> int:
        return sum(len(seat.utterances) for seat in self._seats)

    @property
    def backlog_ms(self) -> int:
        """Audio that waits, of all utterances together."""
        return sum(utterance.backlog_ms for seat in self._seats for utterance in seat.utterances.values())

    @property
    def ready(self) -> bool:
        """Whether every child has loaded its model."""
        return bool(self._seats) and all(seat.ready.is_set() for seat in self._seats)

    async def warm(self) -> None:
        """Start every child and wait until its model is loaded. Raises ProviderError when one cannot."""
        for seat in self._take_seats():
            seat.start()
        await asyncio.gather(*(self._loaded(seat) for seat in self._seats))

    def open(self, language: str, speaker: str, on_text: Callable[[str], None]) -> tuple[Seat, Utterance]:
        """A new utterance at the least busy child. Raises ProviderError when none can take it."""
        seats = [seat for seat in self._take_seats() if seat.broken is None]
        if not seats:
            raise self._seats[0].broken or ProviderError("No recognition process.", retryable=True)
        seat = min(seats, key=lambda one: len(one.utterances))
        if len(seat.utterances) >= OPEN_A_CHILD:
            raise ProviderError("Too many people are speaking at once for this machine.", retryable=True)
        self._count += 1
        utterance = Utterance(self._count, language, speaker, self._memories.get(speaker, ""), on_text)
        seat.open(utterance)
        return seat, utterance

    async def result(self, seat: Seat, answer: asyncio.Future[dict[str, Any]]) -> dict[str, Any]:
        """Wait for FINAL or PAUSED. A child without a sign of life for `stall_s` is killed and its work done again.

        While it loads its model it has `LOADING_S`: killed, it would only begin anew.
        """
        while True:
            done, _ = await asyncio.wait((answer,), timeout=self._stall_s)
            if done:
                return answer.result()
            if time.monotonic() - seat.heard >= (self._stall_s if seat.ready.is_set() else LOADING_S):
                log.error("recognition child %d hangs and is killed", seat.number)
                seat.kill()

    def remember(self, speaker: str, memory: str) -> None:
        """Keep what an engine learned of a voice (cepstral means: thirteen numbers), for the last thousand speakers."""
        if speaker and memory:
            self._memories[speaker] = memory
            self._memories.move_to_end(speaker)
            while len(self._memories) > _SPEAKERS_REMEMBERED:
                self._memories.popitem(last=False)

    async def close(self) -> None:
        """Kill the children; open utterances fail."""
        seats, self._seats = self._seats, []
        for seat in seats:
            await seat.close()

    def kill(self) -> None:
        """Without a running loop: only end the processes."""
        for seat in self._seats:
            seat.kill()

    def _take_seats(self) -> list[Seat]:
        """The seats; a broken one is replaced after a while, since what broke it may have been mended."""
        now = time.monotonic()
        for number in range(self._size):
            if number == len(self._seats):
                self._seats.append(Seat(number, self._options, self.remember))
            elif self._seats[number].broken is not None and now - self._seats[number].broken_at > RETRY_S:
                self._seats[number] = Seat(number, self._options, self.remember)
        return self._seats

    async def _loaded(self, seat: Seat) -> None:
        ready = asyncio.ensure_future(seat.ready.wait())
        await asyncio.wait((ready, seat.task), return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if seat.broken is not None:
            raise seat.broken
