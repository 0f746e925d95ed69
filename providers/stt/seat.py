"""One recognition child's place, and the utterances that stick to it.

An utterance's audio is kept until its final text is here. When a child dies, its utterances are replayed to its
successor, so that nothing is lost; one that has seen three children die is given up, since it may be what kills them.
"""

import asyncio
import json
import logging
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from providers.audio import samples_in, samples_to_ms
from providers.base import ProviderError, UnavailableError
from providers.stt.wire import Kind, Message, Splitter, pack, pack_body

log = logging.getLogger(__name__)

DEATHS_ALLOWED = 3
_READ_BYTES = 1 << 16
_ROOT = Path(__file__).resolve().parent.parent.parent


class Utterance:
    """The pool's side of one utterance. `final` gives the body of FINAL, or raises ProviderError."""

    def __init__(self, number: int, language: str, speaker: str, memory: str, on_text: Callable[[str], None]) -> None:
        self.number = number
        self.language = language
        self.speaker = speaker
        self.memory = memory
        self.on_text = on_text
        self.audio: list[bytes] = []
        self.fed = 0
        self.taken = 0
        self.finishing = False
        self.pausing: asyncio.Future[dict[str, Any]] | None = None
        self.deaths = 0
        self.final: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    @property
    def backlog_ms(self) -> int:
        return samples_to_ms(max(0, self.fed - self.taken))

    def fail(self, error: ProviderError) -> None:
        if not self.final.done():
            self.final.set_exception(error)
            self.final.exception()  # retrieved: nobody may be waiting for it
        if self.pausing is not None and not self.pausing.done():
            self.pausing.cancel()


