"""From the pieces of an utterance to the sound on its tape, whatever its voice does."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from interviews.live.spoken import Piece, Spoken
from interviews.live.words import heard_part
from providers.base import ProviderError
from providers.tts.base import BrokenOff

log = logging.getLogger(__name__)

TRIES = 3
# Of nothing from a voice that was asked to speak; while it is awaited, nobody is listened to. A fallback gives each of
# up to three voices five seconds: the last of them must have its turn.
PATIENCE_S = 20.0

Stream = Callable[[str], AsyncGenerator[bytes, None]]


async def record(spoken: Spoken, stream: Stream) -> None:
    """Put each piece's sound on the tape, as soon as it is written and there is room. Raises what `stream` raises.

    A voice that breaks off in the middle of a piece is asked for the words of which nothing was sent yet: a fallback
    then speaks with its next one.
    """
    try:
        async for piece in spoken.as_written():
            await _record(piece, spoken, stream)
    finally:
        spoken.tape.complete()


async def _record(piece: Piece, spoken: Spoken, stream: Stream) -> None:
    tape, left = spoken.tape, piece.text
    piece.start = tape.end
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            await _append(spoken, stream(left))
            break
        except BrokenOff as error:
            log.warning("voice: it broke off (retryable: %s)", error.retryable)
            if last:
                raise
            tape.take_back(piece.start)
            sent_ms = tape.ms(tape.end - piece.start)
            left = piece.text[len(heard_part(piece.text, sent_ms, spoken.length_ms(piece))) :]
    piece.end = tape.end


async def _append(spoken: Spoken, source: AsyncGenerator[bytes, None]) -> None:
    async with aclosing(source) as chunks:
        while (pcm := await _next(chunks)) is not None:
            await spoken.tape.add(pcm)


async def _next(chunks: AsyncGenerator[bytes, None]) -> bytes | None:
    """None at the end. Raises ProviderError of a voice that hangs."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await anext(chunks, None)
    except TimeoutError as error:
        raise ProviderError("The voice hangs.", retryable=True) from error
