"""The sound of one utterance between its synthesis and the candidate's ear."""

import asyncio

CHUNK_MS = 100
# What may wait to be sent: the sentence after the one that is being heard.
MOST_WAITING_MS = 8_000
# What was sent and may have to be sent again after a pause.
MOST_KEPT_MS = 6_000


class Tape:
    """PCM16 mono at `rate`, written at one end and sent from the other. Positions are bytes from its start."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.position = 0  # of what is sent next
        self._pcm = bytearray()
        self._base = 0
        self._complete = False
        self._changed = asyncio.Event()

    @property
    def end(self) -> int:
        return self._base + len(self._pcm)

    def ms(self, position: int) -> float:
        return position / 2 / self.rate * 1000

    async def add(self, pcm: bytes) -> None:
        """Write; waits while enough waits to be sent."""
        while self.ms(self.end - self.position) >= MOST_WAITING_MS:
            await self._change()
        self._pcm += pcm
        self._changed.set()

    def take_back(self, position: int) -> None:
        """Wipe what was written after `position` and not sent."""
        del self._pcm[max(position, self.position) - self._base :]

    def complete(self) -> None:
        """Nothing more will be written."""
        self._complete = True
        self._changed.set()

    async def more(self) -> bool:
        """Wait for something to send; False when all was sent."""
        while self.position >= self.end:
            if self._complete:
                return False
            await self._change()
        return True

    def take(self, border: int | None = None) -> bytes:
        """The next 100 ms or less; not across `border`."""
        stop = min(self.position + self._bytes(CHUNK_MS), self.end)
        if border is not None and self.position < border:
            stop = min(stop, border)
        pcm = bytes(self._pcm[self.position - self._base : stop - self._base])
        self.position = stop
        self._forget(stop - self._bytes(MOST_KEPT_MS))
        self._changed.set()
        return pcm

    def rewind(self, ms: float) -> float:
        """Go back to send from `ms` on, or from the earliest that is kept; gives where that is."""
        self.position = max(self._base, min(self._bytes(ms), self.position))
        return self.ms(self.position)

    def _forget(self, before: int) -> None:
        if before > self._base:
            del self._pcm[: before - self._base]
            self._base = before

    def _bytes(self, ms: float) -> int:
        return int(ms * self.rate / 1000) * 2

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
