"""Frames that are read in one go, against the standard's own words (RFC 6455, 5.2 and 5.3)."""

import struct

import pytest
from autobahn.twisted.websocket import WebSocketServerFactory
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.testing import StringTransport

from config.serve.frames import unmasked, whole_text
from config.serve.sockets import BoundedSocket, InputQueue

MASK = b"\x37\xfa\x21\x3d"
masks = st.binary(min_size=4, max_size=4)


def frame(payload: bytes, mask: bytes = MASK, first: int = 0x81) -> bytes:
    """With the two-byte length, whatever the payload's."""
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
    return struct.pack("!BBH", first, 0xFE, len(payload)) + mask + masked


def test_the_standards_example_of_a_masked_word() -> None:
    assert unmasked(b"\x7f\x9f\x4d\x51\x58", MASK) == b"Hello"


@given(st.text(min_size=126, max_size=300), masks, st.binary(max_size=40))
def test_a_whole_message_is_its_payload_and_ends_where_it_ends(text: str, mask: bytes, behind: bytes) -> None:
    payload = text.encode()
    data = frame(payload, mask)
    assert whole_text(data + behind) == (payload, len(data))


@given(st.integers(0, 207))
def test_a_piece_of_a_frame_is_waited_for(length: int) -> None:
    data = frame(b"a" * 200)
    assert len(data) == 208
    assert whole_text(data[:length]) is None


@pytest.mark.parametrize("size", [126, 127, 128, 129, 65_535])
def test_the_sizes_at_the_edges(size: int) -> None:
    assert whole_text(frame(b"x" * size)) == (b"x" * size, size + 8)


@pytest.mark.parametrize("first", [0x01, 0x80, 0x82, 0x88, 0x89, 0x8A, 0xC1, 0xA1, 0x91])
def test_fragments_bytes_control_frames_and_extensions_are_not_for_here(first: int) -> None:
    assert whole_text(frame(b"x" * 200, first=first)) is None


def test_nor_is_what_breaks_the_rules() -> None:
    assert whole_text(frame(b"x" * 125)) is None  # its length belongs into one byte
    assert whole_text(frame(b"\xff" * 200)) is None
    assert whole_text(frame("é".encode() * 100 + b"\xc3")) is None
    unmasked_frame = struct.pack("!BBH", 0x81, 126, 200) + b"x" * 200
    assert whole_text(unmasked_frame) is None
    assert whole_text(struct.pack("!BBQ", 0x81, 0xFF, 70_000) + MASK + b"x" * 70_000) is None


class Timeout:
    """The connection is closed when it is over, unless somebody cancels it."""

    cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


@pytest.mark.parametrize("waits_for_pong", [True, False])
async def test_a_message_is_a_sign_of_life_while_a_pong_is_waited_for(waits_for_pong: bool) -> None:
    socket = BoundedSocket()
    socket.factory, socket.transport = WebSocketServerFactory(), StringTransport()
    socket.client_addr, socket.application_queue = None, InputQueue(lambda: None)
    socket._connectionMade()
    # As the handshake leaves them.
    socket.state, socket.websocket_version = socket.STATE_OPEN, 13
    socket.current_frame, socket.inside_message = None, False
    timeout = Timeout()
    if waits_for_pong:
        socket.autoPingTimeoutCall = timeout
    socket.dataReceived(frame(b"a" * 200) + frame(b"b" * 200))
    queue = socket.application_queue
    assert [queue.get_nowait()["text"] for _ in range(2)] == ["a" * 200, "b" * 200]
    assert timeout.cancelled is waits_for_pong
