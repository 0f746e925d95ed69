"""The server's side: streams, each at the other end of a socket in a process of its own."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import suppress
from functools import cache

from providers.base import BadInputError, ProviderError
from providers.children.runner import ROOT, environment
from providers.webm.base import StreamDecoder, StreamDecoders
from providers.webm.wire import ANSWER, MOST_BYTES, Kind, piece

log = logging.getLogger(__name__)

# A process that says nothing for so long is not waited for; it is ended by its own limit.
PATIENCE_S = 30.0
# What comes before the first cluster of a recording is fed again to a process that takes it over.
CLUSTER = b"\x1f\x43\xb6\x75"
MOST_HEADER = 64 * 1024
MESSAGES = {
    "unreadable": "The sound cannot be read: send WebM with Opus, as browsers record it.",
    "no_audio": "The recording has no Opus track: send WebM with Opus, as browsers record it.",
    "too_heavy": "Reading the sound took too much memory: send WebM with Opus, as browsers record it.",
}


class Died(Exception):
    """The process of a stream ended without a word."""


class Nursery(StreamDecoders):
    """Starts the process that forks, with the first stream; and again, should it have died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    def open(self) -> "ForkedDecoder":
        return ForkedDecoder(self)

    def hand_over(self) -> socket.socket:
        """Our end of a new stream's socket. Raises ProviderError where no process can be had."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._hand(theirs)
            except OSError as error:
                ours.close()
                raise ProviderError("There is no process to decode sound in.", retryable=True) from error
        ours.setblocking(False)
        return ours

    def warm(self) -> None:
        """Start the process where there is none: it takes a third of a second."""
        if self._process is None or self._process.poll() is not None:
            self._start()

    def close(self) -> None:
        """End the process and with it every stream's."""
        if self._door is not None:
            self._door.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._door = None

    def _hand(self, theirs: socket.socket) -> None:
        self.warm()
        assert self._door is not None  # noqa: S101  # it was started
        try:
            socket.send_fds(self._door, [b"+"], [theirs.fileno()])
        except BrokenPipeError:
            self._start()  # it died just now
            socket.send_fds(self._door, [b"+"], [theirs.fileno()])

    def _start(self) -> None:
        self.close()
        self._door, door = socket.socketpair()
        with door:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "providers.webm.nursery", str(os.getpid())],
                stdin=door.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a library's complaint may quote the data
                env=environment(),
                cwd=ROOT,
                process_group=0,  # Ctrl-C in a terminal reaches the server only
            )
        log.info("sound streams are decoded below process %d", self._process.pid)


class ForkedDecoder(StreamDecoder):
    """A recording in a process of its own, which begins with the first piece."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._header = bytearray()
        self._whole = False  # the header is known
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def feed(self, data: bytes) -> AsyncGenerator[bytes, None]:
        heard = False
        try:
            async for pcm in self._feed(data):
                heard = True
                yield pcm
        except Died:
            log.warning("a sound stream's process died")
            await self._bury()
            if not heard:  # else it would be heard twice: the recording goes on with its next piece
                async for pcm in self._once_more(data):
                    yield pcm
        self._learn_header(data)

    def close(self) -> None:
        writer, self._reader, self._writer = self._writer, None, None
        if writer is not None:
            writer.transport.abort()  # nobody waits for what is still on its way

    async def _bury(self) -> None:
        """Close what the other end has left: that it was not there to read on is no news."""
        writer = self._writer
        self.close()
        if writer is not None:
            with suppress(OSError):
                await writer.wait_closed()

    async def _feed(self, data: bytes) -> AsyncGenerator[bytes, None]:
        if self._writer is None:
            # For a process that takes over: what it then lacks it finds with the next cluster.
            data = bytes(self._header) + data
        for start in range(0, len(data), MOST_BYTES):
            async for pcm in self._piece(memoryview(data)[start : start + MOST_BYTES]):
                yield pcm

    async def _once_more(self, data: bytes) -> AsyncGenerator[bytes, None]:
        try:
            async for pcm in self._feed(data):
                yield pcm
        except Died as death:
            await self._bury()
            raise BadInputError(MESSAGES["unreadable"], code="unreadable") from death

    async def _piece(self, data: memoryview) -> AsyncGenerator[bytes, None]:
        reader, writer = await self._connection()
        writer.write(piece(data))
        while True:
            kind, payload = await self._answer(reader)
            if kind is Kind.TAKEN:
                return
            if kind is Kind.FAILED:
                await self._bury()
                code = payload.decode()
                raise BadInputError(MESSAGES[code], code=code)
            yield payload

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[Kind, bytes]:
        try:
            async with asyncio.timeout(PATIENCE_S):
                kind, length = ANSWER.unpack(await reader.readexactly(ANSWER.size))
                return Kind(kind), await reader.readexactly(length)
        except TimeoutError as error:
            self.close()
            raise ProviderError("The sound's process does not answer.", retryable=True) from error
        except (OSError, EOFError) as error:
            raise Died from error

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None:
            ours = self._nursery.hand_over()
            self._reader, self._writer = await asyncio.open_connection(sock=ours)
        return self._reader, self._writer

    def _learn_header(self, data: bytes) -> None:
        """Keep what the next process would need to understand the rest of the recording."""
        if self._whole:
            return
        self._header += data[: MOST_HEADER - len(self._header)]
        found = self._header.find(CLUSTER)
        self._whole = found >= 0 or len(self._header) >= MOST_HEADER
        if found >= 0:
            del self._header[found:]


@cache
def default() -> Nursery:
    """The process's own."""
    return Nursery()
