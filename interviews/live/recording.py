"""Writing an interview down while it happens, beside the event loop: what a session hears, says and sees goes into a
bounded hand-over, and one thread a process appends it to the journals of the spool.

Nothing is encoded here: a child of the server (`manage.py store_recordings`) makes files of the journals and stores
them, so that neither a frame nor another interview waits for it.
"""

import asyncio
import contextlib
import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from prometheus_client import Counter

from config.serve.supervisor import Child, Supervisor
from interviews.domain.recording import journal, spool
from interviews.domain.recording.journal import Kind, Name
from interviews.live.clock import InterviewClock
from providers.audio import samples_in

log = logging.getLogger(__name__)

FLUSH_S = 0.5
# What may wait for the disk: half a minute of a microphone. More is dropped and counted.
MOST_WAITING_BYTES = 1024 * 1024
# Nobody needs more pictures than the room's client sends, one a second; other clients may send more.
BETWEEN_FRAMES_MS = 400
LONGEST_MS = 5 * 60_000  # of a journal: a turn may last an hour
LARGEST_BYTES = 64 * 1024 * 1024

DROPPED = Counter("viva_recording_dropped_total", "Sound and camera frames that a slow disk kept out of recordings.")

_begun = asyncio.Event()  # this process has recorded something


class Given(NamedTuple):
    """What was heard, said or seen. `audio_ms` is of the candidate's sound, `rate` (Hz) of the interviewer's."""

    kind: Kind
    wall_ms: int
    payload: bytes
    audio_ms: int
    rate: int


class NextTurn(NamedTuple):
    """What follows belongs to this turn."""

    number: int


class Recorder:
    """Of one session. Each method returns at once, never raises, and costs some attribute look-ups."""

    def __init__(self, interview_id: int, epoch: int, clock: InterviewClock) -> None:
        self.interview_id = interview_id
        self.epoch = epoch
        self.dropped = 0
        self.closed = False
        self.items: deque[Given | NextTurn] = deque()
        self.taken = 0  # bytes, by the writer
        self._given = 0
        self._clock = clock
        self._turn = -1
        self._last_frame_ms = -BETWEEN_FRAMES_MS
        self._speaking = ""
        self._heard_until_ms = 0

    def candidate(self, pcm: bytes) -> None:
        """16 kHz sound of the microphone that the session has just taken."""
        self._give(Kind.CANDIDATE, self._clock.wall_ms, pcm, self._clock.audio_ms)

    def interviewer(self, utterance_id: str, pcm: bytes, rate: int) -> None:
        """Sound of the voice that is sent now, and heard when what was sent of this utterance before has been."""
        now = self._clock.wall_ms
        at = max(now, self._heard_until_ms) if utterance_id == self._speaking else now
        self._speaking, self._heard_until_ms = utterance_id, at + samples_in(pcm) * 1000 // rate
        self._give(Kind.INTERVIEWER, at, pcm, rate=rate)

    def interrupted(self) -> None:
        """The voice stops now: what was sent and not heard yet never will be."""
        self._speaking = ""
        self._give(Kind.CUT, self._clock.wall_ms, b"")

    def camera(self, jpeg: bytes) -> None:
        now = self._clock.wall_ms
        if now - self._last_frame_ms >= BETWEEN_FRAMES_MS:
            self._last_frame_ms = now
            self._give(Kind.FRAME, now, jpeg)

    def turn(self, number: int) -> None:
        """What follows belongs to this turn."""
        if number != self._turn:
            self._turn = number
            self.items.append(NextTurn(number))

    def close(self) -> None:
        """Nothing more comes."""
        self.closed = True

    def _give(self, kind: Kind, wall_ms: int, payload: bytes, audio_ms: int = 0, rate: int = 0) -> None:
        if self.closed:
            return
        if self._given - self.taken > MOST_WAITING_BYTES:
            self.dropped += 1
            DROPPED.inc()
            return
        self._given += len(payload)
        self.items.append(Given(kind, wall_ms, payload, audio_ms, rate))


class Scribe:
    """Appends what one recorder was given to its journals. Lives in the writer's thread."""

    def __init__(self, recorder: Recorder, own: Callable[[], spool.Folder]) -> None:
        """`own` gives the process's folder of the spool."""
        self.recorder = recorder
        self._own = own
        self._folder: spool.Folder | None = None
        self._turn = 0
        self._number = 0
        self._name: Name | None = None
        self._descriptor = -1
        self._begun_ms = 0
        self._size = 0

    def write(self, *, keep: bool = True) -> None:
        """Write down what waits; `keep=False` (there is no room) drops it."""
        pending: list[bytes] = []
        for item in self._taken():
            if isinstance(item, NextTurn):
                self._flush(pending)
                self.end()
                self._turn = item.number
            elif keep:
                self._add(item, pending)
            else:
                self.recorder.dropped += 1
                DROPPED.inc()
        self._flush(pending)

    def end(self) -> None:
        """The journal is whole: it may be stored."""
        self._let_go(spool.Folder.close)

    def discard(self) -> None:
        """The journal in work is forgotten."""
        self._let_go(spool.Folder.discard)

    def _let_go(self, to: Callable[[spool.Folder, Name], None]) -> None:
        if self._name is not None and self._folder is not None:
            os.close(self._descriptor)
            name, self._name = self._name, None
            to(self._folder, name)

    def _add(self, given: Given, pending: list[bytes]) -> None:
        if self._is_full(given.wall_ms):
            self._flush(pending)
            self.end()
        if self._name is None:
            self._begin(given.wall_ms)
        packed = journal.packed(given.kind, given.wall_ms, given.payload, audio_ms=given.audio_ms, rate=given.rate)
        pending.append(packed)
        self._size += len(given.payload)

    def _taken(self) -> Iterator[Given | NextTurn]:
        items = self.recorder.items
        for _ in range(len(items)):
            item = items.popleft()
            self.recorder.taken += len(item.payload) if isinstance(item, Given) else 0
            yield item

    def _is_full(self, wall_ms: int) -> bool:
        return self._name is not None and (wall_ms - self._begun_ms >= LONGEST_MS or self._size >= LARGEST_BYTES)

    def _begin(self, wall_ms: int) -> None:
        self._number += 1
        name = Name(self.recorder.interview_id, self.recorder.epoch, self._number, self._turn)
        self._folder = self._own()
        self._descriptor = self._folder.open(name)
        self._name = name
        self._begun_ms, self._size = wall_ms, 0

    def _flush(self, pending: list[bytes]) -> None:
        rest = memoryview(b"".join(pending))
        pending.clear()
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


