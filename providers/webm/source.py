"""A recording as FFmpeg reads it: a file without end whose bytes come over a socket, and the sound's way back."""

import signal
import socket

from providers.children.base import Refusal
from providers.webm.wire import MOST_BYTES, PIECE, Kind, answer

# Bytes without a packet in them: an endless header, or a block that says it is larger than any sound.
MOST_UNPARSED = 512 * 1024
# Processor time for one piece of at most `MOST_BYTES`; what takes longer is not there to be heard.
WORK_S = 2.0
SENT_TOGETHER = 3_200  # bytes of sound: 100 ms


class Source:
    """`read(size)` is what PyAV calls; it blocks until there is something, and gives nothing only at the end."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._held = memoryview(b"")
        self._unparsed = 0
        self._owing = False
        self._sound = bytearray()

    def read(self, size: int) -> bytes:
        """At most `size` bytes. Raises Refusal where they lead to no sound."""
        if not self.wait():
            return b""
        data, self._held = bytes(self._held[:size]), self._held[size:]
        self._unparsed += len(data)
        if self._unparsed > MOST_UNPARSED:
            raise Refusal("unreadable")
        return data

    def wait(self) -> bool:
        """Wait for more of the recording; False when it is over."""
        if not self._held:
            self.settle()
            self._held = memoryview(self._receive())
        return bool(self._held)

    def parsed(self) -> None:
        """A packet was found."""
        self._unparsed = 0

    def sound(self, pcm: bytes) -> None:
        self._sound += pcm
        if len(self._sound) >= SENT_TOGETHER:
            self._send_sound()

    def settle(self) -> None:
        """Everything that came was taken: say so, once."""
        if self._owing:
            self._send_sound()
            self._connection.sendall(answer(Kind.TAKEN))
            self._owing = False

    def fail(self, code: str) -> None:
        self._connection.sendall(answer(Kind.FAILED, code.encode()))

    def _send_sound(self) -> None:
        if self._sound:
            self._connection.sendall(answer(Kind.SOUND, bytes(self._sound)))
            self._sound.clear()

    def _receive(self) -> bytes:
        (length,) = PIECE.unpack(self._exactly(PIECE.size) or bytes(PIECE.size))
        data = self._exactly(min(length, MOST_BYTES))
        # Counts this process's own time only: the kernel ends what has run for so long, in FFmpeg's loops, too.
        signal.setitimer(signal.ITIMER_PROF, WORK_S)
        self._owing = bool(data)
        return data

    def _exactly(self, size: int) -> bytes:
        """So many bytes; none where the other end was closed."""
        data = bytearray()
        while len(data) < size:
            got = self._connection.recv(size - len(data))
            if not got:
                return b""
            data += got
        return bytes(data)
