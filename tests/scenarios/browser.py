"""A candidate's browser: a microphone that is always on, a loudspeaker that is heard, and a connection that may go."""

import asyncio
import base64
import json
from collections import deque
from typing import Any

from interviews.models import Interview
from tests.interviews.live.world import Caller
from tests.scenarios.log import Log
from tests.scenarios.providers import ScenarioEngines
from tests.scenarios.sound import FRAME_MS, Listener

FRAME_BYTES = FRAME_MS * 32
QUIET = bytes(FRAME_BYTES)
KEPT_FRAMES = 1_500  # of what may have to be sent again: 60 s
AGAIN_AT_ONCE = 8  # frames; what was kept is sent again faster than it was said
PROGRESS_S = 0.5
PATIENCE_S = 10


class Connection(Caller):
    """One socket of a browser."""

    def __init__(self, browser: "Browser", token: str) -> None:
        super().__init__(browser.engines, token)
        self._browser = browser

    async def _receive(self, message: dict[str, Any]) -> None:
        await super()._receive(message)
        if message["type"] == "websocket.send":
            self._browser.take(self.log[-1])
        elif message["type"] == "websocket.close":
            self._browser.take({"type": "closed", "code": message["code"]})


class Browser:
    """What the candidate sits at. `log` gets everything that reaches it, with the time."""

    def __init__(self, engines: ScenarioEngines, log: Log, token: str, *, reports_playback: bool) -> None:
        self.engines = engines
        self.log = log
        self.reports_playback = reports_playback
        self.last_seq: int | None = None
        self.owed: set[str] = set()  # utterances that the server has not finished speaking
        self.hears = False
        self.connection: Connection | None = None
        self.microphone = Microphone(self)
        self.loudspeaker = Loudspeaker(self)
        self._token = token

    @property
    def is_spoken_to(self) -> bool:
        """Whether the interviewer has more to say, or is not heard to the end yet."""
        return bool(self.owed) or not self.loudspeaker.idle

    async def open(self, interview: Interview, **wishes: Any) -> None:
        """Connect and go on with the interview."""
        self.hears = bool(wishes["audio"])
        self.connection = Connection(self, self._token)
        self.microphone.rewind()
        if self.last_seq is not None:
            wishes["last_seq"] = self.last_seq
        ids = {"interview_id": interview.pk, "resume_id": str(interview.resume_id)}
        self.send("create_stream", title="An interview", description="Live", **ids, **wishes)
        await self.log.next(lambda message: message["type"] == "stream_created", self.log.now + PATIENCE_S)

    async def lose_connection(self) -> None:
        connection, self.connection = self.connection, None
        self.owed.clear()
        self.loudspeaker.stop()
        if connection is not None:
            connection.reading.set()
            await connection.hang_up()

    def read(self, on: bool) -> None:
        """Whether the network takes what the server sends."""
        if self.connection is not None:
            (self.connection.reading.set if on else self.connection.reading.clear)()

    async def close(self) -> None:
        self.microphone.close()
        self.loudspeaker.close()
        await self.lose_connection()

    def send(self, kind: str, **fields: Any) -> None:
        """A message that a browser without a connection forgets."""
        self.send_raw(json.dumps({"type": kind, **fields}))

    def send_raw(self, raw: str) -> None:
        if self.connection is not None and self.connection.code is None:
            self.connection.send_raw(raw)

    def take(self, message: dict[str, Any]) -> None:
        self.log.add(message)
        if "seq" in message:
            self.last_seq = max(self.last_seq or 0, message["seq"])
        kind, utterance_id = message["type"], message.get("utterance_id", "")
        if kind == "asr_result" and message["final"]:
            self.microphone.acknowledge(message.get("acked_n", 0))
        elif kind in {"interview_message", "ai_speaking_start"} and self.hears:
            self.owed.add(utterance_id)
        elif kind == "ai_speaking_end":
            self.owed.discard(utterance_id)
        elif kind == "ai_interrupted":
            self.owed.clear()
        if kind.startswith("ai_"):
            self.loudspeaker.take(message)


class Microphone:
    """Sends a frame each 40 ms, numbered from 1, silent unless something is said; keeps what is not acknowledged."""

    def __init__(self, browser: Browser) -> None:
        self.echo = False
        self._browser = browser
        self._saying: deque[bytes] = deque()
        self._said = asyncio.Event()
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=KEPT_FRAMES)
        self._last = 0
        self._sent = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def say(self, pcm: bytes) -> None:
        """Until the last of it was sent."""
        self._said.clear()
        self._saying.extend(pcm[start : start + FRAME_BYTES] for start in range(0, len(pcm), FRAME_BYTES))
        await self._said.wait()

    def acknowledge(self, n: int) -> None:
        while self._kept and self._kept[0][0] <= n:
            self._kept.popleft()

    def rewind(self) -> None:
        """A new connection knows nothing of what was said and not understood yet."""
        self._sent = 0

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self._last += 1
            self._kept.append((self._last, self._frame()))
            self._send()
            if not self._saying:
                self._said.set()
            due += FRAME_MS / 1000
            await asyncio.sleep(max(0, due - loop.time()))

    def _frame(self) -> bytes:
        if self._saying:
            return self._saying.popleft()
        return self._browser.loudspeaker.sounding if self.echo else QUIET

    def _send(self) -> None:
        if self._browser.connection is None:
            return
        waiting = min(self._last - self._sent, len(self._kept))
        for n, frame in [self._kept[at] for at in range(-waiting, min(AGAIN_AT_ONCE - waiting, 0))]:
            self._browser.send_raw(f'{{"type":"audio_frame","n":{n},"audio_data":"{_encoded(frame)}"}}')
            self._sent = n