class Seat:
    """One child's place: the process that sits there now and the utterances that stick to it."""

    def __init__(self, number: int, options: dict[str, Any], remember: Callable[[str, str], None]) -> None:
        self.number = number
        self.utterances: dict[int, Utterance] = {}
        self.process: Process | None = None
        self.ready = asyncio.Event()
        self.broken: ProviderError | None = None
        self.heard = time.monotonic()
        self.broken_at = 0.0
        self._options = options
        self._remember = remember
        self._false_starts = 0
        self._needed = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self._run(), name=f"recognition child {number}")

    def start(self) -> None:
        """Bring the child up now rather than with the first utterance."""
        self._needed.set()

    def open(self, utterance: Utterance) -> None:
        self._needed.set()
        if not self.utterances:
            self.heard = time.monotonic()
        self.utterances[utterance.number] = utterance
        self._write(self._opening(utterance))

    def feed(self, utterance: Utterance, pcm: bytes) -> None:
        utterance.pausing = None
        utterance.audio.append(pcm)
        utterance.fed += samples_in(pcm)
        self._write(pack(Kind.AUDIO, utterance.number, pcm))

    def pause(self, utterance: Utterance) -> asyncio.Future[dict[str, Any]]:
        """Ask for the words so far; gives the body of PAUSED. It never comes when audio does."""
        utterance.pausing = asyncio.get_running_loop().create_future()
        self._write(pack(Kind.PAUSE, utterance.number))
        return utterance.pausing

    def finish(self, utterance: Utterance) -> None:
        utterance.finishing = True
        self._write(pack(Kind.FINISH, utterance.number))

    def cancel(self, utterance: Utterance) -> None:
        if self.utterances.pop(utterance.number, None) is not None:
            self._write(pack(Kind.CANCEL, utterance.number))
        utterance.fail(ProviderError("The recognition was cancelled.", retryable=False))

    def kill(self) -> None:
        """End the process at once; what it was doing is replayed to the next one."""
        process = self.process
        if process is not None and process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()

    async def close(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task
        for utterance in self.utterances.values():
            utterance.fail(ProviderError("Speech recognition was stopped.", retryable=True))
        self.utterances.clear()

    async def _run(self) -> None:
        """Start, listen, bury, and start again as soon as somebody needs it."""
        try:
            while self.broken is None:
                await self._needed.wait()
                await asyncio.sleep(0.25 * self._false_starts)
                await self._live()
                self._bury()
        finally:
            self.kill()
            if self.process is not None:
                # Also when the loop is being closed: only now are the pipes closed and the child is no zombie.
                await self.process.wait()

    async def _live(self) -> None:
        arguments = json.dumps({**self._options, "parent": os.getpid()})
        command = (sys.executable, "-m", "providers.stt.child", arguments)
        try:
            # A group of its own: Ctrl-C in a terminal reaches the server only, which ends its children in order.
            process = await asyncio.create_subprocess_exec(
                *command, stdin=PIPE, stdout=PIPE, cwd=_ROOT, process_group=0
            )
        except OSError:
            log.exception("recognition child %d cannot be started", self.number)
            return
        self.process = process
        self.heard = time.monotonic()
        for utterance in self.utterances.values():
            self._replay(utterance)
        await self._listen(process)
        await process.wait()
        self.process = None

    async def _listen(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101 - asked for above
        splitter = Splitter()
        try:
            while data := await process.stdout.read(_READ_BYTES):
                self.heard = time.monotonic()
                for message in splitter.feed(data):
                    self._take(message)
        except (ValueError, KeyError):
            log.exception("recognition child %d speaks nonsense and is killed", self.number)
            self.kill()

    def _bury(self) -> None:
        self._false_starts = 0 if self.ready.is_set() else self._false_starts + 1
        self.ready.clear()
        log.warning("recognition child %d died; %d utterances are open in it", self.number, len(self.utterances))
        if self._false_starts >= DEATHS_ALLOWED and self.broken is None:
            self._break(ProviderError("The recognition process does not start; see the server's log.", retryable=True))
        for utterance in list(self.utterances.values()):
            utterance.deaths += 1
            if self.broken is not None or utterance.deaths >= DEATHS_ALLOWED:
                del self.utterances[utterance.number]
                utterance.fail(self.broken or ProviderError("The recognition process died repeatedly.", retryable=True))
        if not self.utterances:
            self._needed.clear()

    def _break(self, error: ProviderError) -> None:
        self.broken = error
        self.broken_at = time.monotonic()

    def _replay(self, utterance: Utterance) -> None:
        utterance.taken = 0
        self._write(self._opening(utterance))
        for pcm in utterance.audio:
            self._write(pack(Kind.AUDIO, utterance.number, pcm))
        if utterance.pausing is not None and not utterance.pausing.done():
            self._write(pack(Kind.PAUSE, utterance.number))
        if utterance.finishing:
            self._write(pack(Kind.FINISH, utterance.number))

    def _opening(self, utterance: Utterance) -> bytes:
        return pack_body(Kind.OPEN, utterance.number, language=utterance.language, memory=utterance.memory)

    def _write(self, data: bytes) -> None:
        """Without a living process there is nothing to do: its successor gets everything."""
        process = self.process
        if process is not None and process.stdin is not None and not process.stdin.is_closing():
            process.stdin.write(data)

    def _take(self, message: Message) -> None:
        if message.kind is Kind.READY:
            self.ready.set()
        elif message.kind is Kind.FATAL:
            log.error("recognition cannot run: %s", message.body["message"])
            self._break(UnavailableError(message.body["message"]))
        elif (utterance := self.utterances.get(message.utterance)) is not None:
            self._tell(utterance, message)

    def _tell(self, utterance: Utterance, message: Message) -> None:
        body = message.body
        if message.kind is Kind.TAKEN:
            utterance.taken = body["samples"]
        elif message.kind is Kind.PARTIAL:
            # In a turn of its own: what a listener raises must not end the reading of this pipe.
            asyncio.get_running_loop().call_soon(utterance.on_text, body["text"])
        elif message.kind is Kind.PAUSED:
            if utterance.pausing is not None and not utterance.pausing.done():
                utterance.pausing.set_result(body)
        elif message.kind is Kind.FINAL:
            del self.utterances[utterance.number]
            self._remember(utterance.speaker, body["memory"])
            if not utterance.final.done():
                utterance.final.set_result(body)
        elif message.kind is Kind.FAILED:
            del self.utterances[utterance.number]
            utterance.fail(ProviderError(f"The recogniser failed: {body['message']}", retryable=True))