class Writer:
    """One a process. Its thread works while there are recorders; every half second is one write for each of them."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._folder: spool.Folder | None = None
        self._new: deque[Recorder] = deque()
        self._scribes: dict[Recorder, Scribe] = {}
        self._withdrawn: set[Recorder] = set()
        self._lock = threading.Lock()  # never taken by the event loop: a disk may hang
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._full = False
        self.idle = threading.Event()  # for those who wait for the writer; it goes by `_busy` itself

    def add(self, recorder: Recorder) -> None:
        """Write down what this recorder is given, until it is closed."""
        self.idle.clear()
        self._new.append(recorder)
        self._wake.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="recording", daemon=True)
            self._thread.start()

    def withdraw(self, recorder: Recorder) -> None:
        """Close the recorder; what is not in the spool's closed journals yet is forgotten."""
        recorder.close()
        self._withdrawn.add(recorder)
        self._wake.set()

    def flush(self) -> None:
        """Write down everything given so far. The thread does so every half second."""
        with self._lock:
            while self._new:
                recorder = self._new.popleft()
                self._scribes[recorder] = Scribe(recorder, self._own)
            keep = self._has_room()
            for recorder, scribe in list(self._scribes.items()):
                self._write(recorder, scribe, keep=keep)
            if self._busy:
                self.idle.clear()
            else:
                self.idle.set()

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing is written meanwhile, as by a disk that hangs."""
        with self._lock:
            yield

    def close(self) -> None:
        """At shutdown: journals in work are closed, and the folder is given up."""
        for recorder in [*self._new, *self._scribes]:
            recorder.close()
        self.flush()
        with self._lock:
            if self._folder is not None:
                self._folder.release()
                self._folder = None

    def _own(self) -> spool.Folder:
        if self._folder is None or not self._folder.path.is_dir():
            self._folder = spool.Folder(self._base)
        return self._folder

    def _write(self, recorder: Recorder, scribe: Scribe, *, keep: bool) -> None:
        over = recorder.closed
        try:
            if recorder in self._withdrawn:
                scribe.discard()
            else:
                scribe.write(keep=keep)
                if over:
                    scribe.end()
        except OSError as error:
            log.exception("interview %s: the recording is broken off (%s)", recorder.interview_id, error.strerror)
            recorder.close()
            over = True
            with contextlib.suppress(OSError):
                scribe.end()
        if over:
            self._withdrawn.discard(recorder)
            self._scribes.pop(recorder, None)

    def _has_room(self) -> bool:
        full = False
        with contextlib.suppress(OSError):  # no folder can be made: writing will say so
            full = bool(self._scribes) and not self._own().has_room
        if full and not self._full:
            log.error("the disk of DATA_DIR is nearly full: interviews are not recorded until there is room")
        self._full = full
        return not full

    @property
    def _busy(self) -> bool:
        return bool(self._scribes or self._new)

    def _work(self) -> None:
        while True:
            # Who is added after the look at `_busy` has set `_wake`, so that none is waited past.
            self._wake.wait(FLUSH_S if self._busy else None)
            self._wake.clear()
            try:
                self.flush()
            except Exception:  # other sessions are still to be written down
                log.exception("what was recorded could not be written down")


@cache
def writer() -> Writer:
    """The process's writer."""
    return Writer(settings.RECORDING_SPOOL)


def begin(interview_id: int, epoch: int, clock: InterviewClock) -> Recorder:
    """Record a session from now on. A disk that takes nothing ends the recording, with a line in the log."""
    recorder = Recorder(interview_id, epoch, clock)
    writer().add(recorder)
    _begun.set()
    return recorder


def withdraw(recorder: Recorder) -> None:
    """End the recording, and forget what is not in a closed journal yet; closed ones are not stored without consent."""
    writer().withdraw(recorder)


async def store() -> None:
    """Keep the child that stores recordings alive, from the first of them on; until cancelled."""
    if spool.is_empty(settings.RECORDING_SPOOL):  # what a server that was killed left is stored at once
        await _begun.wait()
    command = (sys.executable, str(settings.BASE_DIR / "manage.py"), "store_recordings", "--watch")
    await Supervisor(Child("recording", command)).run()


async def close() -> None:
    """At shutdown: what was recorded lies in the spool, whole; the next start stores what the child did not."""
    await asyncio.get_running_loop().run_in_executor(None, writer().close)
