"""What the server and its recognition children say to each other over pipes.

A message is a header (payload length, kind, utterance number) and a payload: PCM16 for AUDIO, JSON for the others.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

HEADER = struct.Struct("<IBI")
LONGEST_PAYLOAD = 16 * 1024 * 1024


class Kind(IntEnum):
    """OPEN to PAUSE go to the child; READY to PAUSED come from it. READY and FATAL concern no utterance (number 0)."""

    OPEN = 1  # {language, memory}
    AUDIO = 2
    FINISH = 3
    CANCEL = 4
    PAUSE = 5  # what is said up to here? Audio that comes before the answer takes the question back
    READY = 16  # {}
    FATAL = 17  # {message}: the engine cannot run here; the child exits
    TAKEN = 18  # {samples}: audio of the utterance taken in so far
    PARTIAL = 19  # {text}
    FINAL = 20  # {text, confidence, words: [[text, start_ms, end_ms, confidence]], memory}
    FAILED = 21  # {message}: this utterance cannot be recognised
    PAUSED = 22  # {text, confidence, words, final}: the answer to PAUSE; `final`: FINISH would find the same


@dataclass(frozen=True, slots=True)
class Message:
    kind: Kind
    utterance: int
    payload: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The payload of every kind but AUDIO."""
        found: dict[str, Any] = json.loads(self.payload)
        return found


def pack(kind: Kind, utterance: int, payload: bytes = b"{}") -> bytes:
    return HEADER.pack(len(payload), kind, utterance) + payload


def pack_body(kind: Kind, utterance: int, **body: object) -> bytes:
    return pack(kind, utterance, json.dumps(body).encode())


class Splitter:
    """Finds the messages in what a pipe delivers, piece by piece. Raises ValueError on nonsense."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Message]:
        self._held += data
        start = 0
        while len(self._held) - start >= HEADER.size:
            length, kind, utterance = HEADER.unpack_from(self._held, start)
            if length > LONGEST_PAYLOAD:
                raise ValueError(f"a message of {length} bytes")
            end = start + HEADER.size + length
            if end > len(self._held):
                break
            yield Message(Kind(kind), utterance, bytes(self._held[start + HEADER.size : end]))
            start = end
        del self._held[:start]
