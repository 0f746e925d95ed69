"""How much of the interviewer's voice was heard."""

import asyncio
from collections.abc import Callable

# A client that reports playback is waited for so long after the audio should have ended.
GRACE_MS = 5_000


class Playback:
    """How much of one utterance was heard: what the client reports, else what the time since its start allows.

    A report can hurry the interviewer on, never hold it up; how much was heard when the voice is cut is taken from it
    either way.
    """

    def __init__(self, time: Callable[[], float]) -> None:
        self._time = time
        self._known_ms = 0.0
        self._known_at = 0.0
        self._from_ms = 0.0
        self._told_ms = 0.0
        self._told_at: float | None = None
        self._frozen_ms: float | None = None
        self._stops_owed = 0
        self._sounding = False
        self.sent_ms = 0.0
        self.reported = False
        self.over = False
        self.changed = asyncio.Event()

    def sent(self, ms: float) -> None:
        """So much more is on its way. Where the client had run dry it is heard from now on."""
        if not self._sounding or self._heard() > self.sent_ms:
            self._known_ms, self._known_at = self.sent_ms, self._time()
            if self._told_at is not None:
                self._told_ms, self._told_at = min(self._told_ms, self.sent_ms), self._known_at
        self._sounding = True
        self.sent_ms += ms

    def report(self, event: str, ms: float) -> bool:
        """A client's `playback` message; never believed beyond what was sent. False: it only answers a pause."""
        if event == "stopped" and self._stops_owed:
            self._stops_owed -= 1
            if self._frozen_ms is not None:
                self._frozen_ms = min(ms, self.sent_ms)
            return False
        if self._frozen_ms is not None:
            return False
        self._known_ms = min(max(ms, self._heard()), self.sent_ms)
        self._known_at = self._told_at = self._time()
        self._told_ms = min(max(ms, self._from_ms), self.sent_ms)
        self.reported = True
        self.over = event in ("ended", "stopped")
        self.changed.set()
        return True

    @property
    def heard_ms(self) -> int:
        if self._frozen_ms is not None:
            return int(self._frozen_ms)
        heard = self._heard()
        if self._told_at is not None:
            heard = min(heard, self._told_ms + (self._time() - self._told_at) * 1000)
        return int(min(heard, self.sent_ms))

    @property
    def paused(self) -> bool:
        return self._frozen_ms is not None

    def pause(self) -> None:
        """The client is told to stop: nothing more is heard. It will say where it did. Safe to call twice."""
        if self._frozen_ms is None:
            self._frozen_ms = self.heard_ms
            self._stops_owed += self.reported

    def go_on(self, from_ms: float) -> None:
        """What comes after `from_ms` is sent again."""
        self._frozen_ms = self._told_at = None
        self._sounding = False
        self._known_ms = self.sent_ms = self._from_ms = from_ms

    async def reach(self, ms: float) -> None:
        """Wait until so much was heard, or the client says that it is over."""
        while not self.over and (missing := ms - self._heard()) > 0:
            await self._change(missing)

    async def end(self) -> None:
        """Wait for the end: reported where the client reports, else by the length of the audio."""
        await self.reach(self.sent_ms)
        until = self._time() + GRACE_MS / 1000
        while self.reported and not self.over and (left := until - self._time()) > 0:
            await self._change(left * 1000)

    def _heard(self) -> float:
        if not self._sounding:
            return self._known_ms
        return self._known_ms + (self._time() - self._known_at) * 1000

    async def _change(self, patience_ms: float) -> None:
        self.changed.clear()
        try:
            async with asyncio.timeout(patience_ms / 1000):
                await self.changed.wait()
        except TimeoutError:
            pass