class Loudspeaker:
    """Plays the interviewer's chunks one after the other, and notes what was heard of each utterance."""

    def __init__(self, browser: Browser) -> None:
        self.sounding = QUIET
        self._browser = browser
        self._queue: deque[tuple[str, bytes | None]] = deque()  # None: that was the utterance's last chunk
        self._news = asyncio.Event()
        self._stopped = asyncio.Event()
        self._silenced: set[str] = set()  # chunks of theirs that are still on their way are not to be heard
        self._current = ""
        self._heard_s = 0.0
        self._listeners: dict[str, Listener] = {}
        self._task = asyncio.get_running_loop().create_task(self._run())

    @property
    def idle(self) -> bool:
        return not self._queue and not self._current

    def take(self, message: dict[str, Any]) -> None:
        utterance_id = message["utterance_id"]
        match message["type"]:
            case "ai_speaking_start":
                self._silenced.discard(utterance_id)
            case "ai_audio_chunk":
                self._put(utterance_id, base64.b64decode(message["audio"]))
            case "ai_audio_end":
                self._put(utterance_id, None)
            case "ai_interrupted":
                self._silenced.add(utterance_id)
                self.stop()

    def heard(self, utterance_id: str) -> str:
        """The words that have sounded of it, in all."""
        return self._listeners[utterance_id].text if utterance_id in self._listeners else ""

    def stop(self) -> None:
        """Silence at once; what is held is dropped."""
        self._queue.clear()
        self._stopped.set()
        if self._current and self.sounding is QUIET:
            self._over("stops", "stopped", self._current)  # between two chunks

    def close(self) -> None:
        self._task.cancel()

    def _put(self, utterance_id: str, pcm: bytes | None) -> None:
        if utterance_id not in self._silenced:
            self._queue.append((utterance_id, pcm))
            self._news.set()

    async def _run(self) -> None:
        while True:
            while not self._queue:
                self._news.clear()
                await self._news.wait()
            utterance_id, pcm = self._queue.popleft()
            if pcm is None:
                self._over("ends", "ended", utterance_id)
            else:
                await self._play(utterance_id, pcm)

    async def _play(self, utterance_id: str, pcm: bytes) -> None:
        if utterance_id != self._current:
            self._current, self._heard_s = utterance_id, 0.0
            self._tell("begins", utterance_id)
            self._report("started", utterance_id)
        self._stopped.clear()
        self.sounding = pcm[:FRAME_BYTES]
        heard_s = await self._sound(len(pcm) / 32_000)
        self._listeners.setdefault(utterance_id, Listener(self._browser.engines.vocabulary)).hear(
            pcm[: int(heard_s * 16_000) * 2]
        )
        self.sounding = QUIET
        self._progress(utterance_id, heard_s)
        if self._stopped.is_set():
            self._over("stops", "stopped", utterance_id)

    async def _sound(self, length_s: float) -> float:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(length_s):
                await self._stopped.wait()
        except TimeoutError:
            return length_s
        return min(loop.time() - begun, length_s)

    def _progress(self, utterance_id: str, heard_s: float) -> None:
        before, self._heard_s = self._heard_s, self._heard_s + heard_s
        if before // PROGRESS_S < self._heard_s // PROGRESS_S:
            self._report("progress", utterance_id)

    def _over(self, event: str, reported: str, utterance_id: str) -> None:
        self._current = ""
        self._tell(event, utterance_id)
        self._report(reported, utterance_id)

    def _tell(self, event: str, utterance_id: str) -> None:
        heard = {"utterance_id": utterance_id, "heard": self.heard(utterance_id)}
        self._browser.log.add({"type": "loudspeaker", "event": event, **heard})

    def _report(self, event: str, utterance_id: str) -> None:
        if self._browser.reports_playback:
            ms = round(self._heard_s * 1000)
            self._browser.send("playback", utterance_id=utterance_id, event=event, ms=ms)


def _encoded(frame: bytes) -> str:
    return _QUIET_ENCODED if frame is QUIET else base64.b64encode(frame).decode()


_QUIET_ENCODED = base64.b64encode(QUIET).decode()
