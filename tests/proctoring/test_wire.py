"""Messages on the pipes."""

import asyncio
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proctoring.domain import wire
from proctoring.domain.looking import Answer, decode_answer, encode_answer
from providers.vision.base import Box, Face, FrameReport

REPORT = FrameReport((Face(Box(0.1, 0.2, 0.3, 0.4), 0.9),), 640, 480, 120.5, False, True)


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.binary(max_size=200), st.booleans()), max_size=5))
def test_frames_come_out_as_they_went_in(frames: list[tuple[int, bytes, bool]]) -> None:
    stream = io.BytesIO(b"".join(wire.pack_frame(ticket, jpeg, thorough=deep) for ticket, jpeg, deep in frames))
    for ticket, jpeg, deep in frames:
        body = wire.read(stream)
        assert body is not None
        assert wire.unpack_frame(body) == (ticket, deep, jpeg)
    assert wire.read(stream) is None


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 12])
def test_a_cut_message_is_the_end(cut: int) -> None:
    assert wire.read(io.BytesIO(wire.pack(b"0123456789")[:cut])) is None


def test_a_length_that_nobody_sends_is_an_error() -> None:
    with pytest.raises(wire.BrokenPipeProtocol):
        wire.read(io.BytesIO(b"\xff\xff\xff\xffx"))


async def test_the_server_reads_the_same() -> None:
    pipe = asyncio.StreamReader()
    pipe.feed_data(wire.pack(b"one") + wire.pack(b"") + wire.pack(b"three")[:5])
    pipe.feed_eof()
    assert [await wire.read_async(pipe) for _ in range(3)] == [b"one", b"", None]


@pytest.mark.parametrize("answer", [Answer(0), Answer(3, REPORT), Answer(4, error="unreadable")])
def test_answers_come_out_as_they_went_in(answer: Answer) -> None:
    assert decode_answer(encode_answer(answer)) == answer
