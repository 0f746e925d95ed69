"""Recordings for tests: a header, then plain PCM16 16 kHz. No process, no time."""

from collections.abc import AsyncGenerator

from providers.base import BadInputError
from providers.webm.base import HEADER, StreamDecoder, StreamDecoders, begins_anew

GARBAGE = b"garbage"


class PlainDecoders(StreamDecoders):
    """`opened` counts recordings, `closed` those that were closed."""

    def __init__(self) -> None:
        self.opened = 0
        self.closed = 0

    def open(self) -> "PlainDecoder":
        self.opened += 1
        return PlainDecoder(self)


class PlainDecoder(StreamDecoder):
    """Raises BadInputError at `GARBAGE`."""

    def __init__(self, decoders: PlainDecoders) -> None:
        self._decoders = decoders
        self._open = True

    async def feed(self, data: bytes) -> AsyncGenerator[bytes, None]:
        pcm = data.removeprefix(HEADER) if begins_anew(data) else data
        if pcm.startswith(GARBAGE):
            raise BadInputError("Garbage.", code="unreadable")
        for start in range(0, len(pcm), 6_400):
            yield pcm[start : start + 6_400]

    def close(self) -> None:
        self._decoders.closed += self._open
        self._open = False
