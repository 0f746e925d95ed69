"""The interface: a recording that comes in pieces."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator

# Every WebM recording begins with this element's id (EBML, RFC 8794).
HEADER = b"\x1a\x45\xdf\xa3"


def begins_anew(data: bytes) -> bool:
    """Whether a new recording starts with `data`."""
    return data.startswith(HEADER)


def may_begin_anew(data: bytes) -> bool:
    """Whether it takes the next piece to know: Chromium's first one may be a single byte."""
    return len(data) < len(HEADER) and HEADER.startswith(data)


class StreamDecoder(ABC):
    """One recording. After an error it is of no more use."""

    @abstractmethod
    def feed(self, data: bytes) -> AsyncGenerator[bytes, None]:
        """The sound (PCM16 mono 16 kHz) that `data`, the next piece, completes.

        Ends when all of `data` was taken; the next piece is fed after that. Raises BadInputError (`unreadable`,
        `no_audio`, `too_heavy`, `too_slow`) and ProviderError (retryable: not the recording's fault).
        """

    @abstractmethod
    def close(self) -> None:
        """Free everything. Safe to call twice, and while something is fed."""


class StreamDecoders(ABC):
    """Opens recordings. Lives as long as the process."""

    @abstractmethod
    def open(self) -> StreamDecoder:
        """A recording that begins with the first piece fed to it. Returns at once."""

    def warm(self) -> None:  # noqa: B027  # nothing to prepare, but for those that have
        """Somebody is about to send one: prepare what its first piece would wait for."""
